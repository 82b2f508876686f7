// What the API, pages and exports list: one page of rows at a time, in a fixed order, each page one query however long
// the history is. Rows carry the domain's own words; how they are shown is http's business.
import type { Assignment } from './domain/assignment.ts';
import type { Day } from './domain/calendar.ts';
import type { Campaign } from './domain/campaign.ts';
import type { DomainEvent } from './domain/event.ts';
import type { Finding } from './domain/finding.ts';
import type { Inspection } from './domain/inspection.ts';
import type { Letter, LetterState } from './domain/letter.ts';
import type { ChannelName, MessageKind, Ref } from './domain/message.ts';
import type { Holding, Lives, RoleName } from './domain/people.ts';
import type { Sight } from './domain/sight.ts';
import type { FrameEntry, FrameKind, SpotOutcome } from './domain/spot-check.ts';
import type { TownReport } from './domain/town-report.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The sort key of the last row of a page, as texts. */
export type Key = readonly string[];

export interface PageQuery {
  readonly campaign: Campaign;
  /** The campaign's day: what is overdue, who manages a compound. */
  readonly today: Day;
  readonly after: Key | null;
  readonly limit: number;
  /** How far whoever asks may see: other rows are not there. */
  readonly sight: Sight;
}

/** Of these areas only; null = of all. */
export interface PlaceQuery extends PageQuery {
  readonly places: readonly string[] | null;
}

/** Most lists run forward in time; what people look at begins with the newest. */
export type Order = 'asc' | 'desc';

/** The findings behind each figure (R52). */
export type FindingGroup = 'to_fix' | 'overdue' | 'to_verify' | 'verified' | 'withdrawn';

/** The letters behind each figure (R52); `unsigned` = owed and neither signed nor signed late. */
export type LetterGroup = 'unsigned' | 'signed' | 'signed_late' | 'unreachable' | 'undecided' | 'refused';

/** The home duties behind each figure; `open` = owed, neither done nor excused. */
export type DutyGroup = 'open' | 'done' | 'done_late' | 'excused' | 'excluded';

/** The compounds behind each figure, as they were at the cut-off. */
export interface CoverageQuery {
  readonly group: 'known' | 'covered' | 'covered_today' | 'not_covered';
  readonly cutOffAt: Date;
  readonly day: Day;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Null when nothing comes after. */
  readonly next: Key | null;
}

export interface InspectionRow
  extends Pick<
    Inspection,
    | 'id'
    | 'version'
    | 'campaign'
    | 'strand'
    | 'checklist'
    | 'checkOn'
    | 'recordedAt'
    | 'company'
    | 'area'
    | 'zone'
    | 'department'
    | 'answers'
    | 'note'
    | 'source'
    | 'flags'
  > {
  readonly replaces: string | null;
  /** What the version said that this one replaces: what changed can be seen from it (R34). */
  readonly before: Pick<Inspection, 'answers' | 'note'> | null;
  readonly assignment: string;
  readonly inspector: Named;
  readonly enteredBy: Named | null;
  readonly compound: Named & { readonly status: Inspection['compoundStatus'] };
  readonly photos: readonly PhotoRow[];
}

/** Evidence (E12); the picture itself is at /photos/ID, for those who may see it. */
export interface PhotoRow {
  readonly id: string;
  readonly at: Date;
  readonly takenAt: Date | null;
}

export interface FindingRow extends Finding {
  /** Those of the records that say "no", and of the claim. */
  readonly photos: readonly PhotoRow[];
}

export interface LetterRow
  extends Pick<
    Letter,
    | 'id'
    | 'letter'
    | 'unit'
    | 'kind'
    | 'origin'
    | 'area'
    | 'zone'
    | 'state'
    | 'answers'
    | 'version'
    | 'sentAt'
    | 'readAt'
    | 'signedAt'
  > {
  readonly unitId: string;
  readonly company: string | null;
  readonly signatory: Named | null;
  readonly reminders: number;
  /** The highest rung of the ladder that was climbed. */
  readonly rung: number | null;
}

export interface LedgerListRow {
  readonly letter: string;
  readonly unit: string;
  readonly area: string | null;
  readonly zone: string | null;
  readonly frozenAt: Date;
  readonly stateThen: LetterState;
  readonly attempts: number;
  readonly reason: string | null;
  readonly signedLateAt: Date | null;
}

