// Typed answers become records, or a question back; nothing is guessed (issue of colloquial replies, R20, E10, E26, E28).
// The reading is the domain's; here is which checklist it answers, and what the person is asked when it is not clear.
import type { Day } from '../domain/calendar.ts';
import { areasOf, type Campaign, checklistAsked, checklistOf, inspectingStrand } from '../domain/campaign.ts';
import type { CardOption } from '../domain/card.ts';
import { checkDayIn } from '../domain/check-day.ts';
import type { Checklist } from '../domain/checklist.ts';
import type { InspectionSource } from '../domain/inspection.ts';
import { scopesOf } from '../domain/people.ts';
import { type Reading, readReply } from '../domain/reply/read-reply.ts';
import { checklistGiven } from '../domain/visit.ts';
import type { Lists, OpenTask } from '../ports.ts';
import { checklistForm } from './checklist-form.ts';
import { askHome, awaitsHome, heardHome, speaksOfHome } from './find-home.ts';
import { correct, record, refusedInspector, unplannedVisit } from './record-answers.ts';
import { recordRelay } from './record-relay.ts';
import { seeCompound } from './see-compound.ts';
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
  const { scenes, lists } = s.service;
  const [tasks, named] = await Promise.all([
    scenes.openTasks(s.campaign.id, s.person.id, s.today),
    lists.compoundsIn(text, areasOf(s.campaign)),
  ]);
  const reading = read(checklistMeant(s.campaign, tasks), text, named, quoted);
  if (reading.askBack?.reason === 'relay_list') return recordRelay(s, text);
  if (reading.kind !== 'answer' && reading.kind !== 'correction' && speaksOfHome(s, text)) return heardHome(s, text);
  if (reading.kind === 'chatter') return { change: {}, answer: null };
  const refused = refusedInspector(s);
  if (refused) return refused;
  const about = taskMeant(s, text, reading, tasks, named);
  if (about.kind === 'ask') return about.outcome;
  return applyReading(s, text, named, reading, about.compound, 1);
};

export type Named = Awaited<ReturnType<Lists['compoundsIn']>>;

/** What is answered while the compound is not known yet: what all that is open asks, else what is given out now. */
const checklistMeant = (campaign: Campaign, tasks: readonly OpenTask[]): Checklist => {
  const [one, ...others] = new Set(tasks.map((task) => task.assignment.checklist));
  const strand = inspectingStrand(campaign, 'zone');
  return checklistAsked(campaign, { strand, checklist: others.length === 0 ? one : undefined });
};

export interface Read extends Reading {
  readonly checklist: Checklist;
  /** The words without the names of compounds, which say nothing about any item; every other one keeps its place. */
  readonly bare: string;
}

export const read = (checklist: Checklist, text: string, named: Named, quoted?: string): Read => {
  const bare = named.reduce((words, { words: name }) => words.replaceAll(name, '，'.repeat(name.length)), text);
  return { ...readReply(bare, checklist, quoted === undefined ? {} : { quoted }), bare, checklist };
};

type Meant =
  | { readonly kind: 'compound'; readonly compound: string | null }
  | { readonly kind: 'ask'; readonly outcome: Outcome };

/** The compound the words are about: the one they name, else the only one that is open; several are asked (E17, E28). */
const taskMeant = (s: Situation, text: string, reading: Reading, tasks: readonly OpenTask[], named: Named): Meant => {
  const ask = (words: string, options: readonly CardOption[]): Meant => ({
    kind: 'ask',
    outcome: askCompound(s, text, words, options.slice(0, mostAnswers)),
  });
  const own = named.filter(({ id }) => tasks.some((task) => task.assignment.compoundId === id));
  const near = named.filter(({ area }) => areasNear(s).includes(area));
  const likely = own.length > 0 ? own : near.length > 0 ? near : named;
  const [one, ...others] = likely;
  if (one && others.length === 0) return { kind: 'compound', compound: one.id };
  if (one)
    return ask(
      one.name,
      likely.map((c) => ({ id: c.id, label: `${c.name} · ${c.area}` })),
    );
  // A correction speaks of what was recorded, not of what is still open.
  if (reading.kind === 'correction') return { kind: 'compound', compound: null };
  if (reading.compound)
    return { kind: 'ask', outcome: saying(s, 'compound_unknown', { words: text.slice(...reading.compound) }) };
  const open = tasks.map((task) => ({
    id: task.assignment.compoundId ?? '',
    label: `${task.compound} · ${task.assignment.area ?? ''}`,
  }));
  const [only, ...more] = open;
  if (!only) return { kind: 'ask', outcome: awaitsHome(s) ? askHome(s) : saying(s, 'no_open_task') };
  return more.length === 0 ? { kind: 'compound', compound: only.id } : ask(text.slice(0, 20), open);
};

