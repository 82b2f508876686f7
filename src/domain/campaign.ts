// A campaign pack as the rules see it: strands, phases, checklists, the letter, zones, slots and settings.
// Data only; `campaigns/` reads and checks the files, the database keeps the imported version.
import type { Calendar, Day, TimeOfDay } from './calendar.ts';
import type { Checklist, Item } from './checklist.ts';

export type StrandId = 'home' | 'letter' | 'zone' | 'city_town';

export interface Phase {
  readonly id: string;
  readonly label: string | null;
  readonly start: Day;
  /** Inclusive; null = open-ended (R15). */
  readonly end: Day | null;
}

export interface Strand {
  readonly id: StrandId;
  readonly name: string;
  readonly checklist: string | null;
  readonly phases: readonly Phase[];
}

export interface LetterQuestion {
  readonly id: string;
  readonly num: number;
  readonly text: string;
}

export interface LetterText {
  readonly id: string;
  readonly title: string;
  readonly salutation: string;
  readonly intro: string;
  readonly questions: readonly LetterQuestion[];
  readonly closing: readonly string[];
  readonly issuer: string;
  readonly dateText: string;
  /** A new version is signed again only if it says so (REQUIREMENTS, R24 reading). */
  readonly signAgain: boolean;
}

/** One row of the 督导检查分工表. */
export interface ZoneRow {
  readonly zone: string;
  readonly area: string;
  readonly commander: string;
  readonly supervisor: string;
  readonly liaison: string;
  readonly leadCompany: string;
  readonly leadPerson: string;
}

/** Which zone an area belonged to, from when to when. */
export interface ZoneSpan {
  readonly zone: string;
  readonly area: string;
  readonly from: Day | null;
  /** Inclusive; null = until further notice. */
  readonly to: Day | null;
}

/** The pack's table, and what the records say of each area by date (R08). */
export interface ZoneMap {
  readonly table: readonly ZoneRow[];
  readonly spans: readonly ZoneSpan[];
}

export type SlotKind =
  | 'assignments'
  | 'reminders'
  | 'next_day'
  | 'hand_over'
  | 'tally'
  | 'digest'
  | 'day_close'
  | 'backup';

export type SlotDays = 'working' | 'every' | readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];

export interface SlotRule {
  readonly kind: SlotKind;
  readonly at: TimeOfDay;
  readonly days: SlotDays;
  readonly graceMinutes: number;
}

export interface Settings {
  readonly workingHours: readonly [TimeOfDay, TimeOfDay];
  readonly urgentHours: readonly [TimeOfDay, TimeOfDay];
  readonly maxRemindersPerObligation: number;
  readonly maxMessagesPerPersonPerDay: number;
  readonly inspectionsPerInspectorPerDay: number;
  readonly correctionFreeMinutes: number;
  readonly duplicateMinutes: number;
  readonly photoMinutes: number;
  readonly askBackRounds: number;
  readonly progressMaxWorkingDays: number;
  readonly spotCheckDueWorkingDays: number;
  readonly spotCheckMax: number;
  readonly referralAfterFailures: number;
  /** Days until a compound is visited again in an open-ended phase; the shorter rest where something stands against it (R15, R42). */
  readonly revisitAfterDays: number;
  readonly revisitAtRiskAfterDays: number;
  /** How many days back a compound's records count as its risk. */
  readonly riskDays: number;
  readonly idleInspectorWorkingDays: readonly number[];
  readonly suspicious: { readonly records: number; readonly withinMinutes: number; readonly identical: number };
  readonly nameLatePeopleInGroups: boolean;
  readonly formLinkHours: number;
  readonly bindCodeMinutes: number;
  readonly retentionDaysAfterEnd: number;
}

/** Settings by the pack's own keys: what it says, and what the office set instead. */
export interface SettingTable {
  readonly pack: Readonly<Record<string, unknown>>;
  readonly set: Readonly<Record<string, unknown>>;
}

/** Names of the offices, as texts use them. */
export interface CampaignOrganisation {
  readonly office: string;
  readonly leadBureau: string;
  readonly association: string;
}