export interface CompoundRow {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly area: string;
  /** The unit that manages it today; null = none (E18). */
  readonly company: string | null;
  readonly status: 'listed' | 'pending' | 'merged';
  readonly coveredBy: string | null;
  readonly coveredAt: Date | null;
  /** A live record of it is marked doubtful. */
  readonly doubtful: boolean;
}

export interface AssignmentRow
  extends Pick<Assignment, 'id' | 'strand' | 'kind' | 'area' | 'zone' | 'reasons' | 'from' | 'to' | 'state'> {
  readonly person: string;
  readonly personName: string | null;
  readonly compound: string | null;
  readonly compoundName: string | null;
  readonly inspection: string | null;
}

export interface EventRow extends Omit<DomainEvent, 'campaign'> {
  readonly id: string;
}

/** `waiting` holds what is under way too. */
export type DeliveryState = 'waiting' | 'sent' | 'unknown' | 'failed' | 'expired';

export interface DeliveryRow {
  readonly id: string;
  readonly channel: ChannelName;
  readonly chat: string;
  readonly person: string | null;
  /** Of the person, or what the group is called. */
  readonly to: string | null;
  readonly kind: MessageKind;
  /** A new message, or one changed in place. */
  readonly verb: 'send' | 'update';
  readonly about: readonly Ref[];
  readonly rung: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly notBefore: Date;
  readonly sentAt: Date | null;
  readonly error: string | null;
}

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly (Holding & {
    readonly id: string;
    readonly batch: string | null;
    readonly deputyFor: string | null;
  })[];
  readonly organisation: string | null;
  readonly department: string | null;
  readonly staffKind: string | null;
  /** The company's unit the person works for. */
  readonly unit: string | null;
  readonly joinedOn: Day | null;
  readonly leftOn: Day | null;
  readonly noAccount: boolean;
  readonly lives: Lives;
  /** The area of the person's town bureau. */
  readonly area: string | null;
  readonly compound: string | null;
  /** 138****1234; the whole number never leaves the store. */
  readonly mobileMasked: string | null;
  readonly bindings: readonly { readonly channel: ChannelName; readonly externalId: string }[];
  readonly reachable: boolean;
}

export interface OrganisationListRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'bureau' | 'town_bureau' | 'association' | 'company';
  readonly area: string | null;
  /** Who is there today. */
  readonly people: number;
}

export interface UnitListRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'HQ' | 'branch';
  /** Null = outside the city. */
  readonly area: string | null;
  readonly company: Named & { readonly origin: 'local' | 'outside' };
  readonly head: Named | null;
  /** Compounds it manages today. */
  readonly compounds: number;
  readonly addedOn: Day | null;
}

/** One seat of the four levels as it is held on a day (R03). */
export interface SeatRow {
  readonly role: 'commander' | 'supervisor' | 'liaison' | 'zone_lead';
  readonly scopeKind: 'city' | 'zone';
  readonly scope: string;
  readonly id: string;
  readonly person: Named;
  readonly organisation: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly batch: string | null;
  readonly deputyFor: string | null;
  readonly reachable: boolean;
}

export interface GroupRow {
  readonly channel: ChannelName;
  readonly externalId: string;
  readonly title: string;
  readonly serves: { readonly kind: 'zone' | 'area' | 'organisation' | 'command'; readonly name: string };
  /** The key itself is a secret. */
  readonly hasWebhook: boolean;
}

export interface SpotCheckRow {
  readonly id: string;
  readonly at: Date;
  readonly by: Named;
  readonly frameKind: FrameKind;
  readonly place: string;
  readonly frameSize: number;
  readonly seed: string;
  readonly n: number;
  readonly drawn: readonly {
    readonly compound: Named;
    readonly inspector: Named;
    readonly assignment: string;
    readonly state: Assignment['state'];
    readonly first: string | null;
    readonly again: string | null;
    readonly outcome: SpotOutcome | null;
    readonly items: readonly string[];
  }[];
}

/** A referred finding with its whole story: what the referral file is made of (R43). */
export interface ReferralRow {
  readonly finding: Finding;
  readonly inspections: readonly {
    readonly id: string;
    readonly checkOn: Day;
    readonly inspector: string;
    readonly note: string | null;
  }[];
  /** Every step, oldest first. */
  readonly steps: readonly {
    readonly at: Date;
    readonly kind: string;
    readonly by: string | null;
    readonly remark: string | null;
  }[];
  /** When the town was told. */
  readonly notices: readonly Date[];
}

