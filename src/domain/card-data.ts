// What each kind of card is drawn from: facts only. The words stand in cards/*.yaml, so that texts change without code.
// Days are `Day`, instants `Date`; the templates' filters say them as people do (VOICE 3).
import type { AssignmentReason } from './assignment.ts';
import type { Day } from './calendar.ts';
import type { CardOption } from './card.ts';
import type { ItemKind } from './checklist.ts';
import type { Figures } from './figures.ts';
import type { HandOverStep } from './hand-over.ts';
import type { Since, TownFigures } from './town-report.ts';

export interface ItemData {
  readonly id: string;
  readonly num: number;
  readonly shortLabel: string;
  readonly kind: ItemKind;
  readonly options: readonly CardOption[];
  readonly unit?: string;
}

export interface PlannedCompound {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly inspectors: readonly string[];
  readonly reasons: readonly AssignmentReason[];
  /** Set once a record came in today. */
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
}

/** Zone group card, or one inspector's own (then `person` is set). */
export interface AssignmentCardData {
  readonly zone: string;
  readonly person: string | null;
  readonly day: Day;
  readonly until: string;
  /** A spot check: the last day of its own window (R38). */
  readonly dueOn?: Day;
  readonly compounds: readonly PlannedCompound[];
  readonly counts: readonly { readonly reason: AssignmentReason; readonly n: number }[];
  /** In the presser's own view: what was just recorded. */
  readonly receipt: ConfirmationCardData | null;
}

export interface ChecklistCardData {
  readonly compound: CardOption;
  readonly area: string;
  readonly company: string | null;
  readonly inspector: string;
  readonly checkOn: Day;
  /** Last day of the window, null for a visit with none. */
  readonly dueOn: Day | null;
  readonly strand: 'home' | 'zone';
  readonly reasons: readonly AssignmentReason[];
  readonly items: readonly ItemData[];
  readonly noteLabel: string;
  /** Only the exception form: 全部落实 was not pressed. */
  readonly exceptionsOnly: boolean;
  /** For whom a deputy inspects (E13). */
  readonly onBehalfOf?: string;
  /** Item ids a partial answer still lacks. */
  readonly missing: readonly string[];
}

export interface ConfirmationCardData {
  readonly compound: CardOption;
  readonly done: number;
  readonly notDone: readonly { readonly num: number; readonly shortLabel: string }[];
  readonly note: string | null;
  readonly at: Date;
  readonly checkOn: Day;
  readonly inspector: string;
  /** The town that hears of the findings, null when there are none. */
  readonly told: string | null;
  /** The day by which it must be put right; null or left out while the notice waits for working hours. */
  readonly fixBy?: Day | null;
  readonly late: boolean;
  /** Not the person's own compound: the home duty stays open (E35). */
  readonly homeDutyOpen: boolean;
  readonly selfCheck: boolean;
  readonly pending: boolean;
  readonly version: number;
  readonly canUndo: boolean;
  /** There is a group card to go back to, for the next compound. */
  readonly canGoOn?: boolean;
  /** Tapped today: one more tap says that the check was yesterday's (E25). */
  readonly canBeYesterday?: boolean;
  /** Who entered it for the inspector (R06). */
  readonly enteredBy?: string | null;
  /** How many photos belong to the record. */
  readonly photos?: number;
  /** What was read from a typed reply, item by item; empty for a tap. */
  readonly understood: readonly {
    readonly num: number;
    readonly shortLabel: string;
    readonly value: string;
    readonly words: string;
  }[];
}

/** A question back: what was unclear, and up to four readings to tap (VOICE 5). */
export interface QuestionCardData {
  readonly asks:
    | 'which_item'
    | 'which_compound'
    | 'which_person'
    | 'letter'
    | 'record_doubted'
    | 'correction_or_second_visit'
    | 'unclear'
    | 'disagree'
    | 'own_home'
    | 'which_home'
    | 'home_unknown'
    | 'exclusions'
    | 'record'
    /** Was answered: the words say with what. */
    | 'answered';
  readonly words: string;
  readonly compound: string | null;
  /** Who says that the record is wrong; how far the letter's questions have come. */
  readonly by?: string;
  readonly answers: readonly CardOption[];
  /** Lines to read before answering. */
  readonly details?: readonly string[];
  /** To choose one of, or to tick; left out where the question has none. */
  readonly areas?: readonly CardOption[];
  readonly people?: readonly CardOption[];
}

