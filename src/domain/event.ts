// The append-only log: who did what to which record, when, from which inbound message (R44, DESIGN §4).

export interface DomainEvent {
  readonly campaign: string;
  readonly at: Date;
  /** `noun.past`, as DOORS §4 lists them. */
  readonly kind: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** Null = the service itself. */
  readonly by: { readonly id: string; readonly name: string } | null;
  /** The inbound row it came from, `channel/eventId`. */
  readonly inbound: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}