export interface Campaign {
  readonly id: string;
  readonly title: string;
  /** What it is called beside others, in a chat where several campaigns speak; null = the pack gives none. */
  readonly shortTitle: string | null;
  readonly timezone: string;
  readonly version: number;
  readonly organisation: CampaignOrganisation;
  readonly strands: readonly Strand[];
  /** Those of the present version first, then those that older cards and records still ask for (E30). */
  readonly checklists: readonly Checklist[];
  readonly letter: LetterText | null;
  /** Every version there is, the present one among them. */
  readonly letters: readonly LetterText[];
  /** As on the day the campaign is looked at; `campaignOn` (zone-map.ts) gives those of another day. */
  readonly zones: readonly ZoneRow[];
  readonly zoneMap: ZoneMap;
  readonly slots: readonly SlotRule[];
  readonly settings: Settings;
  readonly settingTable: SettingTable;
  /** Day 1 and the town report's last day, null where the campaign has none. */
  readonly firstDay: Day;
  readonly townReportDue: Day | null;
  /** Working days a town has to rectify and report (R39). */
  readonly rectificationWorkingDays: number;
  readonly calendar: Calendar;
}

export const strandOf = (campaign: Campaign, id: StrandId): Strand | null =>
  campaign.strands.find((strand) => strand.id === id) ?? null;

/** The phase a day lies in; null outside all of them. */
export const phaseOn = (strand: Strand | null, day: Day): Phase | null =>
  strand?.phases.find((phase) => phase.start <= day && (phase.end === null || day <= phase.end)) ?? null;

/** Whether a phase of any strand lies on this day. Outside all of them nothing is asked of anybody. */
export const runsOn = (campaign: Campaign, day: Day): boolean =>
  campaign.strands.some((strand) => phaseOn(strand, day) !== null);

/** The checklist that is given out in a strand now. Throws if the pack has none: the loader has checked that it does. */
export const checklistOf = (campaign: Campaign, strandId: StrandId): Checklist => {
  const checklist = checklistBy(campaign, strandOf(campaign, strandId)?.checklist ?? null);
  if (!checklist) throw new Error(`campaign ${campaign.id} has no checklist for strand ${strandId}`);
  return checklist;
};

/** One version of a checklist, also an older one (E30); null for none that the campaign ever had. */
export const checklistBy = (campaign: Campaign, id: string | null): Checklist | null =>
  campaign.checklists.find((checklist) => checklist.id === id) ?? null;

/** What an assignment or a record asks and answers. */
export const checklistAsked = (
  campaign: Campaign,
  { checklist, strand }: { readonly checklist?: string | undefined; readonly strand: 'home' | 'zone' },
): Checklist => checklistBy(campaign, checklist ?? null) ?? checklistOf(campaign, strand);

/** Where a record belongs that no assignment asked for: the strand wished for if the campaign inspects in it, else the other one. */
export const inspectingStrand = (campaign: Campaign, wished: 'home' | 'zone'): 'home' | 'zone' => {
  if (strandOf(campaign, wished)?.checklist) return wished;
  return wished === 'home' ? 'zone' : 'home';
};

/** An item of any of the campaign's checklists, as the newest of them has it; null for one that it never had. */
export const itemOf = (campaign: Campaign, id: string): Item | null =>
  campaign.checklists.flatMap((checklist) => checklist.items).find((item) => item.id === id) ?? null;

/** The zone an area belongs to in this campaign; null outside its zones. */
export const zoneOf = (campaign: Campaign, area: string | null): string | null =>
  campaign.zones.find((row) => row.area === area)?.zone ?? null;

/** Where something belongs that is still open: with its area, should that have moved to another zone meanwhile. */
export const zoneNow = (
  campaign: Campaign,
  { area, zone }: { readonly area: string | null; readonly zone: string | null },
): string | null => zoneOf(campaign, area) ?? zone;

export const zonesOf = (campaign: Campaign): string[] => [...new Set(campaign.zones.map((row) => row.zone))];

export const areasOf = (campaign: Campaign, zone?: string): string[] =>
  campaign.zones.filter((row) => zone === undefined || row.zone === zone).map((row) => row.area);
