// A town says that a record is wrong (E10): whoever made it is asked, corrects it or stands by it, and the town hears which.
// The finding and its day stand until then; what was never fixed is withdrawn, not rectified.
import { zoneNow } from '../domain/campaign.ts';
import type { Finding } from '../domain/finding.ts';
import type { Inspection } from '../domain/inspection.ts';
import type { Address } from '../domain/message.ts';
import { inWorkingHours } from '../domain/sending.ts';
import { cardMessage, sending } from './card-message.ts';
import { itemName } from './finding-card.ts';
import { findingEvent } from './move-finding.ts';
import { correct } from './record-answers.ts';
import { visitOf } from './see-compound.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { line, townEars } from './town-ear.ts';

/** What the question to the inspector keeps. */
export interface Doubt {
  readonly finding: string;
  readonly record: string;
}

/** Asks those whose records say "no"; whoever cannot be reached is spoken for by the zone's liaison. */
export const askWhetherWrong = async (s: Situation, finding: Finding, remark: string): Promise<Outcome> => {
  const item = itemName(s.campaign, finding);
  const found = await Promise.all(finding.inspectionIds.map((id) => s.service.scenes.inspection(id)));
  const records = found.filter((record): record is Inspection => record !== null);
  const asked = await askedFor(s, records);
  const book = s.service.cards(s.campaign);
  const questions = asked.map(({ record, to }) =>
    cardMessage(s.service, s.campaign, s.now, {
      key: `doubt:${s.inbound}:${record.id}`,
      to,
      kind: 'question',
      as: 'notice',
      draws: {
        asks: 'record_doubted',
        words: remark,
        compound: `${finding.compoundName} ${item}`,
        by: s.person.name,
        answers: ['option_record_wrong', 'option_record_right'].map((key, i) => ({
          id: `answer:${i + 1}`,
          label: book.say(key),
        })),
      },
      data: { compound: finding.compoundId, doubt: { finding: finding.id, record: record.id } satisfies Doubt },
      about: [{ kind: 'finding', id: finding.id }],
      window: inWorkingHours(s.campaign.calendar, s.campaign.settings, s.now),
    }),
  );
  const names = [...new Set(asked.map((a) => a.name))];
  return {
    ...saying(s, names.length > 0 ? 'finding_wrong_record' : 'finding_wrong_record_nobody', {
      compound: finding.compoundName,
      item,
      names,
    }),
    change: {
      ...sending(questions),
      events: [findingEvent(s, 'finding.disputed', finding, remark === '' ? {} : { remark })],
    },
  };
};

interface Asked {
  readonly record: Inspection;
  readonly name: string;
  readonly to: Address;
}

const askedFor = async (s: Situation, records: readonly Inspection[]): Promise<Asked[]> => {
  const reach = await s.service.roster.reach(records.map((r) => r.inspectorId));
  const unheard = records.some((r) => !reach.get(r.inspectorId)?.to);
  const liaisons = unheard ? await s.service.roster.holders(s.campaign.id, 'liaison', s.today) : [];
  return records.flatMap((record) => {
    const own = reach.get(record.inspectorId);
    const one = own?.to ? own : liaisons.find((l) => l.scope === record.zone && l.to);
    return one?.to ? [{ record, name: one.name, to: one.to }] : [];
  });
};

/** 1 = the record was wrong: a new version says yes, and the finding is withdrawn with its last "no". 2 = it stands. */
export const answerDoubt = async (s: Situation, { finding: id, record }: Doubt): Promise<Outcome> => {
  if (s.event.body.kind !== 'press') return saying(s, 'card_refreshed');
  const [finding] = await s.service.scenes.findings([id]);
  const visit = visitOf(s);
  if (!finding || !visit || !finding.inspectionIds.includes(record)) return saying(s, 'doubt_settled');
  if (s.event.body.action === 'answer:1')
    return correct(s, visit, record, {
      answers: { [finding.item]: 'yes' },
      note: null,
      source: { channel: s.event.channel, kind: 'tap' },
    });
  const to = (await townEars(s.service, s.campaign, s.today)).of(finding.area, zoneNow(s.campaign, finding));
  const facts = { compound: finding.compoundName, item: itemName(s.campaign, finding) };
  const text = s.service.cards(s.campaign).say('town_record_stands', { ...facts, name: s.person.name });
  const told = to ? [line(s, `doubt-answer:${s.inbound}`, to, text, [{ kind: 'finding', id }])] : [];
  return {
    ...saying(s, 'record_stands', facts),
    change: {
      ...(s.scene.card ? { cards: [{ ...s.scene.card, state: 'answered' as const }] } : {}),
      events: [findingEvent(s, 'finding.upheld', finding, {})],
      messages: told,
    },
  };
};