export interface TownReportRow {
  readonly area: string;
  /** Newest first; none = not sent. */
  readonly versions: readonly (Pick<TownReport, 'version' | 'text' | 'figures' | 'cutOffAt' | 'late'> & {
    readonly by: Named;
  })[];
}

/** Null = all of them. */
export interface PeopleQuery {
  readonly reachable: boolean | null;
  /** Who holds it today. */
  readonly role: RoleName | null;
  /** Part of a name. */
  readonly words: string | null;
  readonly id: string | null;
}

export interface CityTownListings {
  /** One row for each area of the campaign. */
  townReports(query: PageQuery): Promise<Page<TownReportRow>>;
  spotChecks(query: PageQuery): Promise<Page<SpotCheckRow>>;
  /** With the whole frame, so that anybody can draw again. */
  spotCheck(campaign: string, id: string): Promise<(SpotCheckRow & { readonly frame: readonly FrameEntry[] }) | null>;
  referrals(query: PageQuery): Promise<Page<ReferralRow>>;
}

export interface Listings extends CityTownListings {
  inspections(
    query: PlaceQuery & { readonly versions: 'live' | 'all'; readonly order: Order; readonly compound: string | null },
  ): Promise<Page<InspectionRow>>;
  findings(
    query: PlaceQuery & {
      readonly group: FindingGroup | null;
      readonly compound: string | null;
      readonly id: string | null;
      readonly order: Order;
    },
  ): Promise<Page<FindingRow>>;
  letters(query: PlaceQuery & { readonly group: LetterGroup | null }): Promise<Page<LetterRow>>;
  ledger(query: PlaceQuery): Promise<Page<LedgerListRow>>;
  /** `words`: part of a name, an alias or its pinyin. */
  compounds(
    query: PlaceQuery & {
      readonly coverage: CoverageQuery | null;
      readonly words: string | null;
      readonly id: string | null;
    },
  ): Promise<Page<CompoundRow>>;
  /** With `on`: those whose window holds that day. */
  assignments(
    query: PlaceQuery & {
      readonly on: Day | null;
      readonly kind: 'home' | 'zone' | null;
      readonly group: DutyGroup | null;
    },
  ): Promise<Page<AssignmentRow>>;
  events(query: PageQuery): Promise<Page<EventRow>>;
  /** Everything that happened to one thing, oldest first. */
  history(campaign: string, subject: Ref): Promise<EventRow[]>;
  deliveries(
    query: PageQuery & {
      readonly state: DeliveryState | null;
      readonly verb: 'send' | 'all';
      readonly order: Order;
    },
  ): Promise<Page<DeliveryRow>>;
  people(query: PageQuery & PeopleQuery): Promise<Page<PersonRow>>;
  organisations(query: PageQuery): Promise<Page<OrganisationListRow>>;
  units(query: PlaceQuery & { readonly words: string | null }): Promise<Page<UnitListRow>>;
  /** Everybody on the four levels of a campaign on a day, city first. */
  seats(campaign: string, day: Day): Promise<SeatRow[]>;
  groups(query: PageQuery): Promise<Page<GroupRow>>;
}

/** Who and what a platform's ids stand for. Each change is one transaction with its event. */
export interface Accounts {
  /** Throws `not-found` for an unknown person, `already-bound` when the account is somebody else's. */
  bindPerson(
    campaign: string,
    person: string,
    account: { readonly channel: ChannelName; readonly externalId: string },
    at: Date,
  ): Promise<void>;
  bindGroup(
    campaign: string,
    group: Omit<GroupRow, 'hasWebhook'> & { readonly webhookKey: string | null },
    at: Date,
  ): Promise<GroupRow>;
}

/** Whom a platform was asked about by mobile number, over all processes and starts. */
export interface MobileLookups {
  /** People with a number that this platform was not asked for yet, unbound there and not marked "no account". */
  next(channel: ChannelName, most: number): Promise<readonly { readonly id: string; readonly mobile: string }[]>;
  /** How its answers of the last 24 hours were. */
  lastDay(channel: ChannelName): Promise<{ readonly found: number; readonly unknown: number }>;
  note(channel: ChannelName, asked: { readonly id: string; readonly mobile: string }, found: boolean): Promise<void>;
}
