// How domain records lie in their tables, one function for each direction. Column names stand here and in schema.prisma only.
import { randomUUIDv7 } from 'node:crypto';
import type { Absence } from '../domain/absence.ts';
import type { Assignment } from '../domain/assignment.ts';
import type { BindCode } from '../domain/bind-code.ts';
import type {
  Account,
  BoundGroup,
  CardRow,
  CardView,
  Covering,
  InboundRow,
  LedgerRow,
  Nudge,
} from '../domain/change.ts';
import type { Coverage } from '../domain/coverage.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Finding } from '../domain/finding.ts';
import type { HandOver } from '../domain/hand-over.ts';
import type { Exclusion, FormerHome, Home, PendingCompound } from '../domain/home.ts';
import type { Inspection } from '../domain/inspection.ts';
import type { Letter } from '../domain/letter.ts';
import type { Link } from '../domain/link.ts';
import type { Outgoing } from '../domain/message.ts';
import type { Notice, NoticeReading } from '../domain/notice.ts';
import type {
  CompoundEntry,
  HoldingRow,
  ManagementRow,
  PersonFacts,
  SettingChange,
  UnitRow,
  ZoneAreaRow,
} from '../domain/office/records.ts';
import type { PhaseChange } from '../domain/phase-change.ts';
import type { Photo } from '../domain/photo.ts';
import type { Session } from '../domain/session.ts';
import type { SpotCheck, SpotDraw } from '../domain/spot-check.ts';
import type { Delta } from '../domain/tally.ts';
import type { TownReport } from '../domain/town-report.ts';
import type { Announcement, Webhook } from '../domain/webhook.ts';

/** The same few hundred names again and again: each is worked out once. */
const remembered = (work: (name: string) => string): ((name: string) => string) => {
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const now = work(name);
    known.set(name, now);
    return now;
  };
};

