// What a press sends back, read into an action and values. Nothing counts as said that nobody chose.
import { describe, expect, it } from 'vitest';
import {
  actionQuestion,
  keyOf,
  type PressedItem,
  readPress,
  ticksQuestion,
} from '../../../src/channels/wecom/press-keys.ts';

const ticks = (...options: string[]): PressedItem[] => [{ question: ticksQuestion('not_done'), options }];
const answers = (...options: string[]): PressedItem[] => [{ question: ticksQuestion(''), options }];
const chosen = (question: string, ...options: string[]): PressedItem => ({ question, options });
const submit = keyOf('c1', 'submit');
const sign = keyOf('c1', 'sign');
const allYes = 'set:q1,q2,q3=yes';

describe('a press', () => {
  it.each<[string, string, PressedItem[], string, object]>([
    ['a button alone', keyOf('c1', 'all_ok'), [], 'all_ok', {}],
    ['a compound and a button', keyOf('c1', 'all_ok'), [chosen('compound', 'k7')], 'all_ok', { compound: 'k7' }],
    ['请选择 and a button: no compound', keyOf('c1', 'all_ok'), [chosen('compound', '-')], 'all_ok', {}],
    ['a selector without an option', keyOf('c1', 'all_ok'), [chosen('compound')], 'all_ok', {}],
    ['全部落实 alone', submit, ticks('action:all_ok'), 'all_ok', {}],
    ['two items', submit, ticks('i1', 'i4'), 'submit', { not_done: ['i1', 'i4'] }],
    ['nothing ticked', submit, ticks(), 'submit', { not_done: [] }],
    ['nothing ticked, and no list at all', submit, [], 'submit', {}],
    ['全部落实 beside an item: asked back', submit, ticks('action:all_ok', 'i1'), 'all_ok', { not_done: ['i1'] }],
    ['an item with an answer', submit, ticks('i1', 'set:door=free'), 'submit', { not_done: ['i1'], door: 'free' }],
    ['two actions at once say nothing', submit, ticks('action:all_ok', 'action:open'), 'submit', {}],
    ['all yes', sign, answers(allYes), 'sign', { q1: 'yes', q2: 'yes', q3: 'yes' }],
    ['one no', sign, answers('set:q2=no'), 'sign', { q2: 'no' }],
    ['all yes and one no: no answer stands', sign, answers(allYes, 'set:q2=no'), 'sign', {}],
    ['我不是负责人 alone', sign, answers('action:not_me'), 'not_me', {}],
    ['我不是负责人 beside all yes says nothing', sign, answers('action:not_me', allYes), 'sign', {}],
    [
      'an action from a selector',
      keyOf('c1', actionQuestion),
      [chosen('finding', 'f2'), chosen(actionQuestion, 'report_fix')],
      'report_fix',
      { finding: 'f2' },
    ],
  ])('reads %s', (_, key, items, action, values) => {
    expect(readPress(key, items)).toEqual({ kind: 'press', card: 'c1', action, values });
  });

  it.each([
    ['no action chosen', [chosen(actionQuestion, '-')]],
    ['no selector at all', []],
  ])('asks for the action with %s', (_, items) => {
    expect(readPress(keyOf('c1', actionQuestion), items)).toEqual({ kind: 'no_action', card: 'c1' });
  });

  it.each(['', 'submit', '/all_ok'])('of a key that is none of ours (%j) is nothing', (key) => {
    expect(readPress(key, [])).toBeNull();
  });
});
