// Every neutral card as WeCom gets it: from the app in private, from the bot in a group, and in the place of a pressed
// card. Held against test/golden/wecom (UPDATE_GOLDEN=1 writes them anew), and against the limits with extreme data.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Drawing, drawCard, drawInPlace, idFault } from '../../../src/channels/wecom/cards.ts';
import { encodeForApp, encodeForBot } from '../../../src/channels/wecom/codec.ts';
import { appDialect, botDialect } from '../../../src/channels/wecom/limits.ts';
import type { Card, CardKind } from '../../../src/domain/card.ts';
import { cardFaults, messageFaults } from '../../support/wecom-limits.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../golden/${path}/`, import.meta.url));
const update = process.env.UPDATE_GOLDEN === '1';
const homeUrl = 'https://dudao.example/';
const inPrivate: Drawing = { dialect: appDialect, group: false, homeUrl };
const inGroup: Drawing = { dialect: botDialect, group: true, homeUrl };
const drawings = { app: inPrivate, bot: inGroup };

const names = readdirSync(folder('playground'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));
const neutral = (name: string): Card => JSON.parse(readFileSync(`${folder('playground')}${name}.json`, 'utf8'));

const renderings = (card: Card) => ({
  app: { sent: encodeForApp({ card }, inPrivate, 'golden'), inPlace: drawInPlace(card, inPrivate) },
  bot: { sent: encodeForBot({ card }, inGroup, 'golden'), inPlace: drawInPlace(card, inGroup) },
});

describe('golden cards of WeCom', () => {
  it.each(names)('draws %s as it was reviewed', (name) => {
    const content = `${JSON.stringify(renderings(neutral(name)), null, 2)}\n`;
    if (update) writeFileSync(`${folder('wecom')}${name}.json`, content);
    expect(readFileSync(`${folder('wecom')}${name}.json`, 'utf8')).toBe(content);
  });

  it('keeps none that no neutral card stands behind', () => {
    expect(readdirSync(folder('wecom')).filter((file) => !names.includes(file.replace('.json', '')))).toEqual([]);
  });

  it.each(names)('breaks no documented limit with %s', (name) => {
    for (const drawing of Object.values(drawings)) {
      const { cards } = drawCard(neutral(name), drawing);
      const [inPlace] = drawInPlace(neutral(name), drawing).cards;
      expect([...cards, ...(inPlace ? [inPlace] : [])].flatMap((card) => cardFaults(card, drawing.dialect))).toEqual(
        [],
      );
    }
  });
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'grapheme-composite', maxLength: 400 }),
  fc.constantFrom('', '\n', '小区'.repeat(400), '👨‍👩‍👧‍👦'.repeat(60), '<a href="x">[l](u)`'),
);
/** Titles and labels of cards are never blank (test/cards). */
const label = text.filter((some) => some.trim() !== '');
const id = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,59}$/);
const options = (most: number) =>
  fc.uniqueArray(fc.record({ id, label }), { minLength: 1, maxLength: most, selector: (option) => option.id });
const field = fc.oneof(
  fc.record({ id: fc.constant('not_done'), kind: fc.constant('ticks' as const), label, options: options(40) }),
  fc.record({ id, kind: fc.constant('choice' as const), label, options: options(60) }),
  fc.record({ id, kind: fc.constant('text' as const), label, required: fc.boolean() }),
);
const action = fc.record(
  {
    id: fc.oneof(fc.constantFrom('all_ok', 'submit', 'has_exceptions', 'sign', 'not_me'), id),
    label,
    style: fc.constantFrom('primary', 'plain', 'danger'),
    url: fc.constantFrom('https://dudao.example/f/1'),
  },
  { requiredKeys: ['id', 'label'] },
);
const anyCard = fc.record(
  {
    id: fc.uuid(),
    kind: fc.constantFrom<CardKind[]>('checklist', 'assignment', 'letter', 'report'),
    title: label,
    lines: fc.array(text, { maxLength: 60 }),
    fields: fc.uniqueArray(field, { maxLength: 15, selector: (one) => one.id }),
    actions: fc.uniqueArray(action, { maxLength: 20, selector: (one) => one.id }),
    state: fc.constantFrom('open', 'answered', 'closed'),
    stateText: text,
  },
  { requiredKeys: ['id', 'kind', 'title', 'lines', 'fields', 'actions', 'state'] },
) as fc.Arbitrary<Card>;

describe('any card whatever', () => {
  it.each(Object.entries(drawings))('breaks no documented limit of the %s', (name, drawing) => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const inPlace = drawInPlace(card, drawing).cards;
        const sent = name === 'app' ? encodeForApp({ card }, drawing, 'k') : encodeForBot({ card }, drawing, 'k');
        expect(inPlace.flatMap((one) => cardFaults(one, drawing.dialect))).toEqual([]);
        expect(sent.flatMap((body) => messageFaults(body, drawing.dialect))).toEqual([]);
        expect(sent.length + inPlace.length).toBeGreaterThan(0);
        expect(inPlace.map(idFault).filter((fault) => fault !== null)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('has nothing chosen or ticked beforehand', () => {
    fc.assert(
      fc.property(anyCard, fc.constantFrom(inPrivate, inGroup), (card, drawing) => {
        const drawn = JSON.stringify(drawInPlace(card, drawing).cards);
        expect(drawn).not.toContain('"is_checked":true');
        expect(drawn).not.toContain('selected_id');
      }),
      { numRuns: 100 },
    );
  });
});
