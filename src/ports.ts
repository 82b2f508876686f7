// What the rules and use cases need from the world, in our words. Vendors stop at the folders that implement these.
import type { Assignment } from './domain/assignment.ts';
import type { Day } from './domain/calendar.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Card, CardValues } from './domain/card.ts';
import type { CardDataOf } from './domain/card-data.ts';
import type { Answer, CardRow, CardView, Change } from './domain/change.ts';
import type { Coverage } from './domain/coverage.ts';
import type { Tally } from './domain/figures.ts';
import type { Finding } from './domain/finding.ts';
import type { Standing } from './domain/hand-out.ts';
import type { HandOver } from './domain/hand-over.ts';
import type { Inspection } from './domain/inspection.ts';
import type { Letter, Unit } from './domain/letter.ts';
import type { Address, ChannelName, Message, MessageKind } from './domain/message.ts';
import type { Notice } from './domain/notice.ts';
import type { Obligation } from './domain/nudge.ts';
import type { StaffMember } from './domain/obligations.ts';
import type { Person, RoleName } from './domain/people.ts';
import type { Photo } from './domain/photo.ts';
import type { RiskFacts } from './domain/revisit.ts';
import type { CompoundFacts } from './domain/visit.ts';
import type { Inspector } from './domain/zone-plan.ts';
import type { NotedFinding } from './ports-city-town.ts';

export type { Answer } from './domain/change.ts';

/** Every business instant comes from here (DESIGN §1 "Two clocks"). */
export interface Clock {
  now(): Date;
}

/** New ids, ordered by time where it matters little. Tests and the simulation make their own. */
export interface Ids {
  next(): string;
}

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

// ---- channels -------------------------------------------------------------------------------------------------------