export interface LetterCardData {
  readonly signatory: string;
  readonly units: readonly string[];
  readonly dueOn: Day;
  readonly late: boolean;
  readonly title: string;
  readonly salutation: string;
  readonly intro: string;
  readonly questions: readonly { readonly id: string; readonly num: number; readonly text: string }[];
  readonly closing: readonly string[];
  readonly issuer: string;
  readonly dateText: string;
  /** Question numbers still without an answer, after a partial one. */
  readonly missing: readonly number[];
  /** Question numbers answered "no" (E32). */
  readonly no: readonly number[];
  /** Every question has its yes; only the confirmation is missing. */
  readonly awaitsConfirmation: boolean;
  readonly signedAt: Date | null;
}

export interface FindingCardData {
  readonly area: string;
  readonly findings: readonly {
    readonly id: string;
    readonly compound: string;
    readonly company: string | null;
    readonly num: number;
    readonly shortLabel: string;
    readonly checkedAt: Date;
    readonly inspector: string;
    readonly state: string;
    readonly dueOn: Day | null;
    /** Nothing is to be done about it any more. */
    readonly settled: boolean;
    /** What was said with the claim. */
    readonly remark: string | null;
  }[];
  /** The due day all of them share when the message is delivered today. */
  readonly dueOn: Day;
  /** How many working days that is; left out when they are counted from another day than the notice's. */
  readonly workingDays?: number;
  /** Days the town may promise instead. */
  readonly promiseDays: readonly Day[];
  /** A town reports; a company head or an inspector only says that it is fixed. */
  readonly can: 'report' | 'claim';
}

/** A town's report: live figures until it is sent, then those that were frozen, with what changed since. */
export interface TownReportCardData {
  readonly area: string;
  readonly dueOn: Day;
  readonly late: boolean;
  /** Up to when the live figures count. */
  readonly cutOffAt: Date;
  readonly figures: TownFigures;
  readonly report: {
    readonly version: number;
    readonly at: Date;
    readonly by: string;
    readonly text: string;
    readonly late: boolean;
  } | null;
  readonly since: readonly Since[];
}

/** What was reported as fixed, to be looked at again by somebody else (R40). */
export interface RecheckCardData {
  readonly place: string;
  readonly findings: readonly {
    readonly id: string;
    readonly compound: string;
    readonly num: number;
    readonly shortLabel: string;
    readonly state: string;
    readonly reportedAt: Date | null;
    readonly remark: string | null;
    readonly settled: boolean;
  }[];
}

export interface ReminderSection {
  readonly about: 'home' | 'letter' | 'finding' | 'town_report' | 'zone' | 'hand_over';
  readonly step: 1 | 2;
  readonly dueOn: Day;
  /** The last day is over: the one reminder after an absence. */
  readonly overdue?: boolean;
  /** Compounds, units or findings, as the person knows them. */
  readonly names: readonly string[];
}

export interface ReminderCardData {
  readonly person: string;
  readonly sections: readonly ReminderSection[];
  /** What can be done on the card itself. */
  readonly canSign: boolean;
  readonly canInspect: boolean;
  /** The town's report can be opened from here. */
  readonly canReport?: boolean;
  /** Yesterday’s hand-over waits for this person (R35). */
  readonly canConfirm?: boolean;
}

/** One rung of the ladder for many people: one message with a list (1.7). */
export interface RungCardData {
  readonly person: string;
  readonly sections: readonly {
    readonly about: 'home' | 'letter' | 'finding' | 'zone' | 'town_report' | 'hand_over';
    readonly rung: 1 | 2 | 3;
    readonly dueOn: Day;
    readonly rows: readonly { readonly name: string; readonly detail: string }[];
    readonly total: number;
  }[];
  /** The person's own reminders of the same slot: one message for both (1.7). */
  readonly reminders: readonly ReminderSection[];
}

