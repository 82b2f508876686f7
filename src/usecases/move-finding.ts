// The town acts on a finding it was told of: reports the fix, needs longer, or says that the record is wrong (R39, E10).
import { textOf } from '../domain/card.ts';
import { type Finding, promised, reported } from '../domain/finding.ts';
import { may } from '../domain/rights.ts';
import { deltas, momentOf, ofFinding, tallyTime } from '../domain/tally.ts';
import { type Outcome, type Situation, saying } from './service.ts';

type Step = { readonly finding: Finding; readonly event: string } | null;

/** The finding a press is about: the one chosen, or the only one on the card. */
const chosen = async (s: Situation): Promise<Finding | 'none' | 'which'> => {
  const ids = s.scene.card?.data.findings;
  if (!Array.isArray(ids) || s.event.body.kind !== 'press') return 'none';
  const named = textOf(s.event.body.values, 'finding');
  const id = named !== '' ? ids.find((x) => x === named) : ids.length === 1 ? ids[0] : undefined;
  if (id === undefined) return 'which';
  return (await s.service.scenes.findings([id as string]))[0] ?? 'none';
};

const move = async (s: Situation, step: (finding: Finding) => Step | string, said: string): Promise<Outcome> => {
  const finding = await chosen(s);
  if (finding === 'none') return saying(s, 'card_gone');
  if (finding === 'which') return saying(s, 'choose_finding');
  if (!may(s.person, 'report_fix', { area: finding.area }))
    return saying(s, 'finding_not_yours', { area: finding.area });
  const taken = step(finding);
  if (typeof taken === 'string') return saying(s, taken, { most: s.campaign.settings.progressMaxWorkingDays });
  if (!taken) return saying(s, 'finding_already', { state: finding.state, compound: finding.compoundName });
  const moment = momentOf(s.campaign.calendar, tallyTime(s.campaign.slots), s.now);
  const toast = s.service
    .cards(s.campaign)
    .say(said, { compound: finding.compoundName, promised_on: taken.finding.promisedOn });
  return {
    answer: { toast },
    change: {
      findings: [taken.finding],
      events: [
        {
          campaign: s.campaign.id,
          at: s.now,
          kind: taken.event,
          subject: { kind: 'finding', id: finding.id },
          by: { id: s.person.id, name: s.person.name },
          inbound: s.inbound,
          data: { compound: finding.compoundId, item: finding.item },
        },
      ],
      deltas: deltas(s.campaign.id, moment, ofFinding(finding), ofFinding(taken.finding)),
    },
  };
};

/** 已整改，上报: claims and reports in one tap; the two-day clock stops. */
export const reportFix = (s: Situation): Promise<Outcome> =>
  move(s, (finding) => reported(finding, s.now, s.person.id), 'finding_reported');

/** 需要更长时间: a new day, once, within the campaign's limit. */
export const askForTime = (s: Situation): Promise<Outcome> =>
  move(
    s,
    (finding) => {
      const on = s.event.body.kind === 'press' ? textOf(s.event.body.values, 'promised_on') : '';
      if (on === '') return 'choose_promised_day';
      return (
        promised(finding, on, s.today, s.campaign.calendar, s.campaign.settings.progressMaxWorkingDays) ??
        'promise_not_possible'
      );
    },
    'finding_progress',
  );

/** 记录有误: the inspector and the liaison are to look; the finding stands until the record is corrected (E10). */
export const recordWasWrong = async (s: Situation): Promise<Outcome> => {
  const finding = await chosen(s);
  if (finding === 'none') return saying(s, 'card_gone');
  if (finding === 'which') return saying(s, 'choose_finding');
  if (!may(s.person, 'report_fix', { area: finding.area }))
    return saying(s, 'finding_not_yours', { area: finding.area });
  return {
    ...saying(s, 'finding_disputed', { compound: finding.compoundName }),
    change: {
      events: [
        {
          campaign: s.campaign.id,
          at: s.now,
          kind: 'finding.disputed',
          subject: { kind: 'finding', id: finding.id },
          by: { id: s.person.id, name: s.person.name },
          inbound: s.inbound,
          data: {},
        },
      ],
    },
  };
};
