// Typed answers become records, or a question back; nothing is guessed (issue of colloquial replies, R20, E10, E26, E28).
// The reading is the domain's; here is which checklist it answers, and what the person is asked when it is not clear.
import { type Campaign, checklistOf, inspectingStrand } from '../domain/campaign.ts';
import type { CardOption } from '../domain/card.ts';
import type { InspectionSource } from '../domain/inspection.ts';
import { type Reading, readReply } from '../domain/reply/read-reply.ts';
import type { OpenTask, Scene } from '../ports.ts';
import { checklistForm } from './checklist-form.ts';
import { correct, record, refusedInspector, visitOf } from './record-answers.ts';
import { recordRelay } from './record-relay.ts';
import { type Outcome, type Situation, saying } from './service.ts';
import { show } from './show-card.ts';

/** What a question about a typed answer keeps: the words, and what each answer to tap stands for. */
export interface TypedPending {
  readonly typed: string;
  readonly round: number;
  /** For `which_compound`: ids; for `which_item`: the words with the doubtful one made clear. */
  readonly compounds?: readonly string[];
  readonly readings?: readonly string[];
  readonly compound?: string;
}

const mostAnswers = 4;

export const readTypedAnswer = async (s: Situation, text: string, quoted?: string): Promise<Outcome> => {
  const checklist = checklistOf(s.campaign, inspectingStrand(s.campaign, 'zone'));
  const reading = readReply(text, checklist, quoted === undefined ? {} : { quoted });
  if (reading.askBack?.reason === 'relay_list') return recordRelay(s, text);
  if (reading.kind === 'chatter') return { change: {}, answer: null };
  const refused = refusedInspector(s);
  if (refused) return refused;
  const tasks = await s.service.scenes.openTasks(s.campaign.id, s.person.id, s.today);
  const about = await taskMeant(s, text, reading, tasks);
  if (about.kind === 'ask') return about.outcome;
  return applyReading(s, text, reading, about.compound, 1);
};

type Meant =
  | { readonly kind: 'compound'; readonly compound: string | null }
  | { readonly kind: 'ask'; readonly outcome: Outcome };

/** The compound the words are about: the one they name, else the only one that is open; several are asked (E28). */
const taskMeant = async (s: Situation, text: string, reading: Reading, tasks: readonly OpenTask[]): Promise<Meant> => {
  const named = tasks.filter((task) => text.includes(task.compound));
  const ids = new Set((named.length > 0 ? named : tasks).map((task) => task.assignment.compoundId));
  const [only] = ids;
  // A correction speaks of what was recorded, not of what is still open.
  const recorded = reading.kind === 'correction' && named.length === 0;
  if (recorded && !reading.compound) return { kind: 'compound', compound: null };
  if (ids.size === 1 && (named.length > 0 || !reading.compound)) return { kind: 'compound', compound: only ?? null };
  if (named.length === 0 && reading.compound) {
    const words = text.slice(...reading.compound);
    const found = (await s.service.lists.compounds(s.campaign.id, words, mostAnswers + 1)).filter(
      (c) => c.name === words || c.name.includes(words),
    );
    const [one] = found;
    if (found.length === 1 && one) return { kind: 'compound', compound: one.id };
    if (found.length > 1)
      return {
        kind: 'ask',
        outcome: askCompound(
          s,
          text,
          words,
          found.slice(0, mostAnswers).map((c) => ({ id: c.id, label: `${c.name} · ${c.area}` })),
        ),
      };
    if (tasks.length === 0) return { kind: 'ask', outcome: saying(s, 'compound_unknown', { words }) };
  }
  if (ids.size > 1) {
    const options = (named.length > 0 ? named : tasks).map((task) => ({
      id: task.assignment.compoundId ?? '',
      label: `${task.compound} · ${task.assignment.area ?? ''}`,
    }));
    return { kind: 'ask', outcome: askCompound(s, text, text.slice(0, 20), options.slice(0, mostAnswers)) };
  }
  return only === undefined
    ? { kind: 'ask', outcome: saying(s, 'no_open_task') }
    : { kind: 'compound', compound: only };
};

const askCompound = (s: Situation, typed: string, words: string, options: readonly CardOption[]): Outcome =>
  show(s, {
    kind: 'question',
    draws: {
      asks: 'which_compound',
      words,
      compound: null,
      answers: options.map(({ label }, i) => ({ id: `answer:${i + 1}`, label })),
    },
    data: { typed: { typed, round: 1, compounds: options.map((o) => o.id) } satisfies TypedPending },
  });

