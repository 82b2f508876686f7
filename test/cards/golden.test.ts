// Every card as the playground gets it, held against test/golden/playground. UPDATE_GOLDEN=1 writes them anew;
// the .txt beside each .json is for whoever reviews the wording.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cardBook } from '../../src/cards/card-book.ts';
import { chainsText } from '../../src/cards/chain.ts';
import { compileCard } from '../../src/cards/compile.ts';
import { filtersFor } from '../../src/cards/filters.ts';
import { loadCards } from '../../src/cards/load-cards.ts';
import { makeLiquid, makeWording } from '../../src/cards/wording.ts';
import { makeCalendar } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import type { CardDataOf } from '../../src/domain/card-data.ts';
import { sayFault } from '../../src/yaml-file.ts';
import { cardText } from '../support/card-text.ts';
import { cases, items, quoted } from './cases.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const golden = folder('test/golden/playground/');
const update = process.env.UPDATE_GOLDEN === '1';

const loaded = await loadCards(folder('cards'));
if (!loaded.ok) throw new Error(loaded.faults.map(sayFault).join('\n'));
const { templates } = loaded;
const calendar = makeCalendar('Asia/Shanghai', { off: new Set(), working: new Set(), years: new Set([2022]) });
const book = cardBook(templates, calendar);

interface Drawn {
  readonly name: string;
  readonly kind: keyof CardDataOf;
  readonly data: object;
  readonly card: Card;
}

const drawnOf = <Kind extends keyof CardDataOf>(kind: Kind): Drawn[] =>
  Object.entries(cases[kind]).map(([name, { data, state }]) => ({
    name: `${kind}-${name}`,
    kind,
    data,
    card: book.draw(kind, `card-${kind}`, data, state),
  }));
const drawn = (Object.keys(cases) as (keyof CardDataOf)[]).flatMap((kind) => drawnOf(kind));

describe('golden cards', () => {
  it.each(drawn)('draws $name as it was reviewed', ({ name, card }) => {
    const files = { [`${name}.json`]: `${JSON.stringify(card, null, 2)}\n`, [`${name}.txt`]: cardText(card) };
    for (const [file, content] of Object.entries(files)) {
      if (update) writeFileSync(golden + file, content);
      expect(readFileSync(golden + file, 'utf8')).toBe(content);
    }
  });

  it('lacks none of the templates in cards/', () => {
    const kinds = readdirSync(folder('cards'))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replace(/\.yaml$/, ''))
      .filter((kind) => !['words', 'sayings', 'sheets'].includes(kind));
    expect(kinds.filter((kind) => !drawn.some((one) => one.kind === kind))).toEqual([]);
  });

  it('keeps none that no case draws any more', () => {
    const names = drawn.flatMap(({ name }) => [`${name}.json`, `${name}.txt`]);
    expect(readdirSync(golden).filter((file) => !names.includes(file))).toEqual([]);
  });
});

describe('the short way to read a template', () => {
  const filters = filtersFor(templates.words, calendar);
  const longWay = makeWording(makeLiquid(filters), null);

  it.each(drawn)('draws $name as liquid does', ({ kind, data, card }) => {
    const template = templates.cards.get(kind);
    if (!template) throw new Error(`no template for ${kind}`);
    expect(compileCard(template, longWay)(data)).toEqual({
      title: card.title,
      lines: card.lines,
      fields: card.fields,
      actions: card.actions,
    });
  });

  it.each(['{{ a }', '{% if a %}b{% endif %}', '{{ a == b }}', '{{ a[0] }}', '{{ a | unheard_of }}', '{{ true }}'])(
    'leaves “%s” to liquid',
    (source) => {
      expect(chainsText(source, filters)).toBeNull();
    },
  );
});

/** All that a card shows, without the words of the source document. */
const words = (card: Card): string[] =>
  [
    card.title,
    ...card.lines,
    ...card.fields.flatMap((f) => [f.label, ...(f.options ?? []).map((o) => o.label)]),
    ...card.actions.map((a) => a.label),
    card.stateText ?? '',
  ].filter((text) => !quoted.includes(text));

describe('the voice of the cards', () => {
  it.each([
    ['an exclamation mark', /[!！]/],
    ['an emoji other than ✓ and ✗', /(?![✓✗])\p{Extended_Pictographic}/u],
    ['a mobile number', /1[3-9]\d{9}/],
    ['a day in machine form', /\d{4}-\d{2}-\d{2}/],
    ['a fact that was missing', /undefined|null|NaN|\[object/],
    ['a code of ours', /[a-z]+_[a-z]+/],
    ['two marks in a row', /[，。：；、]{2}|（）|“”/],
    ['你 where 您 is due', /你/],
  ])('never shows %s', (_, pattern) => {
    expect(drawn.flatMap(({ card }) => words(card)).filter((text) => pattern.test(text))).toEqual([]);
  });

  it('always says something in the first line', () => {
    expect(drawn.filter(({ card }) => card.title.trim() === '' || card.lines.every((l) => l.trim() === ''))).toEqual(
      [],
    );
  });

  it('keeps the options of the campaign’s items within sixteen characters', () => {
    const labels = book
      .draw('checklist', 'c', { ...cases.checklist.home?.data, items } as CardDataOf['checklist'])
      .fields.flatMap((f) => (f.id === 'not_done' ? (f.options ?? []) : []));
    expect(labels.filter((o) => [...o.label].length > 16)).toEqual([]);
    expect(labels).toHaveLength(8);
  });

  it('keeps the labels of buttons within ten characters', () => {
    const labels = drawn
      .filter(({ kind }) => kind !== 'question')
      .flatMap(({ card }) => card.actions.map((a) => a.label));
    expect(labels.filter((label) => [...label].length > 10 && label !== '名单（负责人可见）')).toEqual([]);
  });

  it('offers no value that is chosen beforehand, and each id once', () => {
    for (const { name, card } of drawn) {
      const ids = [...card.fields.map((f) => f.id), ...card.actions.map((a) => a.id)];
      expect(new Set(ids).size, name).toBe(ids.length);
      for (const field of card.fields) expect(Object.keys(field), name).not.toContain('value');
    }
  });
});

describe('sayings', () => {
  const said = Object.entries(templates.sayings).map(([key, saying]) => ({ key, text: book.say(key, saying.with) }));

  it.each([
    ['an exclamation mark', /[!！]/],
    ['an emoji', /\p{Extended_Pictographic}/u],
    ['a day in machine form', /\d{4}-\d{2}-\d{2}/],
    ['a fact that was missing', /undefined|null|NaN|\[object/],
    ['你 where 您 is due', /你/],
  ])('never show %s', (_, pattern) => {
    expect(said.filter(({ text }) => pattern.test(text))).toEqual([]);
  });

  it('fit a toast', () => {
    expect(said.filter(({ text }) => text === '' || [...text].length > 80)).toEqual([]);
  });

  it('have every key that the code asks for by name', () => {
    const asked = readdirSync(folder('src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(folder(`src/${file}`), 'utf8').matchAll(/\bsay(?:ing)?\((?:[^()'`]*, )?'(\w+)'/g),
      ])
      .map(([, key]) => key as string);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((key) => !(key in templates.sayings))).toEqual([]);
  });

  it('answer for an unknown key by throwing', () => {
    expect(() => book.say('unheard_of')).toThrow('no saying has the key unheard_of');
  });

  it('answer for a fact that was not handed over by throwing', () => {
    expect(() => book.say('choose_compound')).not.toThrow();
    expect(() => book.say('note_added')).toThrow('undefined variable: compound');
  });
});