/** What a platform told us: a press, a text or a file, with who and where in the platform's own ids. */
export interface InboundEvent {
  readonly channel: ChannelName;
  /** The platform's event id, or a key of everything that tells two real presses apart (DESIGN §4). */
  readonly id: string;
  readonly sender: string;
  readonly chat: { readonly kind: 'group' | 'person'; readonly id: string };
  readonly body:
    | { readonly kind: 'press'; readonly card: string; readonly action: string; readonly values: CardValues }
    | { readonly kind: 'text'; readonly text: string; readonly mentionsBot: boolean; readonly quoted?: string }
    | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

/** Resolves when an acknowledgement is written: true, or false when whoever waited for it was gone. Never rejects. */
export type Acknowledged = Promise<boolean>;

/**
 * Resolves once the event is committed. The answer is what the presser's own card or toast shows now; null when a message
 * will follow. What the event brings about is sent once it was acknowledged (DESIGN §1).
 */
export type OnEvent = (event: InboundEvent, acknowledged?: Acknowledged) => Promise<Answer | null>;

/** How the platform names what it took, so that it can be changed later. */
export type SentMessage = Readonly<Record<string, string>>;

export interface RawCallback {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface Ack {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface ChannelSupport {
  readonly update: 'anytime' | 'on-press' | 'never';
  /** How many ticks and choices one card holds. */
  readonly ticks: number;
  readonly choices: number;
  readonly textField: boolean;
  /** Different people may see different things of one group card. */
  readonly ownView: boolean;
  readonly mention: boolean;
  readonly image: boolean;
  /** A message sent again under the same key is one message there: after a doubtful end it may be sent again. */
  readonly recognisesRepeats: boolean;
}

export interface Channel {
  readonly name: ChannelName;
  /** What the platform can do; use cases ask, and fall back (DESIGN §5). */
  readonly supports: ChannelSupport;
  /**
   * Resolves once the platform has accepted the message. Not idempotent by itself: the caller guards against doubles, and
   * `key` is handed to platforms that recognise a repeat. Throws ChannelRefused or ChannelUnreachable.
   */
  send(chat: string, message: Message, key: string): Promise<SentMessage>;
  /** Whether this message would be known there if it came again; where it is missing, `supports` says so of all. */
  recognises?(chat: string, message: Message): boolean;
  update(chat: string, sent: SentMessage, message: Message): Promise<void>;
  /**
   * Verifies and decodes an HTTP callback, hands each event on, and turns the answer into the platform's own acknowledgement.
   * What the channel itself does about an event waits for `acknowledged`; without one the acknowledgement counts as written.
   */
  receive(callback: RawCallback, onEvent: OnEvent, acknowledged?: Acknowledged): Promise<Ack>;
  /** The way into this platform's groups is another process's for now: their messages are left to it. */
  groupsElsewhere?(): boolean;
  /** Why such a message is not sent now, though it could be (an allowance that is nearly used up); null when it is. */
  keepsBack?(what: { readonly verb: 'send' | 'update'; readonly kind: MessageKind }): Promise<string | null>;
  /** Whose account a mobile number of the roster is; null when the platform knows none. Missing where it cannot say. */
  accountByMobile?(mobile: string): Promise<string | null>;
  /** What is wrong with the way to the platform, in a few words for /readyz; null when all is well. Asks nobody. */
  health?(): string | null;
  /** Opens the long connection or the polling, where the platform has one. */
  start?(onEvent: OnEvent): Promise<void>;
  stop?(): Promise<void>;
}

/** What the delivery worker needs of whatever it sends to: a channel, or other systems. */
export type Outlet = Pick<
  Channel,
  'name' | 'supports' | 'send' | 'recognises' | 'update' | 'groupsElsewhere' | 'keepsBack'
>;

/** The code of a refusal that is our own: the platform was not asked, because it would have been too fast. */
export const OWN_PACE = 'budget';

/** The platform answered no. No secret may be in the message. */
export class ChannelRefused extends Error {
  readonly code: string;
  readonly retryAfterSeconds: number | null;
  /** Asking again cannot help (unknown chat, malformed card). */
  readonly fatal: boolean;
  /** It is no attempt of this message, which is kept until the way is free: it is never given up for it. */
  readonly held: boolean;
  constructor(
    code: string,
    message: string,
    options: { retryAfterSeconds?: number; fatal?: boolean; held?: boolean } = {},
  ) {
    super(message);
    this.name = 'ChannelRefused';
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.fatal = options.fatal ?? false;
    this.held = options.held ?? code === OWN_PACE;
  }
}

/** No answer came. `sent` says whether the request may have arrived: then the outcome is unknown (DESIGN §1). */
export class ChannelUnreachable extends Error {
  readonly mayHaveArrived: boolean;
  constructor(message: string, mayHaveArrived: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'ChannelUnreachable';
    this.mayHaveArrived = mayHaveArrived;
  }
}

// ---- cards ----------------------------------------------------------------------------------------------------------

/** Draws a card from its template (cards/*.yaml) and its data. */
export interface CardBook {
  draw<K extends keyof CardDataOf>(
    kind: K,
    id: string,
    data: CardDataOf[K],
    state?: Pick<Card, 'state' | 'stateText'>,
  ): Card;
  /** One line of wording that is no card: toasts, refusals, receipts (cards/sayings.yaml). */
  say(key: string, data?: Readonly<Record<string, unknown>>): string;
}

/** The card book that speaks in one campaign's time zone. */
export type CampaignBook = (campaign: Campaign) => CardBook;

// ---- store ----------------------------------------------------------------------------------------------------------

/** Who committed first wins; the other reads again and decides anew. */
export type Commit = 'committed' | 'stale';

export interface Committer {
  /**
   * Writes everything of the change in one transaction, or nothing. Never throws for a lost race: answers `stale`. Messages
   * and marks of it wait for what `hold` stands for (Holds).
   */
  commit(change: Change, hold?: string | null): Promise<Commit>;
}

/** The campaigns that are running, by id, as imported last. */
export interface Campaigns {
  all(): readonly Campaign[];
  get(id: string): Campaign | null;
  /** Reads anew what the office changed of them: packs from a day on (E30), the ends of phases (E31). */
  refresh?(): Promise<void>;
}

/** Everything a press or a text is judged by, read in one round trip. */
export interface Scene {
  /** Set when this event was handled before: its answer stands. */
  readonly seen: { readonly answer: Answer | null } | null;
  /** Null when nobody is bound to this account (E22). */
  readonly person: Person | null;
  /** Campaigns in which this person holds a role that counts in no other. */
  readonly campaigns: readonly string[];
  /** Null for a private chat and for a group that nobody bound. */
  readonly group: {
    readonly servesKind: 'zone' | 'area' | 'organisation' | 'command';
    readonly servesName: string;
  } | null;
  readonly card: CardRow | null;
  /** What this person sees instead of the card, without its drawing. */
  readonly view: (Pick<CardView, 'data'> & Pick<Card, 'kind' | 'state'>) | null;
  readonly compound: CompoundFacts | null;
  /** The person's open assignments at the compound, and the home duty. */
  readonly own: readonly Assignment[];
  /** Those of others that a record here fulfils: open ones of today, and home duties this person is the deputy for. */
  readonly colleagues: readonly Assignment[];
  readonly previous: Inspection | null;
  readonly coverage: Coverage | null;
  readonly findings: readonly Finding[];
  /** How many questions back this person was asked today without a record coming of it (E26). */
  readonly failedRounds: number;
  /** Photos the person sent that wait for a record (E12). */
  readonly waitingPhotos: readonly Photo[];
  /** Today's assignment cards in groups: they show who did what. */
  readonly groupCards: readonly { readonly id: string; readonly zone: string | null }[];
}

export interface SceneQuery {
  readonly event: Pick<InboundEvent, 'channel' | 'id' | 'sender'> & { readonly chat: { readonly id: string } };
  readonly cardId: string | null;
  /** The compound the values name; else the one of the view or the card. */
  readonly compoundId: string | null;
  /** Whose records are looked at, if not those of whoever sent it. */
  readonly personId?: string;
  /** Where no card says so. */
  readonly campaign: string;
  readonly day: Day;
  readonly dayStart: Date;
}

export interface Scenes {
  scene(query: SceneQuery): Promise<Scene>;
  card(id: string): Promise<CardRow | null>;
  inspection(id: string): Promise<Inspection | null>;
  /** This person's newest live record, at one compound or anywhere. */
  lastRecord(campaign: string, personId: string, compoundId: string | null): Promise<Inspection | null>;
  /** Live records of a compound, newest first, without one: what covers it when that one is taken back. */
  otherRecords(campaign: string, compoundId: string, without: string): Promise<Inspection[]>;
  /** The version of an assignment's record that stands; null when it was taken back. */
  standing(assignmentId: string): Promise<Inspection | null>;
  assignment(id: string): Promise<Assignment | null>;
  findings(ids: readonly string[]): Promise<Finding[]>;
  findingsOf(inspectionId: string): Promise<Finding[]>;
  letters(ids: readonly string[]): Promise<Letter[]>;
  /** The open checklists of one person, for typed answers (E28). */
  openTasks(campaign: string, personId: string, today: Day): Promise<OpenTask[]>;
  /** Compounds with the unit that manages each on `day`. */
  compounds(ids: readonly string[], day: Day): Promise<CompoundFacts[]>;
}

export interface OpenTask {
  readonly assignment: Assignment;
  readonly compound: string;
}

/** A person with the chat to reach them in; null where there is none (E22). */
export interface Reachable {
  readonly personId: string;
  readonly name: string;
  readonly to: Address | null;
}

/** Somebody whose duty another person may enter (R06). */
export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly zone: string | null;
  readonly area: string | null;
  /** `organisation/department`. */
  readonly department: string | null;
}

export interface Roster {
  /** The inspectors of the person's zones and the staff of the person's departments and town bureaus, the person among them. */
  team(campaign: string, personId: string, today: Day): Promise<TeamMember[]>;
  person(id: string, campaign: string, today: Day): Promise<Person | null>;
  /**
   * Everybody called `words` exactly, or with that id; where nobody is, those whose name differs in one character or goes on.
   * Whoever has left is not among them.
   */
  named(
    campaign: string,
    id: string | null,
    words: string,
    today: Day,
    limit: number,
  ): Promise<{ readonly person: Person; readonly exact: boolean }[]>;
  /** Those who hold a role today, with the scope they hold it over. */
  holders(campaign: string, role: RoleName, today: Day): Promise<(Reachable & { readonly scope: string })[]>;
  reach(personIds: readonly string[]): Promise<Map<string, Reachable>>;
  groups(
    kind: 'zone' | 'area' | 'organisation' | 'command',
  ): Promise<{ readonly serves: string; readonly to: Address }[]>;
  /** Staff without a home duty in the phase that starts on `phaseStart`. */
  staffWithoutDuty(campaign: string, phaseStart: Day, today: Day): Promise<StaffMember[]>;
  /** With whoever heads each today. */
  units(today: Day): Promise<Unit[]>;
  /** Letters not signed whose unit has another head today than they were meant for (E14). */
  lettersOfFormerHeads(
    campaign: string,
    today: Day,
    limit: number,
  ): Promise<{ readonly letter: Letter; readonly headId: string | null }[]>;
  /** Units that owe or signed this letter; null = any version of it. */
  unitsWithLetter(campaign: string, letter: string | null): Promise<Set<string>>;
}

export interface PlannedRow {
  readonly assignment: Assignment;
  readonly compound: string;
  readonly inspector: string;
  readonly recordedAt: Date | null;
  readonly recordedBy: string | null;
}

export interface Planning {
  /** Compounds of these areas nobody has covered yet and that nobody has today, in a stable order. */
  gaps(
    campaign: string,
    areas: readonly string[],
    today: Day,
    limit: number,
  ): Promise<{ compoundId: string; area: string; unitId: string | null }[]>;
  /** Compounds of units on the ledger that were not looked at since it froze (R28). */
  unsignedUnitsCompounds(
    campaign: string,
    areas: readonly string[],
    today: Day,
    limit: number,
  ): Promise<{ compoundId: string; area: string; unitId: string | null }[]>;
  /** Compounds checked before and free today, with what stands against them since a day (R42); those looked at after `until` rest. */
  risks(campaign: Campaign, areas: readonly string[], today: Day, since: Day, until: Day): Promise<RiskFacts[]>;
  /** Compounds with a finding reported as fixed and not yet looked at again (R40). */
  lookBacks(
    campaign: string,
    areas: readonly string[],
    today: Day,
    limit: number,
  ): Promise<{ compoundId: string; area: string; unitId: string | null; notBy: string | null; items: string[] }[]>;
  /** What stands about these compounds on a day, and whether this person is away then. */
  standings(
    campaign: string,
    compounds: readonly string[],
    personId: string,
    day: Day,
  ): Promise<{ away: { from: Day; to: Day } | null; standings: Standing[] }>;
  inspectors(campaign: string, zone: string, today: Day): Promise<(Inspector & { readonly name: string })[]>;
  /** One zone's day as the card shows it; of all zones where none is named. */
  zoneDay(campaign: string, zone: string | null, day: Day): Promise<PlannedRow[]>;
  /** Zone assignments whose day is over. */
  overdueZoneAssignments(campaign: string, today: Day, limit: number): Promise<Assignment[]>;
  /** Home duties whose card was not sent: the checklist of the compound, or the question which it is. */
  homeWithoutCard(
    campaign: string,
    today: Day,
    limit: number,
  ): Promise<{ assignment: Assignment; to: Reachable; compound: CompoundFacts | null }[]>;
  /** Letters that can be sent and were not; those of heads who could not be reached and now can, too (E22). */
  lettersToSend(campaign: string, limit: number): Promise<Letter[]>;
}

export interface LateRow {
  readonly obligation: Obligation;
  /** What it is called to those who are told: a person, a unit, a compound with its item. */
  readonly name: string;
  readonly detail: string;
  readonly area: string | null;
  readonly zone: string | null;
  readonly organisation: string | null;
  readonly department: string | null;
  /** Where a home duty is to be done. */
  readonly compoundId: string | null;
}

export interface Obligations {
  /** What is still owed and due not later than `until`, with what was done about it. */
  home(campaign: string, until: Day): Promise<LateRow[]>;
  letters(campaign: string, until: Day): Promise<LateRow[]>;
  findings(campaign: string, until: Day): Promise<LateRow[]>;
  /** Towns that have not sent their report. */
  townReports(campaign: Campaign, until: Day): Promise<LateRow[]>;
  /** Inspectors whose compounds lapsed up to `until` with no record since, and on how many days. */
  idle(campaign: string, until: Day): Promise<(LateRow & { readonly idleDays: number })[]>;
  /** Home duties still open and letters not signed whose last day this is. */
  dueOn(campaign: string, day: Day): Promise<{ duties: Assignment[]; letters: Letter[] }>;
  /** Letters that were not signed when their last day ended and are not in the ledger yet. */
  unsigned(campaign: string, before: Day): Promise<(Letter & { readonly attempts: number })[]>;
}

export interface Notices {
  /** Findings that no town was told of since they were opened or reopened, oldest first, with what the notice says. */
  unheard(campaign: string): Promise<Omit<NotedFinding, 'unitId'>[]>;
  /** Findings still open whose notice was delivered, with the instant of the first delivery (R39). */
  delivered(campaign: string): Promise<{ finding: Finding; at: Date }[]>;
}

/** Somebody whom a notice is for, with the zone or area that makes it so. */
export interface Addressee extends Reachable {
  readonly scope: string;
}

export interface Bulletin {
  notice(id: string): Promise<(Notice & { readonly replaced: boolean }) | null>;
  /** The notice this person sent last. */
  lastBy(campaign: string, personId: string): Promise<Notice | null>;
  /** Everybody a notice to these zones and their areas is for, each once. */
  audience(
    campaign: string,
    zones: readonly string[],
    areas: readonly string[],
    today: Day,
  ): Promise<readonly Addressee[]>;
  /** When each person noted it. */
  readers(noticeId: string): Promise<ReadonlyMap<string, Date>>;
  /** The cards it went out on. */
  cards(noticeId: string): Promise<string[]>;
}

/** What the office may ask about the service itself. */
export interface ServiceState {
  /** Today's messages of each channel. */
  readonly channels: readonly {
    readonly channel: ChannelName;
    readonly sent: number;
    readonly failed: number;
    readonly unknown: number;
    readonly waiting: number;
  }[];
  readonly bound: { readonly zone: readonly string[]; readonly area: readonly string[] };
  /** People with a role whom no message reaches (E22): how many, and the first of them. */
  readonly withoutAccount: { readonly n: number; readonly names: readonly string[] };
  readonly slotsDone: readonly string[];
  /** Real time of the last back-up that was proved (R45). */
  readonly backedUpAt: Date | null;
  readonly firstStart: Date | null;
}

export interface Selfcheck {
  state(campaign: string, today: Day, dayStart: Date): Promise<ServiceState>;
}

export interface HandOvers {
  /** Those of a day that wait for a step nobody was reminded of. */
  waiting(campaign: string, day: Day): Promise<HandOver[]>;
  /** Each zone's hand-over of a day. */
  on(campaign: string, day: Day): Promise<HandOver[]>;
}

export interface Figured {
  tally(campaign: Campaign, on?: Day): Promise<Tally>;
  /** Compounds newly covered in the whole campaign on each of these days. */
  newlyCovered(campaign: string, days: readonly Day[]): Promise<number[]>;
  /** Messages sent on a day: how many, to how many people, most to one. */
  messagesSent(from: Date, to: Date): Promise<{ sent: number; people: number; most: number; answers: number }>;
}

/** Lists read on demand, for commands: the first rows and how many there are in all (R52). */
export interface Lists {
  unsigned(
    campaign: string,
    areas: readonly string[] | null,
    limit: number,
  ): Promise<{
    rows: { unit: string; area: string | null; state: Letter['state']; reminders: number }[];
    total: number;
  }>;
  overdue(
    campaign: string,
    areas: readonly string[],
    today: Day,
    limit: number,
  ): Promise<{
    rows: { compound: string; area: string; item: string; state: Finding['state']; dueOn: Day }[];
    total: number;
  }>;
  /** Obligations whose last rung was climbed on a day: the lines of the commander's digest, one for each kind. */
  reachedTop(campaign: string, day: Day): Promise<{ about: string; n: number }[]>;
  /** Units whose signatory must be decided (E06). */
  undecided(campaign: string): Promise<{ unit: string; zone: string | null }[]>;
  /** Compounds of these areas whose name or an alias stands in a text; a name inside a longer one that is there does not count. */
  compoundsIn(
    text: string,
    areas: readonly string[],
  ): Promise<{ id: string; name: string; area: string; words: string }[]>;
  /** Compounds that a name, alias or pinyin fits, best first. */
  compounds(campaign: string, text: string, limit: number): Promise<CompoundNow[]>;
}

export interface CompoundNow {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly recordedAt: Date | null;
  readonly recordedBy: string | null;
  readonly findings: readonly { readonly item: string; readonly state: Finding['state']; readonly dueOn: Day | null }[];
}
