// Every card as DingTalk gets it, with a template and without, held against test/golden/dingtalk (UPDATE_GOLDEN=1 writes
// them anew), and cards of any kind held against what DingTalk takes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeDelivery,
  encodeMessage,
  encodeUpdate,
  outTrackIdOf,
  ownView,
  robotBody,
} from '../../../src/channels/dingtalk/codec.ts';
import { drawForm } from '../../../src/channels/dingtalk/form.ts';
import { limits } from '../../../src/channels/dingtalk/limits.ts';
import type { Card, CardKind } from '../../../src/domain/card.ts';
import { deliveryFaults, formFaults, updateFaults } from '../../support/dingtalk-limits.ts';
import { GROUP } from '../../support/dingtalk-stage.ts';
import { someCard } from '../../support/playground-stage.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../golden/${path}/`, import.meta.url));
const update = process.env.UPDATE_GOLDEN === '1';
const to = { templateId: 'T.schema', robotCode: 'ding1', callback: 'STREAM' } as const;

const names = readdirSync(folder('playground'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));
const neutral = (name: string): Card => JSON.parse(readFileSync(`${folder('playground')}${name}.json`, 'utf8'));

/** The form is JSON inside JSON; a reviewer reads it unfolded. */
const readable = ({ card, said }: ReturnType<typeof encodeMessage>) => ({
  card: card && { ...card.variables, form: JSON.parse(card.variables.form) },
  said,
});
const renderings = (card: Card) => ({
  withTemplate: readable(encodeMessage({ card }, { template: true, group: true })),
  inWords: encodeMessage({ card }, { template: false, group: true }).said.map(({ text }) => text.split('  \n  ')),
});

describe('golden cards of DingTalk', () => {
  it.each(names)('draws %s as it was reviewed', (name) => {
    const content = `${JSON.stringify(renderings(neutral(name)), null, 2)}\n`;
    if (update) writeFileSync(`${folder('dingtalk')}${name}.json`, content);
    expect(readFileSync(`${folder('dingtalk')}${name}.json`, 'utf8')).toBe(content);
  });

  it('keeps none that no neutral card stands behind', () => {
    expect(readdirSync(folder('dingtalk')).filter((file) => !names.includes(file.replace('.json', '')))).toEqual([]);
  });
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'grapheme-composite', maxLength: 400 }),
  fc.constantFrom('', '\n', '小区'.repeat(400), '👨‍👩‍👧‍👦'.repeat(60), '<a href="x">[l](u)`', '> # - * _x_'),
);
/** Titles and labels of cards are never blank (test/cards). */
const label = text.filter((some) => some.trim() !== '');
const id = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,59}$/);
const options = (most: number) =>
  fc.uniqueArray(fc.record({ id, label }), { minLength: 1, maxLength: most, selector: (option) => option.id });
