// What the API is handed: everything it shows or does comes from here, made in main.ts.
import type { Day } from '../../domain/calendar.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { Answers, Checklist } from '../../domain/checklist.ts';
import type { Tally } from '../../domain/figures.ts';
import type { Trend } from '../../domain/trend.ts';
import type { Campaigns, Clock } from '../../ports.ts';
import type { MakeExport } from '../../ports-exports.ts';
import type { Accounts, Listings } from '../../ports-listings.ts';
import type { SettingRules } from '../../ports-office.ts';
import type { WebhookDesk } from '../../usecases/manage-webhooks.ts';
import type { Decided, OfficeActing, OfficeOrder } from '../../usecases/office/act.ts';
import type { PublishedPack } from '../../usecases/publish-pack.ts';
import type { Upload } from '../body.ts';

/** How a reply was read. */
export interface ParsedReply {
  readonly kind: string;
  readonly answers: Answers;
  readonly note: string | null;
  readonly spans: Readonly<Record<string, readonly (readonly [start: number, end: number])[]>>;
}

export interface ImportReport {
  readonly id: string;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly faults: readonly {
    readonly sheet: string;
    readonly line: number | null;
    readonly column: string | null;
    readonly reason: string;
  }[];
}

/** Packs, as the office handles them (E30). */
export interface PackServices {
  /** Newest first. */
  lines(campaign: string): readonly {
    readonly version: number;
    readonly hash: string;
    readonly importedAt: Date;
    readonly effectiveAt: Date;
    readonly stands: 'now' | 'later' | 'replaced';
    readonly checklists: readonly { readonly strand: string; readonly id: string }[];
    readonly letter: string | null;
  }[];
  /** Throws `pack-refused` with every fault; `from` null = tomorrow. */
  publish(
    files: Readonly<Record<string, string>>,
    from: Day | null,
    by: { readonly id: string; readonly name: string } | null,
  ): Promise<PublishedPack>;
}

export interface ApiServices {
  /** Null: the API is closed. */
  readonly token: string | null;
  readonly campaigns: Campaigns;
  readonly clock: Clock;
  readonly listings: Listings;
  readonly exports: MakeExport;
  readonly accounts: Accounts;
  /** Other systems that are told. */
  readonly webhooks: WebhookDesk;
  readonly packs: PackServices;
  tally(campaign: Campaign, on?: Day): Promise<Tally>;
  /** The last `days` days up to a tally, or to now; of the areas for which `sees` holds. */
  trend(campaign: Campaign, days: number, sees: (area: string) => boolean, on?: Day): Promise<Trend>;
  parse(text: string, checklist: Checklist): ParsedReply;
  readonly settingRules: SettingRules;
  /** What the office does: asked of `may()`, committed with its event. */
  office<T>(order: OfficeOrder, decide: (acting: OfficeActing) => Promise<Decided<T>>): Promise<T>;
  /** Throws `unreadable-file` for a file that is no roster at all. */
  importRoster(file: Upload): Promise<ImportReport>;
  /** Puts a message that did not get through back into its lane. Throws `not-found` or `not-resendable`. */
  resend(delivery: string): Promise<void>;
}
