// Versions of campaign packs, as the database keeps them (DESIGN §4 "Pack and database", E30).

export interface PackVersion {
  readonly campaign: string;
  readonly version: number;
  readonly hash: string;
  /** The checked files as JSON: campaigns/pack-body.ts makes the campaign of them. */
  readonly body: unknown;
  readonly importedAt: Date;
  /** From this instant on it stands, unless a later version does. */
  readonly effectiveAt: Date;
  /** When its zone table became the records; null = not yet. */
  readonly takenAt: Date | null;
}

export interface NewPack extends Pick<PackVersion, 'campaign' | 'hash' | 'body' | 'effectiveAt'> {
  readonly at: Date;
  /** The day it stands from, as it was asked for. */
  readonly from: string;
  /** Null = the service itself, from the folders it was started with. */
  readonly by: { readonly id: string; readonly name: string } | null;
}

export interface Packs {
  /** Every version of every campaign, in the order in which the campaigns first came, oldest version first. */
  all(): Promise<PackVersion[]>;
  /** Something that is another one whenever `all` may give something else; cheap to ask. */
  mark(): Promise<string>;
  /** Adds a version, with its event; null when somebody else added one meanwhile. */
  add(pack: NewPack): Promise<PackVersion | null>;
  /** Its zone table is in the records. */
  taken(campaign: string, version: number, at: Date): Promise<void>;
}
