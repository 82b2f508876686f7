import { describe, expect, it } from 'vitest';
import { readReply } from '../../../src/domain/reply/read-reply.ts';
import { firePackChecklist } from '../../support/checklist.ts';
import { fireChecklist } from '../../support/fire-checklist.ts';
import { labelled } from '../../support/replies.ts';

describe('the pack of fire safety', () => {
  const lines = labelled('fire-1.jsonl').map((line) => ({ ...line, reading: readReply(line.text, firePackChecklist) }));

  it('is right about the kind of at least 90 in 100', () => {
    const wrong = lines.filter(({ expect: wanted, reading }) => reading.kind !== wanted.kind).map(({ text }) => text);
    expect(wrong.length / lines.length, wrong.join(' | ')).toBeLessThanOrEqual(0.1);
  });

  it('never sets a value that was not said', () => {
    const wrong = lines.filter(({ expect: wanted, reading }) =>
      Object.entries(reading.answers).some(([id, value]) => value !== null && value !== wanted.answers[id]),
    );
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });
});

const said = (text: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(readReply(text, fireChecklist).answers).filter(([, value]) => value !== null));

const YES_NO = fireChecklist.items.filter((item) => item.kind === 'yes_no').map((item) => item.id);

describe('numeric items', () => {
  it.each([
    ['灭火器12具', { extinguishers: 12 }],
    ['灭火器有12具', { extinguishers: 12 }],
    ['灭火器 36', { extinguishers: 36 }],
    ['灭火器十二', { extinguishers: 12 }],
    ['灭火器：二十四具，消火栓十二处', { extinguishers: 24, hydrants: 12 }],
    ['第5项 30具', { extinguishers: 30 }],
    ['第5项：30', { extinguishers: 30 }],
    ['灭火器一百二十具', { extinguishers: 120 }],
    ['灭火器没有', { extinguishers: 0 }],
  ])('%s', (text, values) => {
    expect(readReply(text, fireChecklist).kind).toBe('answer');
    expect(said(text)).toEqual(values);
  });

  it.each(['灭火器有501具', '灭火器501具'])('asks back for a figure out of bounds: %s', (text) => {
    expect(readReply(text, fireChecklist)).toMatchObject({
      kind: 'ask_back',
      askBack: { reason: 'out_of_bounds', candidates: ['extinguishers'] },
    });
  });

  it.each(['灭火器有', '灭火器12具，灭火器13具'])('asks back without one certain figure: %s', (text) => {
    expect(readReply(text, fireChecklist).kind).toBe('ask_back');
  });
});

describe('choices', () => {
  it.each([
    ['班次三班倒', { shift: 'three' }],
    ['三班倒', { shift: 'three' }],
    ['第8项：两班', { shift: 'two' }],
    ['班次：没人值班', { shift: 'none' }],
  ])('%s', (text, values) => {
    expect(said(text)).toEqual(values);
  });

  it('are corrected', () => {
    expect(readReply('第8项改成两班', fireChecklist)).toMatchObject({ kind: 'correction', answers: { shift: 'two' } });
  });

  it.each(['班次两班 班次三班', '班次不是三班倒', '班次有'])('asks back for %s', (text) => {
    expect(readReply(text, fireChecklist).kind).toBe('ask_back');
  });
});

describe('twelve items', () => {
  it.each([
    ['12没有', { training: 'no' }],
    ['1234有', { lane: 'yes', stairs: 'yes', exit_signs: 'yes', lights: 'yes' }],
    ['10有11没有12有', { ebike_charging: 'yes', drill: 'no', training: 'yes' }],
    ['疏散设施完好，应急灯坏了', { stairs: 'yes', exit_signs: 'yes', lights: 'no' }],
    ['消防通道畅通', { lane: 'yes' }],
    ['消防通道不畅通', { lane: 'no' }],
    ['电动车没有集中充电', { ebike_charging: 'no' }],
    ['没有开展演练', { drill: 'no' }],
    [
      '1-4有，5有20具，6 8处，7没有，8三班倒，9-12有',
      {
        lane: 'yes',
        stairs: 'yes',
        exit_signs: 'yes',
        lights: 'yes',
        extinguishers: 20,
        hydrants: 8,
        control_room: 'no',
        shift: 'three',
        ebike_indoor: 'yes',
        ebike_charging: 'yes',
        drill: 'yes',
        training: 'yes',
      },
    ],
  ])('%s', (text, values) => {
    expect(said(text)).toEqual(values);
  });

  it('are all done only where done is a value', () => {
    expect(said('全部落实')).toEqual(Object.fromEntries(YES_NO.map((id) => [id, 'yes'])));
  });

  it.each(['8项都有', '电动车没弄', '是是是是是是是是是是是是', '第13项没有'])('asks back for %s', (text) => {
    expect(readReply(text, fireChecklist).kind).toBe('ask_back');
  });

  it.each(['隔离点没有', '口罩没戴', '十必须没贴'])('know nothing of the first checklist: %s', (text) => {
    expect(said(text)).toEqual({});
  });

  it('have a remark under their own label', () => {
    expect(readReply('其他隐患：楼道堆物，全部落实', fireChecklist)).toMatchObject({
      kind: 'answer',
      note: '楼道堆物',
      answers: { lane: 'yes' },
    });
  });
});
