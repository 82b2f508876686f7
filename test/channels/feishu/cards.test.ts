// Every neutral card as Feishu gets it, held against test/golden/feishu (UPDATE_GOLDEN=1 writes them anew), and against
// what Feishu refuses, with extreme data too.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCard } from '../../../src/channels/feishu/cards.ts';
import { encodeMessage } from '../../../src/channels/feishu/codec.ts';
import type { Card, CardField } from '../../../src/domain/card.ts';
import { cardFaults, MOST_CARD_BYTES } from '../../support/feishu-limits.ts';
import { buttonsOf, inputsOf, type Json, wordsIn } from '../../support/feishu-server.ts';
import { someCard } from '../../support/playground-stage.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../golden/${path}/`, import.meta.url));
const update = process.env.UPDATE_GOLDEN === '1';

const names = readdirSync(folder('playground'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));
const neutral = (name: string): Card => JSON.parse(readFileSync(`${folder('playground')}${name}.json`, 'utf8'));

/** Where each card stands in real life. */
const placeOf = (name: string) =>
  /zone-group|in-a-group|two-hundred|tally/.test(name) ? ('group' as const) : ('person' as const);

const faultsOf = (card: Card): string[] => {
  const { json } = drawCard(card, { place: 'group', mentions: ['ou_alice'] });
  const request = JSON.stringify({ receive_id: 'oc_1', msg_type: 'interactive', content: JSON.stringify(json) });
  return [...cardFaults(json), ...(Buffer.byteLength(request) > MOST_CARD_BYTES ? ['too many bytes'] : [])];
};

describe('golden cards of Feishu', () => {
  it.each(names)('draws %s as it was reviewed', (name) => {
    const content = `${JSON.stringify(drawCard(neutral(name), { place: placeOf(name) }), null, 2)}\n`;
    if (update) writeFileSync(`${folder('feishu')}${name}.json`, content);
    expect(readFileSync(`${folder('feishu')}${name}.json`, 'utf8')).toBe(content);
  });

  it('lacks none, and keeps none that no neutral card stands behind', () => {
    expect(readdirSync(folder('feishu')).sort()).toEqual(names.map((name) => `${name}.json`).sort());
  });

  it.each(names)('breaks no documented limit with %s', (name) => {
    expect(faultsOf(neutral(name))).toEqual([]);
  });
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'grapheme-composite', maxLength: 400 }),
  fc.constantFrom('\n', '小区'.repeat(2_000), '👨‍👩‍👧‍👦'.repeat(60), '<at id=all></at>"\\'),
);
/** Titles and labels of cards are never blank (test/cards). */
const label = text.filter((some) => some.trim() !== '');
const id = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,59}$/);
const options = (most: number) =>
  fc.uniqueArray(fc.record({ id, label }), { selector: (option) => option.id, minLength: 1, maxLength: most });
const field: fc.Arbitrary<CardField> = fc.oneof(
  fc.record({ id, kind: fc.constantFrom('choice' as const), label, options: options(250) }),
  fc.record({ id, kind: fc.constantFrom('ticks' as const), label, options: options(70) }),
  fc.record({ id, kind: fc.constantFrom('text' as const), label }),
);
const anyCard: fc.Arbitrary<Card> = fc.record({
  id,
  kind: fc.constant('checklist' as const),
  title: label,
  lines: fc.array(text, { maxLength: 12 }),
  fields: fc.uniqueArray(field, { selector: (one) => one.id, maxLength: 14 }),
  actions: fc.uniqueArray(fc.record({ id, label }), { selector: (action) => action.id, maxLength: 6 }),
  state: fc.constantFrom('open' as const, 'answered' as const, 'closed' as const),
});