/** Where this person inspects, and what the group serves: a name that stands elsewhere too is meant here. */
const areasNear = ({ campaign, person, scene }: Situation): string[] => [
  ...scopesOf(person, 'inspector').flatMap((zone) => areasOf(campaign, zone)),
  ...(scene.group?.servesKind === 'zone' ? areasOf(campaign, scene.group.servesName) : []),
  ...(scene.group?.servesKind === 'area' ? [scene.group.servesName] : []),
];

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

/** What the words say about one compound is written, or asked back. `compound` null = the last record is meant. */
const applyReading = async (
  before: Situation,
  text: string,
  named: Named,
  heard: Read,
  compound: string | null,
  round: number,
): Promise<Outcome> => {
  const sourceOf = ({ spans }: Read): InspectionSource => ({
    channel: before.event.channel,
    kind: 'text',
    text,
    spans,
  });
  /** The same words for the checklist that is really answered, where it is another one (E30). */
  const readFor = (checklist: Checklist): Read =>
    checklist.id === heard.checklist.id ? heard : read(checklist, text, named);
  const said = checkDay(before, heard.bare);
  if (said && 'change' in said) return said;
  const day = said?.day;
  if (heard.kind === 'correction') {
    const last = await before.service.scenes.lastRecord(before.campaign.id, before.person.id, compound);
    if (!last) return saying(before, 'no_record_to_correct');
    const reading = readFor(checklistAsked(before.campaign, last));
    const source = sourceOf(reading);
    const seen = await seeCompound(before, last.compoundId, day ? { checkOn: day } : {});
    if (!seen) return saying(before, 'card_refreshed');
    const { answers, note } = reading;
    return correct(seen.s, seen.visit, last.id, { answers, note, source, ...(day ? { checkOn: day } : {}) });
  }
  if (compound === null) return saying(before, 'no_open_task');
  const checkOn = day ?? before.today;
  const seen = await seeCompound(before, compound, { checkOn });
  if (!seen) return saying(before, 'card_refreshed');
  const reading = readFor(checklistGiven(seen.visit, inspectingStrand(before.campaign, 'zone')));
  if (reading.kind !== 'answer') return askBack(seen.s, text, reading, compound, round);
  const { answers, note, checklist } = reading;
  const source = sourceOf(reading);
  return record(seen.s, seen.visit, { checklist: checklist.id, answers, note, checkOn, source, enteredBy: null });
};

/** The day of the check that the words say (E25); what to say where there can be none on it. */
export const checkDay = (s: Situation, bare: string): { readonly day: Day } | Outcome | null => {
  const said = checkDayIn(bare, s.today);
  if (said.kind === 'none') return null;
  if (said.kind === 'refused') return saying(s, 'check_day_refused', { words: said.words });
  return said.day < s.campaign.firstDay ? saying(s, 'check_day_early', { firstOn: s.campaign.firstDay }) : said;
};

/** Nothing was written: the likeliest readings to tap; after so many rounds the card itself (E26). */
const askBack = (s: Situation, text: string, reading: Read, compound: string, round: number): Outcome => {
  const reason = reading.askBack?.reason;
  if (reason === 'too_long') return saying(s, 'too_long', { max: 2000 });
  const failed = round + s.scene.failedRounds;
  if (failed > s.campaign.settings.askBackRounds) return offerCard(s);
  const options = readingsOf(text, reading);
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
const readingsOf = (text: string, { askBack: asked, checklist: { items } }: Read): CardOption[] => {
  const word = asked?.word;
  if (word === undefined || !text.includes(word)) return [];
  return (asked?.candidates ?? []).slice(0, mostAnswers).flatMap((id) => {
    const item = items.find((i) => i.id === id);
    return item ? [{ id: text.replace(word, `第${item.num}项`), label: `${item.num} ${item.shortLabel}` }] : [];
  });
};

/** The words were not understood twice: the card asks item by item. */
const offerCard = (s: Situation): Outcome => {
  const { compound, own } = s.scene;
  if (!compound) return saying(s, 'no_open_task');
  const assignment = own.find((a) => a.compoundId === compound.id) ?? unplannedVisit(s);
  return show(s, {
    kind: 'checklist',
    draws: checklistForm(s.campaign, compound, s.person.name, s.today, assignment, false),
    data: { compound: compound.id, strand: assignment.strand, checklist: assignment.checklist },
    said: s.service.cards(s.campaign).say('use_the_card'),
  });
};

/** A reading was tapped: the compound, or the sentence with the doubtful word made clear. */
export const answerTyped = async (s: Situation, pending: TypedPending): Promise<Outcome> => {
  if (s.event.body.kind !== 'press') return saying(s, 'card_refreshed');
  const n = Number(s.event.body.action.slice('answer:'.length)) - 1;
  const words = pending.compounds ? pending.typed : pending.readings?.[n];
  const compound = pending.compounds?.[n] ?? pending.compound;
  if (words === undefined || compound === undefined) return saying(s, 'card_refreshed');
  const named = await s.service.lists.compoundsIn(words, areasOf(s.campaign));
  const checklist = checklistOf(s.campaign, inspectingStrand(s.campaign, 'zone'));
  return applyReading(s, words, named, read(checklist, words, named), compound, pending.round);
};