const snake = remembered((name) => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`));
const camel = remembered((name) => name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase()));

const renamed = (
  record: object,
  to: (name: string) => string,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  for (const key in record) out[names[key] ?? to(key)] = (record as Record<string, unknown>)[key];
  return out;
};

/** Fields whose column is not simply the snake_case name. */
const assignmentNames = { from: 'from_on', to: 'to_on' };
const inverse = (names: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(names).map(([a, b]) => [b, a]));

export const encodeAssignment = (a: Assignment) => renamed(a, snake, assignmentNames);
export const encodeInspection = (i: Inspection) => ({ ...renamed(i, snake, {}), live: true });
export const encodeDelta = (d: Delta) => renamed(d, snake, {});
export const encodeCovering = ({ deltas, ...coverage }: Covering) => ({
  ...renamed(coverage, snake, {}),
  deltas: deltas.map(encodeDelta),
});
export const encodeFinding = (f: Finding) => renamed(f, snake, {});
export const encodeLetter = (l: Letter) => renamed(l, snake, {});
export const encodeLedgerRow = (l: LedgerRow) => renamed(l, snake, {});
export const encodeSpotCheck = (s: SpotCheck) => renamed(s, snake, {});
export const encodeSpotDraw = (d: SpotDraw) => renamed(d, snake, {});
export const encodeTownReport = (r: TownReport) => renamed(r, snake, {});
export const encodeNudge = (n: Nudge) => renamed(n, snake, {});
export const encodeHandOver = (h: HandOver) => renamed(h, snake, {});
export const encodePhaseChange = (c: PhaseChange) => renamed(c, snake, {});
export const encodeNotice = (n: Notice) => renamed(n, snake, {});
export const encodeNoticeReading = (r: NoticeReading) => renamed(r, snake, {});
export const encodeCard = (c: CardRow) => renamed(c, snake, {});
export const encodeView = (v: CardView) => renamed(v, snake, {});
export const encodeLink = (l: Link) => renamed(l, snake, {});
export const encodeSession = (s: Session) => renamed(s, snake, {});
export const encodeAbsence = (a: Absence) => renamed(a, snake, assignmentNames);
export const encodeHolding = (h: HoldingRow) => renamed(h, snake, assignmentNames);
export const encodeBindCode = (c: BindCode) => renamed(c, snake, {});
export const encodeAccount = (a: Account) => renamed(a, snake, {});
export const encodeGroup = (g: BoundGroup) => renamed(g, snake, {});
export const encodeHome = ({ personId, compoundId, lives }: Home) => ({
  id: personId,
  compound_id: compoundId,
  lives,
});
export const encodeFormerHome = (h: FormerHome) => renamed(h, snake, {});
export const encodeExclusion = (e: Exclusion) => renamed(e, snake, {});
export const encodePendingCompound = (k: PendingCompound) => ({ ...renamed(k, snake, {}), status: 'pending' });
export const encodePerson = (p: PersonFacts) => renamed(p, snake, {});
export const encodeUnit = (u: UnitRow) => renamed(u, snake, {});
export const encodeCompound = (k: CompoundEntry) => renamed(k, snake, {});
export const encodeManagement = (m: ManagementRow) => renamed(m, snake, assignmentNames);
export const encodeZoneArea = (z: ZoneAreaRow) => renamed(z, snake, assignmentNames);
export const encodeSettingChange = (c: SettingChange) => renamed(c, snake, {});
export const encodeInbound = (i: InboundRow) => renamed(i, snake, {});

export const encodePhoto = ({ about, ...photo }: Photo) => ({
  ...renamed(photo, snake, {}),
  about_kind: about?.kind ?? null,
  about_id: about?.id ?? null,
});

export const encodeEvent = (e: DomainEvent) => ({
  campaign: e.campaign,
  at: e.at,
  kind: e.kind,
  subject_kind: e.subject.kind,
  subject_id: e.subject.id,
  by_id: e.by?.id ?? null,
  by_name: e.by?.name ?? null,
  inbound: e.inbound,
  data: e.data,
});

export const encodeOutgoing = (o: Outgoing, hold: string | null) => ({
  key: o.key,
  campaign: o.campaign,
  channel: o.to.channel,
  chat: o.to.chat,
  person_id: o.to.personId,
  kind: o.kind,
  verb: 'send',
  about: o.about,
  rung: o.rung ?? null,
  message: o.message,
  card_id: o.message.card?.id ?? null,
  state: 'waiting',
  created_at: o.notBefore,
  not_before: o.notBefore,
  expires_at: o.expiresAt ?? null,
  attempts: 0,
  hold,
});

/** The call's id is random, so that it holds no full stop and nobody can foresee it. */
export const encodeAnnouncement = ({ campaign, at, type, about, data }: Announcement) => {
  const id = `msg_${randomUUIDv7()}`;
  return { key: id, campaign, at, type, about, message: { call: { id, type, timestamp: at, data } } };
};
export const encodeWebhook = (webhook: Webhook) => renamed(webhook, snake, {});

type Row = Readonly<Record<string, unknown>>;

/** A row as `to_jsonb` gives it: instants as ISO texts. */
const decoded = <T>(row: Row, instants: readonly string[], names: Readonly<Record<string, string>> = {}): T => {
  const record = renamed(row, camel, names);
  for (const field of instants) {
    const value = record[field];
    if (typeof value === 'string') record[field] = new Date(value);
  }
  return record as T;
};

export const decodeAssignment = (row: Row): Assignment => decoded(row, ['givenAt', 'doneAt'], inverse(assignmentNames));

export const decodeInspection = (row: Row): Inspection => {
  const { live: _live, ...rest } = row;
  return decoded(rest, ['recordedAt', 'enteredAt']);
};

export const decodeCoverage = (row: Row): Coverage => decoded(row, ['coveredAt']);

export const decodeFinding = (row: Row): Finding =>
  decoded(row, ['openedAt', 'notifiedAt', 'claimedAt', 'reportedAt', 'verifiedAt', 'reopenedAt', 'referredAt']);

export const decodeLetter = (row: Row): Letter => decoded(row, ['owedAt', 'sentAt', 'readAt', 'signedAt']);

export const decodeAbsence = (row: Row): Absence => decoded(row, ['at'], inverse(assignmentNames));

export const decodeExclusion = (row: Row): Exclusion => decoded(row, ['claimedAt', 'toldAt', 'decidedAt']);
export const decodeHandOver = (row: Row): HandOver => decoded(row, []);

export const decodePhaseChange = (row: Row): PhaseChange => decoded(row, ['at']);

export const decodeNotice = (row: Row): Notice => decoded(row, ['at']);

export const decodeCard = (row: Row): CardRow => decoded(row, ['createdAt', 'closesAt']);

export const decodeTownReport = (row: Row): TownReport => decoded(row, ['cutOffAt']);

export const decodeSpotDraw = (row: Row): SpotDraw => decoded(row, []);
export const decodePhoto = (row: Row): Photo => {
  const { about_kind: kind, about_id: id, ...rest } = row;
  const photo = decoded<Omit<Photo, 'about'>>(rest, ['takenAt', 'at']);
  return { ...photo, about: kind === null ? null : ({ kind, id } as Photo['about']) };
};