describe('any card on Feishu', () => {
  it('is one that Feishu takes', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(faultsOf(card)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  const form = (fields: CardField[], more: Partial<Card> = {}): Json =>
    drawCard(someCard('c1', { fields, ...more }), { place: 'person' }).json as Json;

  it('chooses nothing beforehand and demands nothing, so that an empty answer is asked back (R20)', () => {
    for (const name of names) {
      const drawn = JSON.stringify(drawCard(neutral(name), { place: 'person' }).json);
      expect(drawn).not.toMatch(/"checked":true|initial_option|initial_index|"required":true|default_value/);
    }
  });

  it('has every field and every action in one form, so that each press hands in all of it', () => {
    const card = neutral('checklist-home');
    const drawn = drawCard(card, { place: 'person' }).json as Json;
    expect(inputsOf(drawn).map(({ tag }) => tag)).toEqual([...Array(8).fill('checker'), 'input']);
    expect(buttonsOf(drawn)).toMatchObject([
      { label: '全部落实', inForm: true, value: { card: card.id, action: 'all_ok', place: 'person' } },
      { label: '提交', inForm: true, value: { action: 'submit' } },
    ]);
  });

  it('asks nothing on a card that was answered, and shows its own buttons only', () => {
    const drawn = form([{ id: 'note', kind: 'text', label: '其他' }], { state: 'answered' });
    expect(inputsOf(drawn)).toEqual([]);
    expect(buttonsOf(drawn)).toMatchObject([{ inForm: false }]);
    expect(buttonsOf(form([], { state: 'closed' }))).toEqual([]);
  });

  it('offers one choice for a whole letter, which each question may still differ from', () => {
    const drawn = drawCard(neutral('letter-first'), { place: 'person' }).json as Json;
    const [all, ...questions] = inputsOf(drawn).filter(({ tag }) => tag === 'select_static');
    expect(all).toMatchObject({ name: '?all', options: ['yes', 'no'] });
    expect(questions).toHaveLength(12);
    expect(buttonsOf(drawn)[0]?.value.all).toEqual(questions.map(({ name }) => name));
  });

  it('leaves out of a selector what does not fit, and says how to report it all the same', () => {
    const options = Array.from({ length: 500 }, (_, i) => ({ id: `k${i}`, label: `小区${i} · 东区街道` }));
    const drawn = form([{ id: 'compound', kind: 'choice', label: '小区', options }]);
    const offered = inputsOf(drawn)[0]?.options.length ?? 0;
    expect(offered).toBeGreaterThan(100);
    expect(wordsIn(drawn)).toContain(`还有 ${500 - offered} 个没有列在选项里`);
  });

  it('shows no boxes at all rather than some: who hands in must have seen every item', () => {
    const options = Array.from({ length: 120 }, (_, i) => ({ id: `i${i}`, label: `第 ${i} 项` }));
    const drawn = form([{ id: 'not_done', kind: 'ticks', label: '未落实的项', options }]);
    expect(inputsOf(drawn)).toEqual([]);
    expect(buttonsOf(drawn)).toEqual([]);
    expect(wordsIn(drawn)).toContain('请直接回复文字说明');
  });

  it('sends the whole of long words before the card', () => {
    const lines = Array.from({ length: 200 }, (_, i) => `第 ${i} 行，${'长'.repeat(30)}`);
    const sent = encodeMessage({ card: someCard('c1', { lines }) }, { place: 'group' });
    expect(sent.map(({ type }) => type)).toEqual(['text', 'interactive']);
    expect(sent[0]?.body).toEqual({ text: lines.join('\n') });
    expect(wordsIn(sent[1]?.body as Json)).toContain('全文见另一条消息');
  });

  it('rings the people of Feishu who are named, and nobody by what was typed', () => {
    const [message] = encodeMessage(
      { text: '<at user_id="all"></at> 请看', mentions: ['ou_alice', 'x" y'] },
      { place: 'group' },
    );
    expect(message?.body).toEqual({ text: '＜at user_id="all">＜/at> 请看\n<at user_id="ou_alice"></at>' });
    const [card] = encodeMessage({ card: someCard('c1'), mentions: ['ou_alice'] }, { place: 'group' });
    expect(JSON.stringify(card?.body)).toContain('<at id=ou_alice></at>');
  });
});
