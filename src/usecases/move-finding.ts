// The town acts on a finding it was told of: reports the fix, needs longer, or says that the record is wrong (R39, E10).
import { itemOf } from '../domain/campaign.ts';
import { textOf } from '../domain/card.ts';
import { type Finding, lastDayOf, promised, reported } from '../domain/finding.ts';
import { may } from '../domain/rights.ts';
import { inWorkingHours } from '../domain/sending.ts';
import { deltas, momentOf, ofFinding, tallyTime } from '../domain/tally.ts';
import { type Outcome, type Situation, saying } from './service.ts';

type Step = { readonly finding: Finding; readonly event: string } | null;

/** The finding a press is about, if this person may answer for it; otherwise what to say instead. */
const chosen = async (s: Situation): Promise<Finding | Outcome> => {
  const ids = s.scene.card?.data.findings;
  if (!Array.isArray(ids) || s.event.body.kind !== 'press') return saying(s, 'card_closed');
  const named = textOf(s.event.body.values, 'finding');
  const id = named !== '' ? ids.find((x) => x === named) : ids.length === 1 ? ids[0] : undefined;
  if (id === undefined) return saying(s, 'choose_finding');
  const [finding] = await s.service.scenes.findings([id as string]);
  if (!finding) return saying(s, 'card_closed');
  return may(s.person, 'report_fix', { area: finding.area })
    ? finding
    : saying(s, 'refusal_not_your_finding', { area: finding.area });
};

const isOutcome = (x: Finding | Outcome): x is Outcome => 'change' in x;

/** `4 隔离观察点`, as the card printed it. */
const itemName = (s: Situation, finding: Finding): string => {
  const item = itemOf(s.campaign, finding.item);
  return item ? `${item.num} ${item.shortLabel}` : finding.item;
};

const eventOf = (s: Situation, kind: string, finding: Finding) => ({
  campaign: s.campaign.id,
  at: s.now,
  kind,
  subject: { kind: 'finding', id: finding.id },
  by: { id: s.person.id, name: s.person.name },
  inbound: s.inbound,
  data: { compound: finding.compoundId, item: finding.item },
});

const moved = (s: Situation, finding: Finding, step: Step, said: string): Outcome => {
  const facts = { compound: finding.compoundName, item: itemName(s, finding) };
  if (!step) return saying(s, 'finding_already', { ...facts, state: finding.state });
  const moment = momentOf(s.campaign.calendar, tallyTime(s.campaign.slots), s.now);
  return {
    ...saying(s, said, { ...facts, promisedOn: step.finding.promisedOn }),
    change: {
      findings: [step.finding],
      events: [eventOf(s, step.event, finding)],
      deltas: deltas(s.campaign.id, moment, ofFinding(finding), ofFinding(step.finding)),
    },
  };
};

/** 已整改，上报: claims and reports in one tap; the two-day clock stops. */
export const reportFix = async (s: Situation): Promise<Outcome> => {
  const finding = await chosen(s);
  return isOutcome(finding) ? finding : moved(s, finding, reported(finding, s.now, s.person.id), 'finding_reported');
};

/** 需要更长时间: a new day, once, within the campaign's limit. */
export const askForTime = async (s: Situation): Promise<Outcome> => {
  const finding = await chosen(s);
  if (isOutcome(finding)) return finding;
  const on = s.event.body.kind === 'press' ? textOf(s.event.body.values, 'promised_on') : '';
  if (on === '') return saying(s, 'choose_day');
  if (finding.promisedOn !== null) return saying(s, 'finding_promised_already', { promisedOn: finding.promisedOn });
  const most = s.campaign.settings.progressMaxWorkingDays;
  const latest = s.campaign.calendar.plusWorkingDays(s.today, most);
  if (on > latest || on < (lastDayOf(finding) ?? s.today)) return saying(s, 'promise_too_far', { latest });
  return moved(s, finding, promised(finding, on, s.today, s.campaign.calendar, most), 'finding_progress');
};

/** 记录有误: whoever inspected is to look again; the finding and its day stand until the record is corrected (E10). */
export const recordWasWrong = async (s: Situation): Promise<Outcome> => {
  const finding = await chosen(s);
  if (isOutcome(finding)) return finding;
  const [first] = finding.inspectionIds;
  const record = first === undefined ? null : await s.service.scenes.inspection(first);
  const facts = { compound: finding.compoundName, item: itemName(s, finding), inspector: record?.inspectorName ?? '' };
  const doubted = record ? await doubtMessage(s, record.inspectorId, facts) : [];
  return {
    ...saying(s, 'finding_wrong_record', facts),
    change: { events: [eventOf(s, 'finding.disputed', finding)], messages: doubted },
  };
};

/** Asks the inspector to look at the record again: said in private, held to working hours. */
const doubtMessage = async (s: Situation, inspectorId: string, facts: { compound: string; item: string }) => {
  const to = (await s.service.roster.reach([inspectorId])).get(inspectorId)?.to;
  if (!to) return [];
  const text = s.service.cards(s.campaign).say('please_check_record', { ...facts, by: s.person.name });
  return [
    {
      key: `doubt:${s.inbound}`,
      campaign: s.campaign.id,
      to,
      kind: 'notice' as const,
      about: [],
      message: { text },
      ...inWorkingHours(s.campaign.calendar, s.campaign.settings, s.now),
    },
  ];
};
