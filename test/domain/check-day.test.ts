import { describe, expect, it } from 'vitest';
import { checkDayIn } from '../../src/domain/check-day.ts';

describe('the day of the check in a typed answer (E25)', () => {
  it.each<[string, string | null]>([
    ['，，，， 昨天查的，都有', '2022-04-20'],
    ['昨天 全部落实', '2022-04-20'],
    ['昨天，除了3和5其他都有', '2022-04-20'],
    ['前天下午去看的 都有', '2022-04-19'],
    ['4月19日检查的，全部落实', '2022-04-19'],
    ['检查日期：4月19日，全部落实', '2022-04-19'],
    ['都有，我是昨天去检查的', '2022-04-20'],
    ['19号查的，4没有', '2022-04-19'],
    ['今天查的 都有', '2022-04-21'],
    ['都有', null],
    ['通告是昨天的，没换', null],
    ['4号楼没有人，其他都有', null],
    ['除了3-5其他都有', null],
    ['其他都有，备注：垃圾昨天才清走', null],
  ])('%s', (text, day) => {
    expect(checkDayIn(text, '2022-04-21')).toEqual(day === null ? { kind: 'none' } : { kind: 'day', day });
  });

  it.each(['明天查的，都有', '4月31日检查的，都有', '检查日期4月25日 都有'])('%s is refused', (text) => {
    expect(checkDayIn(text, '2022-04-21').kind).toBe('refused');
  });
});
