// What other systems are told: each new record, correction, change of a finding and signature. People appear as ids only,
// and nothing that somebody typed is in it (R47): a name, a number or a remark does not leave this way.
import type { Change } from './change.ts';
import type { Finding } from './finding.ts';
import type { Inspection } from './inspection.ts';
import type { Letter } from './letter.ts';
import type { Ref } from './message.ts';

/** An address of another system that hears of one campaign. */
export interface Webhook {
  readonly id: string;
  readonly campaign: string;
  readonly title: string;
  readonly url: string;
  /** The types it wants, such as `finding.opened`, or `finding` for all of them; empty = everything. */
  readonly types: readonly string[];
  /** `whsec_…`. Signs each call; the one before goes on signing beside it until its time is over. */
  readonly secret: string;
  readonly oldSecret: string | null;
  /** Real time. */
  readonly oldSecretUntil: Date | null;
  readonly addedAt: Date;
  /** By hand, or by the service after a long failure. Its calls wait, and none is lost. */
  readonly pausedAt: Date | null;
  readonly removedAt: Date | null;
}

/** One call's content. Its id is the same however often it is sent. */
export interface WebhookCall {
  readonly id: string;
  readonly type: string;
  /** ISO. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Something that other systems may want to hear of; the store makes one call of it for each webhook that does. */
export interface Announcement extends Omit<WebhookCall, 'id' | 'timestamp'> {
  readonly campaign: string;
  readonly at: Date;
  readonly about: readonly Ref[];
}

const isTold = /^(?:inspection|finding)\.|^letter\.signed(?:_late)?$/;

/** What of a change is told, in the order of its events. */
export const announcements = (change: Change): Announcement[] => {
  const told = change.events?.filter((event) => isTold.test(event.kind)) ?? [];
  if (told.length === 0) return [];
  const records = recordsOf(change);
  return told.map(({ campaign, at, kind, subject, by, data }) => ({
    campaign,
    at,
    type: kind,
    about: [subject],
    data: {
      campaign,
      by: by?.id ?? 'system',
      [subject.kind]: { id: subject.id, ...records.get(subject.id) },
      // The record that opened, kept or closed a finding.
      ...(subject.kind === 'finding' && typeof data.inspection === 'string' ? { inspection: data.inspection } : {}),
    },
  }));
};

const recordsOf = (change: Change): ReadonlyMap<string, object> =>
  new Map<string, object>([
    ...(change.flagged ?? []).map((one) => [one.id, { flags: one.flags }] as const),
    ...(change.inspections ?? []).map((one) => [one.id, inspectionTold(one)] as const),
    ...(change.findings ?? []).map((one) => [one.id, findingTold(one)] as const),
    ...(change.letters ?? []).map((one) => [one.id, letterTold(one)] as const),
  ]);

const inspectionTold = (i: Inspection) => ({
  version: i.version,
  replaces: i.replacesId,
  strand: i.strand,
  checklist: i.checklist,
  assignment: i.assignmentId,
  checkOn: i.checkOn,
  recordedAt: i.recordedAt,
  inspector: i.inspectorId,
  enteredBy: i.enteredById,
  compound: { id: i.compoundId, name: i.compoundName, status: i.compoundStatus },
  company: i.company,
  area: i.area,
  zone: i.zone,
  department: i.department,
  answers: i.answers,
  source: { channel: i.source.channel, kind: i.source.kind },
  flags: i.flags,
});

const findingTold = (f: Finding) => ({
  version: f.version,
  state: f.state,
  item: f.item,
  compound: { id: f.compoundId, name: f.compoundName },
  company: f.company,
  area: f.area,
  zone: f.zone,
  inspections: f.inspectionIds,
  openedAt: f.openedAt,
  notifiedAt: f.notifiedAt,
  dueOn: f.dueOn,
  promisedOn: f.promisedOn,
  claimedAt: f.claimedAt,
  reportedAt: f.reportedAt,
  verifiedAt: f.verifiedAt,
  reopenedAt: f.reopenedAt,
  referredAt: f.referredAt,
});

const letterTold = (l: Letter) => ({
  version: l.version,
  letter: l.letter,
  state: l.state,
  unit: { id: l.unitId, name: l.unit },
  kind: l.kind,
  origin: l.origin,
  area: l.area,
  zone: l.zone,
  signatory: l.signatoryId,
  signedBy: l.signedById,
  signedAt: l.signedAt,
});