/** Reads again what the card shows, for one compound. */
const situated = async (s: Situation, compoundId: string): Promise<Situation> => {
  const scene: Scene = await s.service.scenes.scene({
    event: s.event,
    cardId: s.scene.card?.id ?? null,
    compoundId,
    campaign: s.campaign.id,
    day: s.today,
    dayStart: s.campaign.calendar.instant(s.today, '00:00'),
  });
  return { ...s, scene: { ...scene, card: s.scene.card, view: s.scene.view } };
};

/** What the words say about one compound is written, or asked back. `compound` null = the last record is meant. */
export const applyReading = async (
  before: Situation,
  text: string,
  reading: Reading,
  compound: string | null,
  round: number,
): Promise<Outcome> => {
  const source: InspectionSource = { channel: before.event.channel, kind: 'text', text, spans: reading.spans };
  if (reading.kind === 'correction') {
    const last = await before.service.scenes.lastRecord(before.campaign.id, before.person.id, compound);
    if (!last) return saying(before, 'no_record_to_correct');
    const s = await situated(before, last.compoundId);
    const visit = visitOf(s);
    return visit ? correct(s, visit, last.id, reading.answers, reading.note, source) : saying(s, 'card_refreshed');
  }
  if (compound === null) return saying(before, 'no_open_task');
  const s = await situated(before, compound);
  const visit = visitOf(s);
  if (!visit) return saying(s, 'card_refreshed');
  if (reading.kind === 'answer')
    return record(s, visit, {
      answers: reading.answers,
      note: reading.note,
      checkOn: s.today,
      source,
      enteredBy: null,
    });
  return askBack(s, text, reading, compound, round);
};

/** Nothing was written: the likeliest readings to tap; after so many rounds the card itself (E26). */
const askBack = (s: Situation, text: string, reading: Reading, compound: string, round: number): Outcome => {
  const reason = reading.askBack?.reason;
  if (reason === 'too_long') return saying(s, 'too_long', { max: 2000 });
  const failed = round + s.scene.failedRounds;
  if (failed > s.campaign.settings.askBackRounds) return offerCard(s);
  const options = readingsOf(s.campaign, text, reading);
  return show(s, {
    kind: 'question',
    draws: {
      asks: options.length > 0 ? 'which_item' : 'unclear',
      words: reading.askBack?.word ?? text.slice(0, 30),
      compound: s.scene.compound?.name ?? null,
      answers: options.map(({ label }, i) => ({ id: `answer:${i + 1}`, label })),
    },
    data: {
      typed: { typed: text, round: failed, compound, readings: options.map((o) => o.id) } satisfies TypedPending,
    },
  });
};

/** The doubtful word replaced by each item it may stand for: a tap then says the whole sentence. */
const readingsOf = (campaign: Campaign, text: string, { askBack: asked }: Reading): CardOption[] => {
  const word = asked?.word;
  if (word === undefined || !text.includes(word)) return [];
  const items = checklistOf(campaign, inspectingStrand(campaign, 'zone')).items;
  return (asked?.candidates ?? []).slice(0, mostAnswers).flatMap((id) => {
    const item = items.find((i) => i.id === id);
    return item ? [{ id: text.replace(word, `第${item.num}项`), label: `${item.num} ${item.shortLabel}` }] : [];
  });
};

/** The words were not understood twice: the card asks item by item. */
const offerCard = (s: Situation): Outcome => {
  const { compound, own } = s.scene;
  if (!compound) return saying(s, 'no_open_task');
  const unplanned = { strand: 'zone' as const, reasons: [], to: null, kind: 'extra' as const };
  const assignment = own.find((a) => a.compoundId === compound.id) ?? unplanned;
  return show(s, {
    kind: 'checklist',
    draws: checklistForm(s.campaign, compound, s.person.name, s.today, assignment, false),
    data: { compound: compound.id, strand: assignment.strand },
    said: s.service.cards(s.campaign).say('use_the_card'),
  });
};

/** A reading was tapped: the compound, or the sentence with the doubtful word made clear. */
export const answerTyped = (s: Situation, pending: TypedPending): Outcome | Promise<Outcome> => {
  if (s.event.body.kind !== 'press') return saying(s, 'card_refreshed');
  const n = Number(s.event.body.action.slice('answer:'.length)) - 1;
  const checklist = checklistOf(s.campaign, inspectingStrand(s.campaign, 'zone'));
  const compound = pending.compounds?.[n];
  if (compound !== undefined)
    return applyReading(s, pending.typed, readReply(pending.typed, checklist), compound, pending.round);
  const words = pending.readings?.[n];
  if (words === undefined || pending.compound === undefined) return saying(s, 'card_refreshed');
  return applyReading(s, words, readReply(words, checklist), pending.compound, pending.round);
};
