// One step of one finding, by whoever may take it: claimed, reported, put off, verified, reopened, referred (R39, R40, R43).
// Two people at once: the first one wins, and the other is told what happened and by whom.

import { type Campaign, zoneNow } from '../domain/campaign.ts';
import {
  claimed,
  type Finding,
  type FindingState,
  isBiased,
  lastDayOf,
  mayBeReferred,
  promised,
  referred,
  reopened,
  reported,
  verified,
} from '../domain/finding.ts';
import { may } from '../domain/rights.ts';
import { inWorkingHours } from '../domain/sending.ts';
import { deltas, momentOf, ofFinding, tallyTime } from '../domain/tally.ts';
import type { NotedFinding } from '../ports-city-town.ts';
import { cardMessage, sending } from './card-message.ts';
import { findingForm, itemName } from './finding-card.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';
import { townEars } from './town-ear.ts';

export type Move = 'claim' | 'report' | 'verify' | 'reopen' | 'refer';

/** The states a move starts from: what a list offers. */
export const startsFrom: Readonly<Record<Move, readonly FindingState[]>> = {
  claim: ['notified', 'reopened'],
  report: ['notified', 'claimed', 'reopened'],
  verify: ['reported'],
  reopen: ['reported', 'fixed_on_spot'],
  refer: ['notified', 'reopened'],
};

type Step = { readonly finding: Finding; readonly event: string } | null;

const subjectOf = (campaign: Campaign, { finding, inspector, unitId }: NotedFinding) => ({
  area: finding.area,
  zone: zoneNow(campaign, finding),
  unitId: unitId ?? finding.unitId,
  personId: inspector.id,
});

/** Whether this person may take this step with this finding (1.7 "who may do what"). `tasks` = compounds to look at again. */
export const mayMove = (s: Situation, move: Move, noted: NotedFinding, tasks: ReadonlySet<string>): boolean => {
  const subject = subjectOf(s.campaign, noted);
  switch (move) {
    case 'claim':
      return may(s.person, 'claim_fix', subject);
    case 'report':
      return may(s.person, 'report_fix', subject);
    case 'refer':
      return may(s.person, 'refer', subject);
    case 'verify':
    case 'reopen':
      return (
        !isBiased(s.person, noted.finding, subject.unitId) &&
        (may(s.person, 'verify', subject) || tasks.has(noted.finding.compoundId))
      );
  }
};

/** Compounds this person is to look at again. */
export const lookBackTasks = async (s: Situation): Promise<ReadonlySet<string>> => {
  const tasks = await s.service.scenes.openTasks(s.campaign.id, s.person.id, s.today);
  return new Set(
    tasks.flatMap(({ assignment: a }) =>
      (a.kind === 'recheck' || a.kind === 'spot') && a.compoundId !== null ? [a.compoundId] : [],
    ),
  );
};

/** What is said to somebody who may not. */
export const refusedMove = (s: Situation, move: Move, { finding, unitId }: NotedFinding): Outcome => {
  if (move !== 'verify' && move !== 'reopen') return saying(s, 'refusal_not_your_finding', { area: finding.area });
  return isBiased(s.person, finding, unitId ?? finding.unitId)
    ? saying(s, 'refusal_own_fix', { compound: finding.compoundName })
    : saying(s, 'refusal_not_your_recheck', { compound: finding.compoundName });
};

const stepOf = (s: Situation, move: Move, finding: Finding): Step => {
  switch (move) {
    case 'claim':
      return claimed(finding, s.now, s.person.id);
    case 'report':
      return reported(finding, s.now, s.person.id);
    case 'verify':
      return verified(finding, s.now);
    case 'reopen':
      return reopened(finding, s.now, s.campaign.calendar, s.campaign.rectificationWorkingDays);
    case 'refer':
      return referred(finding, s.now);
  }
};

const sayings: Readonly<Record<Move, string>> = {
  claim: 'finding_claimed',
  report: 'finding_reported',
  verify: 'finding_verified',
  reopen: 'finding_reopened',
  refer: 'finding_referred',
};

