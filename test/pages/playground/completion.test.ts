import { describe, expect, it } from 'vitest';
import { completionAt, mentionsBot } from '../../../src/pages/playground/completion.ts';

const words = {
  bot: '督导',
  botHint: '机器人',
  commands: [
    { name: '/report', alias: '/汇总', hint: '看情况', usage: '/汇总 [组团]' },
    { name: '/help', alias: '/帮助', hint: '我能做什么', usage: '/帮助' },
  ],
  names: ['戴巍', '翁冠超'],
};
const inserts = (text: string, names = words.names) =>
  completionAt(text, text.length, { ...words, names })?.suggestions.map(({ insert }) => insert) ?? [];

describe('completion', () => {
  it.each([
    ['/', ['/汇总 ', '/帮助 ']],
    ['/re', ['/report ']],
    ['/帮', ['/帮助 ']],
    ['@督导 /汇', ['/汇总 ']],
    ['/汇总 东', []],
    ['看 /', []],
    ['@', ['@督导 ', '@戴巍 ', '@翁冠超 ']],
    ['请 @翁', ['@翁冠超 ']],
    ['a@b', []],
    ['收到', []],
  ])('offers for “%s”', (text, expected) => {
    expect(inserts(text)).toEqual(expected);
  });

  it('offers no mention in a private chat', () => {
    expect(inserts('@', [])).toEqual([]);
  });

  it('completes the word at the caret, not at the end', () => {
    expect(completionAt('@督 除了3', 2, words)).toMatchObject({ from: 0, suggestions: [{ insert: '@督导 ' }] });
  });

  it.each([
    ['@督导 收到', true],
    ['督导 收到', false],
  ])('knows whether “%s” calls the service', (text, calls) => {
    expect(mentionsBot(text, '督导')).toBe(calls);
  });
});