export interface TallyCardData {
  readonly zone: string;
  readonly day: Day;
  readonly cutOffAt: Date;
  readonly figures: Figures;
  readonly areas: readonly ({ readonly area: string } & Figures)[];
}

export interface DigestCardData {
  readonly title: string;
  readonly day: Day;
  readonly cutOffAt: Date;
  readonly figures: Figures;
  readonly zones: readonly ({ readonly zone: string } & Figures)[];
  /** The day coverage ends at the pace of the last five working days; null = no pace yet. */
  readonly coveredBy: Day | null;
  readonly paceDays: number;
  readonly decisions: readonly string[];
  /** Ladder lines that reached the commander. */
  readonly late: readonly string[];
  /** What the day cost people: messages they got, and taps and texts they gave (R48). */
  readonly messages: {
    readonly sent: number;
    readonly people: number;
    readonly most: number;
    readonly answers: number;
  };
  /** Zones whose day has not reached the towns, each with the step it waits for (R35). */
  readonly waiting: readonly { readonly zone: string; readonly step: HandOverStep }[];
  /** False in a year without official working days: the page says so (R51). */
  readonly officialCalendar: boolean;
}

export interface NoticeCardData {
  readonly from: string;
  readonly title: string;
  readonly text: string;
  readonly urgent: boolean;
  readonly version: number;
  /** Of those it is for; null where only one person is spoken to. */
  readonly readers: { readonly read: number; readonly total: number } | null;
  /** To whoever sent it: where it went, and who has not read it. */
  readonly sent: {
    readonly zones: readonly string[];
    readonly unread: readonly string[];
    readonly more: boolean;
  } | null;
}

/** A zone's day on its way up, one card for all zones of a person; to a town its own area (R35). */
export interface HandoverCardData {
  readonly person: string;
  readonly step: HandOverStep | 'town';
  readonly day: Day;
  readonly cutOffAt: Date;
  readonly places: readonly {
    /** A zone, or the town's area. */
    readonly place: string;
    readonly figures: Figures;
    readonly planned: number;
    readonly done: number;
    /** Inspectors who had compounds and recorded none. */
    readonly silent: readonly string[];
    readonly taken: readonly {
      readonly step: HandOverStep;
      readonly name: string;
      readonly at: Date;
      readonly note: string | null;
    }[];
    readonly missing: readonly HandOverStep[];
  }[];
  /** To the zone lead only (R07). */
  readonly tomorrow: {
    readonly day: Day;
    /** Days off lie between. */
    readonly afterBreak: boolean;
    readonly rows: readonly {
      readonly compound: string;
      readonly area: string;
      readonly inspector: string;
      readonly reasons: readonly AssignmentReason[];
    }[];
    readonly total: number;
  } | null;
}

/** `/report`, `/unsigned`, `/overdue`, `/help` and other lists read on demand. */
export interface ReportCardData {
  readonly title: string;
  readonly cutOffAt: Date;
  /** True where nothing depends on the cut-off (help): then it is not printed. */
  readonly timeless?: boolean;
  readonly figures: Figures | null;
  readonly rows: readonly { readonly name: string; readonly detail: string }[];
  readonly total: number;
  /** Where a button leads to: a one-time link, good for so many minutes. */
  readonly link?: { readonly url: string; readonly minutes: number; readonly formHours?: number };
}

export interface CardDataOf {
  readonly assignment: AssignmentCardData;
  readonly checklist: ChecklistCardData;
  readonly confirmation: ConfirmationCardData;
  readonly question: QuestionCardData;
  readonly letter: LetterCardData;
  readonly reminder: ReminderCardData;
  readonly rung: RungCardData;
  readonly finding: FindingCardData;
  readonly recheck: RecheckCardData;
  readonly town_report: TownReportCardData;
  readonly tally: TallyCardData;
  readonly digest: DigestCardData;
  readonly handover: HandoverCardData;
  readonly notice: NoticeCardData;
  readonly report: ReportCardData;
}
