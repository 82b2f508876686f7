import { describe, expect, it } from 'vitest';
import { readReply } from '../../../src/domain/reply/read-reply.ts';
import { epidemicChecklist } from '../../support/checklist.ts';
import { blindFiles, labelled, sameNote, smallTalk } from '../../support/replies.ts';

describe('the forty samples', () => {
  it.each(labelled('sample.jsonl'))('reads $text', ({ text, expect: wanted }) => {
    const reading = readReply(text, epidemicChecklist);
    expect({ kind: reading.kind, answers: reading.answers }).toEqual({ kind: wanted.kind, answers: wanted.answers });
    expect(sameNote(reading.note, wanted.note)).toBe(true);
  });
});

describe('blind phrasings', () => {
  const lines = blindFiles()
    .flatMap(labelled)
    .map((line) => ({ ...line, reading: readReply(line.text, epidemicChecklist) }));

  it('is right about the kind of at least 97 in 100', () => {
    const wrong = lines.filter(({ expect: wanted, reading }) => reading.kind !== wanted.kind).map(({ text }) => text);
    expect(wrong.length / lines.length, wrong.join(' | ')).toBeLessThanOrEqual(0.03);
  });

  it('writes nothing from chatter and nothing that must be asked back', () => {
    const written = lines.filter(
      ({ expect: wanted, reading }) =>
        ['chatter', 'ask_back'].includes(wanted.kind) && ['answer', 'correction'].includes(reading.kind),
    );
    expect(written.map(({ text }) => text)).toEqual([]);
  });

  it('never sets a value that was not said', () => {
    const wrong = lines.filter(({ expect: wanted, reading }) =>
      Object.entries(reading.answers).some(([id, value]) => value !== null && value !== wanted.answers[id]),
    );
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });

  it('misses a value or a note of at most one in 100 replies whose kind it knows', () => {
    const missed = lines.filter(
      ({ expect: wanted, reading }) =>
        reading.kind === wanted.kind &&
        !(JSON.stringify(reading.answers) === JSON.stringify(wanted.answers) && sameNote(reading.note, wanted.note)),
    );
    expect(missed.length / lines.length, missed.map(({ text }) => text).join(' | ')).toBeLessThanOrEqual(0.01);
  });
});

describe('talk of other things', () => {
  it.each(smallTalk())('writes nothing from %s', (text) => {
    expect(['chatter', 'ask_back']).toContain(readReply(text, epidemicChecklist).kind);
  });
});

describe('proof', () => {
  const proof = (text: string, id: string): string[] =>
    (readReply(text, epidemicChecklist).spans[id] ?? []).map(([from, to]) => text.slice(from, to));

  it.each([
    ['4冇，其他都有', 'isolation_point', '4冇'],
    ['4冇，其他都有', 'staff_mask', '其他都有'],
    ['１有 ２有 ３无', 'wall_guide', '３无'],
    ['①√②✅④❌', 'isolation_point', '④❌'],
    ['1️⃣✅4️⃣❌', 'isolation_point', '4️⃣❌'],
    ['\u200f隔離點\u202e未設，其餘已落實', 'isolation_point', '隔離點\u202e未設'],
    ['全部落实，备注：西门岗亭晚上没人值守。', 'note', '西门岗亭晚上没人值守'],
  ])('of %s for %s is %s', (text, id, said) => {
    expect(proof(text, id)).toEqual([said]);
  });
});

describe('what is asked back', () => {
  it.each([
    [
      '口罩没戴',
      {
        reason: 'ambiguous_word',
        word: '口罩',
        candidates: ['visitor_control', 'entry_temp_mask', 'mask_remind', 'staff_mask'],
      },
    ],
    ['测温没做', { reason: 'ambiguous_word', word: '测温', candidates: ['visitor_control', 'entry_temp_mask'] }],
    ['第9项没有', { reason: 'unknown_item', word: '第9项' }],
    ['4有 4没有', { reason: 'contradiction', candidates: ['isolation_point'] }],
    ['6填反了', { reason: 'incomplete_correction', candidates: ['entry_temp_mask'] }],
    ['3、5', { reason: 'no_value', candidates: ['wall_guide', 'visitor_control'] }],
    ['跟上次一样', { reason: 'same_as_before' }],
    ['基本都落实了', { reason: 'vague' }],
    ['帮李姐报：全部有', { reason: 'for_somebody_else' }],
    ['物业说都做了', { reason: 'hearsay' }],
    ['1□2□3□', { reason: 'blank_card' }],
    ['#接龙\n1. 张三 全部有', { reason: 'relay_list' }],
  ])('%s', (text, askBack) => {
    expect(readReply(text, epidemicChecklist)).toMatchObject({ kind: 'ask_back', askBack });
  });

  it('offers at most four candidates', () => {
    expect(readReply('1-8', epidemicChecklist).askBack?.candidates).toHaveLength(4);
  });
});

describe('a quoted message', () => {
  it('says what a bare value is about', () => {
    const reading = readReply('无', epidemicChecklist, { quoted: '第4项 隔离观察点还没有填' });
    expect(reading).toMatchObject({ kind: 'answer', answers: { isolation_point: 'no', staff_mask: null } });
  });

  it('gives no value of its own', () => {
    expect(readReply('「4没有，其他都有」\n好的', epidemicChecklist).kind).toBe('chatter');
  });

  it('that names several items makes a bare value no clearer', () => {
    expect(readReply('有', epidemicChecklist, { quoted: '4和5呢' }).kind).toBe('ask_back');
  });
});

describe('a remark without a marker', () => {
  it('is offered back and not written', () => {
    const reading = readReply('全部落实，西门岗亭晚上没人值守', epidemicChecklist);
    expect(reading).toMatchObject({ kind: 'answer', note: null });
    expect(reading.remark).toContain('西门岗亭');
  });
});
