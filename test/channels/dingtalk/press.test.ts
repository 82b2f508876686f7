// What a submitted form says, in every shape that the documentation shows, and numbers where cards are texts.
import { describe, expect, it } from 'vitest';
import { menuLines, readNumbers, takesNumbers } from '../../../src/channels/dingtalk/menu.ts';
import { cardCallback } from '../../../src/channels/dingtalk/payloads.ts';
import { readPress } from '../../../src/channels/dingtalk/press.ts';
import type { Card } from '../../../src/domain/card.ts';
import { someCard } from '../../support/playground-stage.ts';

const read = (more: object) => readPress(cardCallback.parse({ outTrackId: 'x', userId: 'u', ...more }));
const params = (form: unknown, more: object = {}) => ({ form, ...more });
const hidden = { fields: [{ name: 'dudao_action', type: 'TEXT', hidden: true, defaultValue: 'report_fix' }] };

describe('a submitted form', () => {
  const form = { dudao_action: 'submit', not_done: ['a', 'b'] };
  const pressed = { kind: 'press', action: 'submit', values: { not_done: ['a', 'b'] } };

  it.each<[string, object]>([
    [
      'content as text',
      { content: JSON.stringify({ cardPrivateData: { actionIds: ['form'], params: params(form) } }) },
    ],
    ['content as an object', { content: { cardPrivateData: { params: params(form) } } }],
    ['the older value', { value: JSON.stringify({ cardPrivateData: { actionIds: ['form'] }, params: params(form) }) }],
    ['params beside the content', { content: '{}', params: params(form) }],
    ['params as text', { content: { cardPrivateData: { params: JSON.stringify(params(form)) } } }],
    ['the form as text', { content: { cardPrivateData: { params: params(JSON.stringify(form)) } } }],
  ])('is read from %s', (_, body) => {
    expect(read(body)).toEqual(pressed);
  });

  it.each<[string, unknown, unknown]>([
    ['a text', '好', '好'],
    ['a number', 3, '3'],
    ['one of a selector', { index: 0, value: 'c1' }, 'c1'],
    ['several of a selector', { index: [1, 2], value: ['a', 'b'] }, ['a', 'b']],
    ['several of a list', ['a', 'b'], ['a', 'b']],
    ['several as text', '["a","b"]', ['a', 'b']],
    ['a text that only looks like a list', '[a', '[a'],
  ])('takes %s', (_, value, expected) => {
    expect(read({ params: params({ dudao_action: 'submit', f: value }) })).toMatchObject({ values: { f: expected } });
  });

  it.each([[''], [null], [[]], [{}], [true]])('has no value for %j', (value) => {
    expect(read({ params: params({ dudao_action: 'submit', f: value }) })).toEqual({
      kind: 'press',
      action: 'submit',
      values: {},
    });
  });

  it('finds the only action in the form that was shown, where hidden fields are left out', () => {
    expect(read({ params: params({}, { current_form: hidden }) })).toMatchObject({
      kind: 'press',
      action: 'report_fix',
    });
    expect(read({ params: params({}, { current_form: JSON.stringify(hidden) }) })).toMatchObject({
      action: 'report_fix',
    });
  });

  it.each<[string, object, string]>([
    ['an empty form', { params: params({}) }, 'no_action'],
    ['an empty action', { params: params({ dudao_action: '' }) }, 'no_action'],
    [
      'a click on the card’s body',
      { content: JSON.stringify({ cardPrivateData: { params: { fromConfig: '1' } } }) },
      'nothing',
    ],
    ['no content at all', {}, 'nothing'],
    ['content that is no JSON', { content: '{' }, 'nothing'],
  ])('with %s says nothing that nobody said', (_, body, kind) => {
    expect(read(body)).toEqual({ kind });
  });
});

describe('numbers instead of a form', () => {
  const options = ['一', '二', '三'].map((label, i) => ({ id: `o${i + 1}`, label }));
  const actions = [
    { id: 'all_ok', label: '全部落实' },
    { id: 'submit', label: '有未落实' },
  ];
  const note = { id: 'note', kind: 'text' as const, label: '其他情况' };
  const ticks: Card = someCard('c', {
    fields: [{ id: 'not_done', kind: 'ticks', label: '未落实的项', options }, note],
    actions,
  });
  const choice: Card = someCard('c', { fields: [{ id: 'compound', kind: 'choice', label: '小区', options }], actions });

  it.each<[string, Card, string, object | null]>([
    ['an action alone', ticks, '1', { kind: 'press', action: 'all_ok', values: {} }],
    ['ticks after the action', ticks, '2 1 3', { action: 'submit', values: { not_done: ['o1', 'o3'] } }],
    ['Chinese commas', ticks, '2，1、3', { action: 'submit', values: { not_done: ['o1', 'o3'] } }],
    ['a note at the end', ticks, '2 1 电梯停用', { action: 'submit', values: { not_done: ['o1'], note: '电梯停用' } }],
    ['a choice', choice, '1 2', { action: 'all_ok', values: { compound: 'o2' } }],
    ['two choices', choice, '1 2 3', { kind: 'no_such_number' }],
    ['an action that is not there', ticks, '7', { kind: 'no_such_number' }],
    ['an option that is not there', ticks, '2 9', { kind: 'no_such_number' }],
    ['words with numbers in them', ticks, '除了3和5其他都有', null],
    ['a note where none is asked', choice, '1 2 好', null],
    ['numbers grown together with words', ticks, '3和5没有', null],
  ])('reads %s', (_, card, text, expected) => {
    const said = readNumbers(card, text);
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatchObject(expected);
  });

  it('are not offered where they cannot say all that is asked', () => {
    const two = { ...choice, fields: [...choice.fields, ...ticks.fields] };
    expect(takesNumbers(two)).toBe(false);
    expect(menuLines(two, true)).toEqual(['请直接回复文字说明']);
    expect(readNumbers(two, '1')).toBeNull();
  });

  it('are explained under the card, with the mention that a group needs', () => {
    expect(menuLines(ticks, true).join('\n')).toContain('请 @我 回复序号：1 全部落实　2 有未落实');
    expect(menuLines(ticks, false).join('\n')).not.toContain('@我');
    expect(menuLines(someCard('c', { state: 'closed' }), true)).toEqual([]);
  });
});
