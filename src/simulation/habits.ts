// What a simulated person does with a card: one habit for each kind. Habits know a card as people do, by what it shows;
// chance and temper decide the rest. They plan acts and do nothing themselves.
import type { Card, CardField, CardKind, CardValues } from '../domain/card.ts';
import type { Act } from './agenda.ts';
import { awake, between, careless, eventOf, type Looking, later, likely, press, whenDone } from './looking.ts';
import { temperOf } from './people.ts';
import { privateChatOf } from './phones.ts';

type Habit = (looking: Looking) => Act[];

// ---- checklists -----------------------------------------------------------------------------------------------------

/** Figures and choices of the checklist, where it has some. */
const figures = (looking: Looking, compound: string): CardValues =>
  Object.fromEntries(
    looking.campaign.checklists[0]?.items.flatMap((item): [string, string][] => {
      if (item.kind === 'number')
        return [[item.id, String(Math.round(between(looking, `${compound}/${item.id}`, 4, 60)))]];
      if (item.kind !== 'choice') return [];
      const option = item.options[Math.floor(looking.chance(compound, item.id) * item.options.length)];
      return option ? [[item.id, option.id]] : [];
    }) ?? [],
  );

const notDone = (looking: Looking, compound: string): string[] => {
  const items = (looking.campaign.checklists[0]?.items ?? []).filter((item) => item.kind === 'yes_no');
  const first = Math.floor(looking.chance(looking.card.id, compound, 'first no') * items.length);
  const more = looking.chance(looking.card.id, compound, 'second no') < 0.3 ? [items[(first + 3) % items.length]] : [];
  return [items[first], ...more].flatMap((item) => item?.id ?? []);
};

const EXCEPTIONS = 0.14;

/** One compound: all right in one tap, or the form with what is not. A checklist with figures is a form in any case. */
const fill = (looking: Looking, at: Date, compound: string, chosen: CardValues): Act[] => {
  const given = figures(looking, compound);
  const form = { ...chosen, ...given };
  const step = (name: string) => `${compound}:${name}`;
  if (looking.chance(looking.card.id, looking.person, compound, 'exception') < EXCEPTIONS) {
    const ticked = { ...form, not_done: notDone(looking, compound) };
    return [
      press(looking, at, step('form'), 'has_exceptions', chosen),
      ...(careless(looking) ? [press(looking, later(at, 1), step('empty'), 'submit', form)] : []),
      press(looking, later(at, 2), step('submit'), 'submit', ticked),
    ];
  }
  const muddled = { ...form, not_done: notDone(looking, compound) };
  const muddle = careless(looking) ? [press(looking, at, step('muddled'), 'all_ok', muddled)] : [];
  // A group's card has no field for figures: the form that asks for them comes after the tap.
  if (Object.keys(given).length > 0 && chosen.compound !== undefined) {
    const first = press(looking, later(at, 1), step('all ok'), 'all_ok', chosen);
    return [...muddle, first, press(looking, later(at, 2), step('figures'), 'submit', form)];
  }
  return [...muddle, press(looking, later(at, 2), step('all ok'), 'all_ok', form)];
};

/** Careless people tap twice, and some of them think better of it. */
const afterthought = (looking: Looking, at: Date, compound: string, last: Act): Act[] => {
  if (!careless(looking)) return [];
  const undone = likely(looking, `${compound} undo`, 0.3);
  return [
    { at, event: last.event },
    ...(undone ? [press(looking, later(at, 20), `${compound}:undo`, 'undo')] : []),
    ...(undone
      ? fill(
          { ...looking, chance: (...about) => looking.chance('again', ...about) },
          later(at, 30),
          `${compound}:again`,
          {},
        )
      : []),
  ];
};

const homeCard: Habit = (looking) => {
  const at = whenDone(looking, 9);
  if (!at) return [];
  const acts = fill(looking, at, 'home', {});
  const last = acts.at(-1);
  return last ? [...acts, ...afterthought(looking, later(at, 3), 'home', last)] : acts;
};

const BETWEEN_COMPOUNDS_MINUTES = 50;
const TYPES = 0.15;

/** The day's compounds one after another, on the group's card; some people type instead. */
const zoneCard: Habit = (looking) => {
  const at = whenDone(looking, 1.5);
  if (!at) return [];
  return looking.compounds.flatMap((compound, i) => {
    const there = later(at, i * BETWEEN_COMPOUNDS_MINUTES);
    const name = nameIn(looking.card, compound);
    if (name !== null && likely(looking, compound, TYPES)) {
      const text = `@督导 ${name} 全部落实`;
      return [{ at: there, event: eventOf(looking, `${compound}:said`, { kind: 'text', text, mentionsBot: true }) }];
    }
    const next = i > 0 ? [press(looking, later(there, -1), `${compound}:next`, 'open')] : [];
    const lost = careless(looking) ? [press(looking, there, `${compound}:lost`, 'all_ok')] : [];
    return [...next, ...lost, ...fill(looking, there, compound, { compound })];
  });
};

/** As the card writes it: 阳光花园 · 东区街道. */
const nameIn = (card: Card, compound: string): string | null =>
  fieldOf(card, 'compound')
    ?.options?.find((option) => option.id === compound)
    ?.label.split(' · ')[0] ?? null;

