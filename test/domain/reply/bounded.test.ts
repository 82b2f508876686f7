import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LENGTH, readReply } from '../../../src/domain/reply/read-reply.ts';
import { epidemicChecklist } from '../../support/checklist.ts';
import { fireChecklist } from '../../support/fire-checklist.ts';

const VOCABULARY = [
  ...'一二三四五六七八九十0123456789、，。：；！？…-~（）「」【】\n #@/*>',
  ...[
    '没有',
    '有',
    '是',
    '否',
    '√',
    '×',
    '冇',
    '不',
    '都',
    '全部',
    '其他',
    '除了',
    '外',
    '只有',
    '就',
    '但是',
    '改为',
    '打错了',
    '备注',
    '其他情况',
    '另外',
  ],
  ...[
    '隔离点',
    '口罩',
    '测温',
    '员工',
    '保安',
    '上墙',
    '通告',
    '提醒',
    '快递',
    '登记',
    '第',
    '项',
    '个',
    '号楼',
    '前',
    '后面',
    '两个',
    '有一个',
  ],
  ...[
    '吗',
    '请',
    '应该',
    '基本',
    '物业说',
    '帮',
    '明天',
    '还没看',
    '正在',
    '的',
    '了',
    '花园',
    '灭火器',
    '具',
    '三班倒',
    '1️⃣',
    '①',
    '\u202e',
    '\u0000',
    '\ud83d',
    '隔離點',
  ],
];

const replies = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 40 }).map((words) => words.join('')),
);

describe('any text at all', () => {
  it.each([epidemicChecklist, fireChecklist])('is read without an exception against $id', (checklist) => {
    const ids = checklist.items.map((item) => item.id);
    fc.assert(
      fc.property(replies, (text) => {
        const reading = readReply(text, checklist);
        expect(Object.keys(reading.answers)).toEqual(ids);
        for (const [start, end] of Object.values(reading.spans).flat()) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        if (reading.kind === 'chatter' || reading.kind === 'ask_back') {
          expect(Object.values(reading.answers).every((value) => value === null)).toBe(true);
          expect(reading.note).toBeNull();
        }
        for (const [id, value] of Object.entries(reading.answers)) {
          if (value !== null) expect(reading.spans[id]?.length).toBeGreaterThan(0);
        }
        if (reading.kind === 'ask_back') expect(reading.askBack?.reason).toBeTypeOf('string');
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['a paste of 100,000 characters', '4没有，'.repeat(25_000)],
    ['one more than the limit', '有'.repeat(MAX_LENGTH + 1)],
  ])('refuses %s unread', (_name, text) => {
    expect(readReply(text, epidemicChecklist)).toMatchObject({ kind: 'ask_back', askBack: { reason: 'too_long' } });
  });

  it.each([
    '备注',
    '没',
    '4',
    '第',
    '除了',
    '其他',
    '「',
    '>',
    '没有',
    '1-',
    '、',
    '有一个',
    '@',
    ' ',
    '的',
    '备注：无，',
    '另外',
  ])('reads %s a thousand times over', (unit) => {
    expect(() => readReply(unit.repeat(Math.floor(MAX_LENGTH / unit.length)), epidemicChecklist)).not.toThrow();
  });
});
