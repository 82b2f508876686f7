// A change: everything one act writes, as a value that a test can compare. The store commits it in one transaction,
// all or nothing (DESIGN §1); use cases build it, nothing here touches a database.

import type { Absence } from './absence.ts';
import type { Assignment } from './assignment.ts';
import type { BindCode } from './bind-code.ts';
import type { Day } from './calendar.ts';
import type { Card, CardKind, CardValues } from './card.ts';
import type { Coverage } from './coverage.ts';
import type { DomainEvent } from './event.ts';
import type { Finding } from './finding.ts';
import type { HandOver } from './hand-over.ts';
import type { Exclusion, FormerHome, Home, PendingCompound } from './home.ts';
import type { Inspection } from './inspection.ts';
import type { Letter, LetterState } from './letter.ts';
import type { Link } from './link.ts';
import type { ChannelName, Outgoing } from './message.ts';
import type { Notice, NoticeReading } from './notice.ts';
import type {
  CompanyRow,
  CompoundEntry,
  HoldingRow,
  ManagementRow,
  NewCompound,
  NewPerson,
  OrganisationRow,
  PersonFacts,
  RegistryTurn,
  SettingChange,
  UnitRow,
  ZoneAreaRow,
} from './office/records.ts';
import type { PhaseChange } from './phase-change.ts';
import type { Photo } from './photo.ts';
import type { Session } from './session.ts';
import type { SpotCheck, SpotDraw } from './spot-check.ts';
import type { Delta } from './tally.ts';
import type { TownReport } from './town-report.ts';
import type { Announcement, Webhook } from './webhook.ts';

/** What the presser's own card or toast shows now (ports: OnEvent). */
export interface Answer {
  readonly toast?: string;
  readonly card?: Card;
}

export interface InboundRow {
  readonly channel: ChannelName;
  readonly eventId: string;
  readonly at: Date;
  readonly personId: string | null;
  readonly chat: string;
  readonly kind: 'press' | 'text' | 'file';
  readonly text: string | null;
  readonly press: { readonly card: string; readonly action: string; readonly values: CardValues } | null;
  readonly answer: Answer | null;
}

/** A card as sent to one chat. `data` holds what drawing it anew needs: ids, never texts. */
export interface CardRow {
  readonly id: string;
  readonly campaign: string;
  readonly kind: CardKind;
  readonly channel: ChannelName;
  readonly chat: string;
  readonly personId: string | null;
  readonly data: CardData;
  readonly state: 'open' | 'answered' | 'closed';
  readonly createdAt: Date;
  readonly closesAt: Date | null;
}

export type CardData = Readonly<Record<string, unknown>>;

/** What one person sees of a card that others see differently. */
export interface CardView {
  readonly cardId: string;
  readonly personId: string;
  readonly card: Card;
  readonly data: CardData;
  readonly changedAt: Date;
}

/** A compound that is covered now, unless somebody was faster: then neither the row nor its figures are written (E02). */
export interface Covering extends Coverage {
  readonly deltas: readonly Delta[];
}

/** The account of a platform that a person answers from; one for each channel. */
export interface Account {
  readonly channel: ChannelName;
  readonly externalId: string;
  readonly personId: string;
  readonly boundAt: Date;
  readonly lostAt: Date | null;
}

/** A group conversation and what it serves from now on. */
export interface BoundGroup {
  readonly channel: ChannelName;
  readonly externalId: string;
  readonly title: string;
  readonly servesKind: 'zone' | 'area' | 'organisation' | 'command';
  readonly servesName: string;
  readonly boundAt: Date;
}

/** One reminder or rung for one obligation: the key makes it impossible to tell twice (1.7). */
export interface Nudge {
  readonly campaign: string;
  readonly aboutKind: 'assignment' | 'letter' | 'finding' | 'town_report' | 'inspector' | 'hand_over';
  readonly aboutId: string;
  readonly step: 'reminder_1' | 'reminder_2' | 'rung_1' | 'rung_2' | 'rung_3';
  readonly toId: string | null;
  readonly on: Day;
  readonly outboxKey: string | null;
}

