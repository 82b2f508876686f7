import { describe, expect, it } from 'vitest';
import { readRelay } from '../../../src/domain/reply/relay-list.ts';
import { epidemicChecklist } from '../../support/checklist.ts';

const NAMES = ['张三', '李四', '王明', '王明华', '陳曉'];
const LIST = `#接龙
4月22日居家督导
1. 张三 4没有，其他都有
2、李四：全部落实
3. 王明华 口罩没戴
4. 赵六 全部有
5. 陳曉 1-8是`;

describe('a relay list', () => {
  const relay = readRelay(LIST, epidemicChecklist, NAMES);

  it('is read line by line for the people it names', () => {
    expect(
      relay.entries.map(({ name, reading }) => [name, Object.values(reading.answers).filter((v) => v === 'no').length]),
    ).toEqual([
      ['张三', 1],
      ['李四', 0],
      ['陳曉', 0],
    ]);
  });

  it('lists the lines it cannot be sure of', () => {
    expect(relay.doubtful.map(({ reason, name, span: [from, to] }) => [reason, name, LIST.slice(from, to)])).toEqual([
      ['ambiguous_word', '王明华', '3. 王明华 口罩没戴'],
      ['no_name', undefined, '4. 赵六 全部有'],
    ]);
  });

  it('takes nothing from a person named twice', () => {
    const twice = readRelay('接龙\n1. 张三 全部有\n2. 张三 4没有', epidemicChecklist, NAMES);
    expect(twice.entries).toEqual([]);
    expect(twice.doubtful.map(({ reason }) => reason)).toEqual(['named_twice', 'named_twice']);
  });

  it('takes nothing from a line with two names', () => {
    const both = readRelay('接龙\n1. 张三李四 全部有', epidemicChecklist, NAMES);
    expect(both).toMatchObject({ entries: [], doubtful: [{ reason: 'several_names' }] });
  });
});
