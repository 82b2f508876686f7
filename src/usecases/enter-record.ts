// A record by command: /report COMPOUND ANSWERS for oneself, /proxy NAME COMPOUND ANSWERS for somebody else. What was
// understood is shown first, and written when that is confirmed; the record names both people (R06).
import { checklistOf, inspectingStrand } from '../domain/campaign.ts';
import type { Answers } from '../domain/checklist.ts';
import { type InspectionSource, itemsMissing, itemsNotDone } from '../domain/inspection.ts';
import type { Person } from '../domain/people.ts';
import { may } from '../domain/rights.ts';
import { checklistGiven } from '../domain/visit.ts';
import { type FoundCompound, findCompound } from './find-compound.ts';
import { findPerson } from './find-person.ts';
import { checkDay, read } from './read-typed-answer.ts';
import { record, refusedInspector } from './record-answers.ts';
import { seeCompound } from './see-compound.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { answered, show } from './show-card.ts';

/** What the card keeps until it is confirmed. */
export interface RecordPending {
  readonly inspector: string;
  readonly checklist: string;
  readonly answers: Answers;
  readonly note: string | null;
  readonly checkOn: string;
  readonly source: InspectionSource;
}

/** Whether this person may enter records for that one: over the zone inspected in, the department or the town's bureau. */
const mayEnterFor = (s: Situation, person: Person): boolean =>
  may(person, 'inspect', { personId: person.id }) &&
  person.roles.some(
    (held) =>
      (held.role === 'inspector' && may(s.person, 'proxy', { zone: held.scope })) ||
      (held.role === 'staff' &&
        may(s.person, 'proxy', {
          area: person.area,
          department: person.department === null ? null : `${person.organisation ?? ''}/${person.department}`,
        })),
  );

/** /proxy 张三 阳光花园 除了3都有 */
export const answerProxy = async (s: Situation, text: string): Promise<Outcome> => {
  if (text === '') return saying(s, 'proxy_how');
  const found = await findPerson(s, text, (person) => person.id !== s.person.id && mayEnterFor(s, person));
  return found.kind === 'said' ? found.outcome : enter(s, found.person, found.rest);
};

/** /report 阳光花园 除了3都有: null when the words say nothing of what was found there. */
export const enterOwn = async (s: Situation, found: FoundCompound): Promise<Outcome | null> => {
  if (found.kind !== 'compound' || found.rest === '') return null;
  return refusedInspector(s) ?? preview(s, s.person, found);
};

const enter = async (s: Situation, inspector: Person, text: string): Promise<Outcome> => {
  const found = await findCompound(s, text);
  if (found.kind === 'said') return found.outcome;
  if (found.kind === 'compound') return preview(s, inspector, found);
  // Only one compound is open: it need not be named.
  const tasks = await s.service.scenes.openTasks(s.campaign.id, inspector.id, s.today);
  const [task, ...others] = tasks;
  const id = task?.assignment.compoundId;
  if (!id || others.length > 0)
    return saying(s, 'proxy_which_compound', { name: inspector.name, names: tasks.map((t) => t.compound) });
  const { area } = task.assignment;
  return preview(s, inspector, {
    kind: 'compound',
    compound: { id, name: task.compound, area: area ?? '', words: task.compound },
    rest: text,
  });
};

const preview = async (
  s: Situation,
  inspector: Person,
  { compound, rest }: Extract<FoundCompound, { kind: 'compound' }>,
): Promise<Outcome> => {
  const heard = read(checklistOf(s.campaign, inspectingStrand(s.campaign, 'zone')), rest, []);
  const said = checkDay(s, heard.bare);
  if (said && 'change' in said) return said;
  const checkOn = said?.day ?? s.today;
  const seen = await seeCompound(s, compound.id, { inspector, checkOn });
  if (!seen) return saying(s, 'compound_unknown', { words: compound.name });
  const checklist = checklistGiven(seen.visit, inspectingStrand(s.campaign, 'zone'));
  const reading = checklist.id === heard.checklist.id ? heard : read(checklist, rest, []);
  if (reading.kind !== 'answer')
    return saying(s, reading.kind === 'correction' ? 'say_correct' : 'answers_unclear', {
      words: rest,
      compound: compound.name,
    });
  const labels = (ids: readonly string[]) =>
    checklist.items.filter((item) => ids.includes(item.id)).map((item) => `${item.num} ${item.shortLabel}`);
  const { answers, note } = reading;
  const missing = itemsMissing(checklist, answers);
  if (missing.length > 0) return saying(s, 'items_missing', { items: labels(missing) });
  const book = s.service.cards(s.campaign);
  const own = inspector.id === s.person.id;
  const pending: RecordPending = {
    inspector: inspector.id,
    checklist: checklist.id,
    answers,
    note,
    checkOn,
    source: { channel: s.event.channel, kind: own ? 'text' : 'proxy', text: rest, spans: reading.spans },
  };
  const notDone = labels(itemsNotDone(checklist, answers));
  const facts = { done: checklist.items.filter((i) => answers[i.id] === 'yes').length, notDone, note, checkOn };
  return show(s, {
    kind: 'question',
    draws: {
      asks: 'record',
      words: own ? '' : book.say('record_for', { name: inspector.name }),
      compound: compound.name,
      details: [book.say('record_understood', facts), book.say('record_checked_on', { checkOn, name: inspector.name })],
      answers: ['option_record', 'option_not_record'].map((key) => ({ id: key, label: book.say(key) })),
    },
    data: { compound: compound.id, record: pending },
    said: book.say('asked_in_private'),
  });
};

/** 1 = record it, 2 = let it be. Whoever may no longer is refused, whatever the card says. */
export const answerRecord = async (s: Situation, pending: RecordPending): Promise<Outcome> => {
  const { compound } = s.scene;
  if (s.event.body.kind !== 'press' || !compound) return saying(s, 'card_refreshed');
  if (s.event.body.action !== 'answer:1') return answered(s, 'not_recorded');
  const own = pending.inspector === s.person.id;
  const inspector = own ? s.person : await s.service.roster.person(pending.inspector, s.campaign.id, s.today);
  if (!inspector || (own ? refusedInspector(s) : !mayEnterFor(s, inspector)))
    return saying(s, 'refusal_not_yours', { name: inspector?.name ?? '' });
  const { checklist, answers, note, checkOn, source } = pending;
  const seen = await seeCompound(s, compound.id, { inspector, checkOn });
  if (!seen) return saying(s, 'card_refreshed');
  return record(seen.s, seen.visit, { checklist, answers, note, checkOn, source, enteredBy: own ? null : s.person });
};