/** Takes the step; the outcome carries what is said, and no card. */
export const moveFinding = async (s: Situation, move: Move, noted: NotedFinding, remark: string): Promise<Outcome> => {
  const { finding } = noted;
  if (move === 'refer' && finding.referredAt === null) {
    const failures = (await s.service.findings.failures([finding.id])).get(finding.id) ?? 0;
    const most = s.campaign.settings.referralAfterFailures;
    if (!mayBeReferred(finding, failures, most, s.today))
      return saying(s, 'refer_too_early', {
        compound: finding.compoundName,
        item: itemName(s.campaign, finding),
        most,
      });
  }
  const done = await moved(s, noted, stepOf(s, move, finding), sayings[move], remark);
  return move === 'claim' && done.change.findings ? withTownTold(s, noted, done, remark) : done;
};

/** 需要更长时间: a new day, once, within the campaign's limit. */
export const putOff = async (s: Situation, noted: NotedFinding, on: string, remark: string): Promise<Outcome> => {
  const { finding } = noted;
  if (on === '') return saying(s, 'choose_day');
  if (finding.promisedOn !== null) return saying(s, 'finding_promised_already', { promisedOn: finding.promisedOn });
  const most = s.campaign.settings.progressMaxWorkingDays;
  const latest = s.campaign.calendar.plusWorkingDays(s.today, most);
  if (on > latest || on < (lastDayOf(finding) ?? s.today)) return saying(s, 'promise_too_far', { latest });
  return moved(s, noted, promised(finding, on, s.today, s.campaign.calendar, most), 'finding_progress', remark);
};

export const findingEvent = (s: Situation, kind: string, finding: Finding, data: Readonly<Record<string, unknown>>) =>
  eventOf(s, kind, { kind: 'finding', id: finding.id }, { compound: finding.compoundId, item: finding.item, ...data });

const moved = async (
  s: Situation,
  { finding }: NotedFinding,
  step: Step,
  said: string,
  remark: string,
): Promise<Outcome> => {
  const facts = { compound: finding.compoundName, item: itemName(s.campaign, finding) };
  if (!step) {
    const last = await s.service.findings.lastMove(finding.id);
    return saying(s, 'finding_already', {
      ...facts,
      state: finding.state,
      by: last?.by ?? null,
      at: last?.at ?? s.now,
    });
  }
  const moment = momentOf(s.campaign.calendar, tallyTime(s.campaign.slots), s.now);
  const { promisedOn, dueOn } = step.finding;
  return {
    ...saying(s, said, { ...facts, promisedOn, dueOn }),
    change: {
      findings: [step.finding],
      events: [findingEvent(s, step.event, finding, remark === '' ? {} : { remark })],
      deltas: deltas(s.campaign.id, moment, ofFinding(finding), ofFinding(step.finding)),
    },
  };
};

/** A fix that the company or an inspector claims is the town's to report: its contact gets the card again (R39). */
const withTownTold = async (s: Situation, noted: NotedFinding, done: Outcome, remark: string): Promise<Outcome> => {
  const [after] = done.change.findings ?? [];
  const { area, zone } = noted.finding;
  const to =
    after && !may(s.person, 'report_fix', { area })
      ? (await townEars(s.service, s.campaign, s.today)).of(area, zone)
      : null;
  if (!after || !to) return done;
  const told = cardMessage(s.service, s.campaign, s.now, {
    key: `claimed:${after.id}:${after.version}`,
    to,
    kind: 'finding',
    as: 'finding',
    draws: findingForm(s.campaign, area, [{ ...noted, finding: after, remark: remark || null }], s.today, s.now),
    data: { findings: [after.id] },
    about: [{ kind: 'finding', id: after.id }],
    window: inWorkingHours(s.campaign.calendar, s.campaign.settings, s.now),
  });
  return { ...done, change: { ...done.change, ...sending([told]) } };
};