const field = fc.oneof(
  fc.record({ id: fc.constant('not_done'), kind: fc.constant('ticks' as const), label, options: options(40) }),
  fc.record({ id, kind: fc.constant('choice' as const), label, options: options(200) }),
  fc.record({ id, kind: fc.constant('text' as const), label, required: fc.boolean() }),
);
const action = fc.record(
  {
    id: fc.oneof(fc.constantFrom('all_ok', 'submit', 'sign', 'not_me'), id),
    label,
    url: fc.constantFrom('https://d.example/f/1'),
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

const unmarked = (some: string): string => some.replaceAll(/[\s＜＞［｀＊＿～＃－<>[`*_~#-]/g, '');

describe('any card whatever', () => {
  it('breaks no documented limit, as a card, as an update and in words', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), fc.boolean(), (card, template, group) => {
        const { card: drawn, said } = encodeMessage({ card }, { template, group });
        const chat = group ? GROUP : 'person:u1';
        if (drawn)
          expect(deliveryFaults({ ...encodeDelivery(chat, outTrackIdOf(card.id, 'k'), drawn.variables, to) })).toEqual(
            [],
          );
        expect(updateFaults({ ...encodeUpdate(chat, 'x', card) })).toEqual([]);
        expect(formFaults({ ...ownView({ card, toast: '好' }) })).toEqual([]);
        for (const one of said) expect(Buffer.byteLength(robotBody(one).msgParam)).toBeLessThanOrEqual(15_000);
        expect(drawn !== null || said.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('says every line, in the card or in the words after it', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), (card, template) => {
        const { card: drawn, said } = encodeMessage({ card }, { template, group: true });
        const shown = unmarked(`${drawn?.variables.desc ?? ''}${said.map((one) => one.text).join('')}`);
        if (said.length >= limits.texts) return;
        for (const line of card.lines) expect(shown).toContain(unmarked(line));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a card as a form', () => {
  const fieldsOf = (card: Card) =>
    JSON.parse(drawForm(card).variables.form).fields as { name: string; required?: boolean }[];

  it('asks for the action when there are several, and for nothing else that is required', () => {
    const compound = {
      id: 'compound',
      kind: 'choice' as const,
      label: '小区',
      required: true,
      options: [{ id: 'a', label: 'A' }],
    };
    const several = someCard('c', {
      fields: [compound],
      actions: [
        { id: 'sign', label: '签' },
        { id: 'not_me', label: '非' },
      ],
    });
    expect(fieldsOf(several)).toMatchObject([{ name: 'compound' }, { name: 'dudao_action', required: true }]);
    expect(fieldsOf(several)[0]?.required).toBeUndefined();
    const one = someCard('c', { fields: [compound] });
    expect(fieldsOf(one)).toMatchObject([
      { name: 'compound', required: true },
      { name: 'dudao_action', hidden: true, defaultValue: 'all_ok' },
    ]);
    expect(drawForm(one).variables.form_btn_text).toBe('全部落实');
  });

  it('is over when the card is, and its text is never empty: an empty one would show everybody’s', () => {
    const over = drawForm(someCard('c', { lines: [], state: 'closed' })).variables;
    expect(over).toMatchObject({ form_status: 'disabled', form_btn_text: '已结束', desc: ' ' });
    expect(JSON.parse(over.form)).toEqual({ fields: [] });
  });

  it('has one name for each card and message, the same when it is sent again', () => {
    expect(outTrackIdOf('c1', 'k')).toBe(outTrackIdOf('c1', 'k'));
    const all = [outTrackIdOf('c1', 'k'), outTrackIdOf('c1', 'l'), outTrackIdOf('c2', 'k'), outTrackIdOf('c1', 'k', 1)];
    expect(new Set(all).size).toBe(4);
    expect(Math.max(...all.map((one) => one.length))).toBeLessThanOrEqual(64);
  });
});

describe('the template in cards/dingtalk', () => {
  const file = JSON.parse(
    readFileSync(fileURLToPath(new URL('../../../cards/dingtalk/dudao-card.json', import.meta.url)), 'utf8'),
  );
  const editor = JSON.parse(file.editorData);

  it('has exactly the variables that a card is sent with, and each person’s own are private', () => {
    const sent = (
      encodeDelivery(GROUP, 'x', drawForm(someCard('c')).variables, to) as {
        cardData: { cardParamMap: object };
      }
    ).cardData.cardParamMap;
    const variables = editor.variableList as { name: string; private: boolean; type: string }[];
    expect(variables.map(({ name }) => name).toSorted()).toEqual(Object.keys(sent).toSorted());
    const own = Object.keys(drawForm(someCard('c')).variables);
    expect(
      variables
        .filter((one) => one.private)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(own.toSorted());
    expect(variables.find(({ name }) => name === 'form')?.type).toBe('form');
  });

  it('submits the form by its id, with the form that was shown', () => {
    const tree = JSON.stringify(editor.schema.componentsTree);
    const form = editor.schema.componentsTree[0].children.find(
      (one: { componentName: string }) => one.componentName === 'Form',
    );
    expect(form.props).toMatchObject({
      id: 'form',
      actionType: 'request',
      formSchema: { variable: 'form' },
      status: { variable: 'form_status', valueType: 'variable' },
      params: [{ name: 'current_form', variable: 'form', type: 'variable' }],
    });
    for (const name of ['title', 'form_btn_text']) expect(tree).toContain(`\${${name}}`);
    expect(file).toMatchObject({ type: 'im', mode: 'card' });
    expect(formFaults({ form: JSON.stringify(editor.mockData.cardData.form) })).toEqual([]);
  });
});