export interface LedgerRow {
  readonly campaign: string;
  readonly letterId: string;
  readonly unit: string;
  readonly area: string | null;
  readonly zone: string | null;
  readonly frozenAt: Date;
  readonly stateThen: LetterState;
  readonly attempts: number;
  readonly reason: string | null;
}

export interface SpentLink extends Pick<Link, 'key'> {
  readonly at: Date;
}

/**
 * Records with a `version` are inserted at version 1 and replace version n − 1 above it; whoever read an older state
 * loses, and decides anew. Everything else is appended.
 */
export interface Change {
  readonly inbound?: readonly InboundRow[];
  readonly assignments?: readonly Assignment[];
  readonly inspections?: readonly Inspection[];
  /** Ids of live inspections that no longer stand: replaced by a newer version, or taken back. */
  readonly retired?: readonly string[];
  /** Records that get other flags: marks of the service or a supervisor, the answers stay. */
  readonly flagged?: readonly Pick<Inspection, 'id' | 'flags'>[];
  /** Records whose compound was taken up by the office (E20): where they belong now, and whether they count. */
  readonly placed?: readonly Inspection[];
  readonly covered?: readonly Covering[];
  /** Compounds that are no longer covered. */
  readonly uncovered?: readonly Pick<Coverage, 'campaign' | 'compoundId'>[];
  readonly findings?: readonly Finding[];
  readonly letters?: readonly Letter[];
  readonly ledger?: readonly LedgerRow[];
  readonly absences?: readonly Absence[];
  readonly bindCodes?: readonly BindCode[];
  readonly codesSpent?: readonly { readonly hash: string; readonly at: Date }[];
  readonly accounts?: readonly Account[];
  readonly groups?: readonly BoundGroup[];
  readonly holdings?: readonly HoldingRow[];
  readonly homes?: readonly Home[];
  readonly formerHomes?: readonly FormerHome[];
  readonly pendingCompounds?: readonly PendingCompound[];
  readonly exclusions?: readonly Exclusion[];
  readonly turns?: readonly RegistryTurn[];
  readonly peopleAdded?: readonly NewPerson[];
  readonly peopleChanged?: readonly PersonFacts[];
  readonly organisations?: readonly OrganisationRow[];
  readonly companies?: readonly CompanyRow[];
  readonly units?: readonly UnitRow[];
  readonly compoundsAdded?: readonly NewCompound[];
  readonly compoundsChanged?: readonly CompoundEntry[];
  readonly managements?: readonly ManagementRow[];
  readonly zoneAreas?: readonly ZoneAreaRow[];
  readonly settingChanges?: readonly SettingChange[];
  readonly townReports?: readonly TownReport[];
  readonly spotChecks?: readonly SpotCheck[];
  readonly spotDraws?: readonly SpotDraw[];
  readonly handOvers?: readonly HandOver[];
  readonly phaseChanges?: readonly PhaseChange[];
  readonly notices?: readonly Notice[];
  readonly noticeReadings?: readonly NoticeReading[];
  readonly nudges?: readonly Nudge[];
  readonly cards?: readonly CardRow[];
  readonly views?: readonly CardView[];
  /** Cards that must be drawn anew. */
  readonly marks?: readonly string[];
  readonly photos?: readonly Photo[];
  readonly events?: readonly DomainEvent[];
  readonly deltas?: readonly Delta[];
  readonly messages?: readonly Outgoing[];
  readonly links?: readonly Link[];
  /** One-time links that this change is done with: whoever spent one before wins. */
  readonly spent?: readonly SpentLink[];
  readonly sessions?: readonly Session[];
  readonly webhooks?: readonly Webhook[];
  /** What other systems are told; the committer works it out from the events. */
  readonly announced?: readonly Announcement[];
}

/** Several changes as one: everything of each, all or nothing. */
export const allOf = (changes: readonly Change[]): Change => {
  const keys = new Set(changes.flatMap((change) => Object.keys(change) as (keyof Change)[]));
  return Object.fromEntries(
    [...keys].map((key) => [key, changes.flatMap((change): readonly unknown[] => change[key] ?? [])]),
  );
};