const fieldOf = (card: Card, id: string): CardField | undefined => card.fields.find((field) => field.id === id);

// ---- the letter -----------------------------------------------------------------------------------------------------

const signs = (looking: Looking, at: Date, questions: readonly string[]): Act[] => {
  const answers = (no: readonly string[], upTo = questions.length): CardValues =>
    Object.fromEntries(questions.slice(0, upTo).map((q) => [q, no.includes(q) ? 'no' : 'yes']));
  const [first = '', ...others] = questions;
  if (likely(looking, 'stranger', 0.02)) return [press(looking, at, 'not me', 'not_me')];
  if (likely(looking, 'refuses', 0.05))
    return [
      press(looking, at, 'refuse', 'sign', answers([others[4] ?? first])),
      press(looking, awake(looking, later(at, 2 * 24 * 60)), 'sign', 'sign', answers([])),
    ];
  return [
    ...(careless(looking) ? [press(looking, at, 'half', 'sign', answers([], 5))] : []),
    press(looking, later(at, 10), 'sign', 'sign', answers([])),
  ];
};

const letterQuestions = ({ campaign }: Looking): string[] => campaign.letter?.questions.map((q) => q.id) ?? [];

const letterCard: Habit = (looking) => {
  const at = whenDone(looking, 12);
  return at ? signs(looking, at, letterQuestions(looking)) : [];
};

// ---- what is late ---------------------------------------------------------------------------------------------------

const STIRRED = 0.6;

/** A reminder stirs most of those who had not come round to it, and none of the silent. */
const reminded: Habit = (looking) => {
  if (temperOf(looking.chance, looking.person) === 'silent' || !likely(looking, 'stirred', STIRRED)) return [];
  const at = awake(looking, later(looking.at, between(looking, 'reminded', 10, 400)));
  const offers = (action: string) => looking.card.actions.some((a) => a.id === action);
  return [
    ...(offers('all_ok') ? fill(looking, at, 'home', {}) : []),
    ...(offers('sign')
      ? [press(looking, later(at, 20), 'letter', 'sign'), ...signs(looking, later(at, 30), letterQuestions(looking))]
      : []),
  ];
};

/** The town answers for each finding: most are put right in a day or two, some take longer, some are never heard of. */
const findingCard: Habit = (looking) => {
  const several = fieldOf(looking.card, 'finding')?.options?.map((option) => option.id);
  const days = fieldOf(looking.card, 'promised_on')?.options?.map((option) => option.id) ?? [];
  return (several ?? ['']).flatMap((finding) => {
    const chosen: CardValues = finding === '' ? {} : { finding };
    const luck = looking.chance(looking.card.id, finding, 'fate');
    const hours = looking.chance(looking.card.id, finding, 'hours');
    const when = (from: number, to: number) => awake(looking, later(looking.at, 60 * (from + hours * (to - from))));
    const step = (name: string) => `${finding}:${name}`;
    if (luck < 0.08) return [];
    if (luck < 0.12) return [press(looking, when(1, 8), step('wrong'), 'wrong_record', chosen)];
    if (luck < 0.22) {
      const promised_on = days.at(-1);
      const asks =
        promised_on === undefined
          ? []
          : [press(looking, when(2, 20), step('longer'), 'progress', { ...chosen, promised_on })];
      return [...asks, press(looking, when(80, 140), step('fixed'), 'report_fix', chosen)];
    }
    if (luck < 0.35) return [press(looking, when(72, 240), step('late'), 'report_fix', chosen)];
    return [press(looking, when(2, 44), step('fixed'), 'report_fix', chosen)];
  });
};

// ---- everything else ------------------------------------------------------------------------------------------------

/** Whoever has a digest or a tally before him opens the list behind it now and then (R52), or asks for the figures. */
const looksBehind: Habit = (looking) => {
  const at = awake(looking, later(looking.at, between(looking, 'look when', 1, 120)));
  const mood = looking.chance(looking.card.id, looking.person, 'look');
  if (mood < 0.3) return [press(looking, at, 'list', 'list')];
  if (mood > 0.6) return [];
  const asked = eventOf(looking, 'report', { kind: 'text', text: '/汇总', mentionsBot: false });
  return [{ at, event: { ...asked, chat: { kind: 'person', id: privateChatOf(looking.person) } } }];
};

/** What a card asks for first, done by those who answer at all. */
const asAsked: Habit = (looking) => {
  const primary = looking.card.actions.find((action) => action.style === 'primary') ?? looking.card.actions[0];
  const at = whenDone(looking, 3);
  return primary && at ? [press(looking, at, primary.id, primary.id)] : [];
};

const nothing: Habit = () => [];

const habits: Readonly<Record<CardKind, Habit>> = {
  checklist: homeCard,
  assignment: zoneCard,
  letter: letterCard,
  reminder: reminded,
  rung: reminded,
  finding: findingCard,
  tally: looksBehind,
  digest: looksBehind,
  question: asAsked,
  notice: asAsked,
  recheck: asAsked,
  town_report: asAsked,
  handover: asAsked,
  confirmation: nothing,
  report: nothing,
};

export const actsOn = (looking: Looking): Act[] => habits[looking.card.kind](looking);
