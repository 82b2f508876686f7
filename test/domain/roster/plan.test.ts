// What a roster changes, given what is known: ids, seats, namesakes, moved homes and handed-on compounds.
import { describe, expect, it } from 'vitest';
import type { NamedPerson, RosterLine } from '../../../src/domain/roster/lines.ts';
import { planRoster } from '../../../src/domain/roster/plan.ts';
import type { AnyLine } from '../../../src/domain/roster/refs.ts';
import type { KnownRoster, MakeId, RosterRows } from '../../../src/domain/roster/rows.ts';

const makeId: MakeId = (prefix, key) => `${prefix}:${key}`;
const nothing: KnownRoster = {
  first: true,
  organisations: [],
  companies: [],
  units: [],
  compounds: [],
  managements: [],
  people: [],
  holdings: [],
  zoneAreas: [],
};
const context = { bureaus: ['市建设局'], associations: ['市物业协会'] };

const plan = (lines: readonly AnyLine[], known = nothing, today = '2022-04-19') =>
  planRoster(lines, known, context, today, makeId);

/** The records after a plan was written, as the next import finds them. */
const after = (known: KnownRoster, rows: RosterRows): KnownRoster => {
  const merged = Object.fromEntries(
    Object.entries(rows).map(([kind, written]: [string, readonly { id: string; to?: string | null }[]]) => {
      const all = new Map([...known[kind as keyof RosterRows], ...written].map((row) => [row.id, row]));
      return [kind, [...all.values()].filter((row) => !('to' in row) || row.to === null)];
    }),
  ) as unknown as RosterRows;
  return { first: false, ...merged };
};
const laid = (...lines: AnyLine[]): KnownRoster => after(nothing, plan(lines).rows);

let line = 1;
const at = (sheet: string) => {
  line += 1;
  return { sheet, line };
};
const who = (name: string, mobile: string | null = null): NamedPerson => ({ name, mobile, noAccount: null });

type Line<K extends RosterLine['kind']> = Extract<RosterLine, { kind: K }>;
const staff = (person: NamedPerson, over: Partial<Line<'staff'>> = {}): Line<'staff'> => ({
  kind: 'staff',
  at: at('工作人员'),
  organisation: '市建设局',
  department: '物业科',
  person,
  staffKind: '雇员',
  home: null,
  isHead: null,
  joinedOn: null,
  ...over,
});
const unit = (name: string, head: NamedPerson | null, over: Partial<Line<'unit'>> = {}): Line<'unit'> => ({
  kind: 'unit',
  at: at('物业企业单位'),
  company: name,
  origin: 'local',
  unit: name,
  unitKind: 'HQ',
  area: '小榄镇',
  head,
  ...over,
});
const compound = (name: string, area = '小榄镇', over: Partial<Line<'compound'>> = {}): Line<'compound'> => ({
  kind: 'compound',
  at: at('物业小区'),
  name,
  aliases: [],
  area,
  estate: null,
  managedBy: null,
  from: null,
  ...over,
});
const town = (contact: NamedPerson | null, head: NamedPerson | null): Line<'town'> => ({
  kind: 'town',
  at: at('镇街与联系人'),
  area: '小榄镇',
  bureau: '小榄住建',
  contact,
  head,
});
const inspector = (person: NamedPerson, over: Partial<Line<'inspector'>> = {}): Line<'inspector'> => ({
  kind: 'inspector',
  at: at('检查组'),
  zone: '西部组团',
  unit: '白泽物业',
  person,
  ...over,
});

describe('the same lines again', () => {
  it('change nothing', () => {
    const lines = [
      town(who('张三', '10000000001'), who('李四')),
      unit('白泽物业', who('王五', '10000000002')),
      compound('蓬莱花园', '小榄镇', { managedBy: { unit: '白泽物业' }, aliases: ['蓬莱'] }),
      compound('瑶池里', '小榄镇', { managedBy: 'none' }),
      staff(who('张三', '10000000001'), { organisation: '小榄住建', home: { area: null, name: '蓬莱' }, isHead: true }),
      inspector(who('赵六')),
    ];
    const first = plan(lines);
    expect(first).toMatchObject({ counts: { new: 6, changed: 0, unchanged: 0 }, faults: [] });
    const second = plan(lines, after(nothing, first.rows), '2022-04-25');
    expect(second).toMatchObject({ counts: { new: 0, changed: 0, unchanged: 6 }, faults: [] });
    expect(Object.values(second.rows).flat()).toEqual([]);
  });

  it('with empty cells erase nothing', () => {
    const known = laid(
      compound('蓬莱花园'),
      staff(who('张三', '10000000001'), { home: { area: null, name: '蓬莱花园' }, isHead: true }),
    );
    expect(plan([staff(who('张三', '10000000001'))], known).counts.unchanged).toBe(1);
  });
});

describe('a person', () => {
  it('is one, whatever sheets name him (E04)', () => {
    const { rows } = plan([
      town(who('张三', '10000000001'), who('张三', '10000000001')),
      staff(who('张三', '10000000001'), { organisation: '小榄住建' }),
    ]);
    expect(rows.people).toMatchObject([{ name: '张三', department: '物业科', staffKind: '雇员' }]);
    expect(rows.holdings.map((row) => `${row.role} ${row.scope}`)).toEqual([
      'town_contact 小榄镇',
      'town_head 小榄镇',
      'staff 小榄住建',
    ]);
  });

  it('heads two units (E05) and works for the first of them', () => {
    const branch = { unit: '白泽物业东区分公司', company: '白泽物业', unitKind: 'branch' as const };
    const { rows } = plan([
      unit('白泽物业', who('王五', '10000000002')),
      unit('白泽物业', who('王五', '10000000002'), branch),
    ]);
    expect(rows.people).toMatchObject([{ unitId: 'u:白泽物业' }]);
    expect(rows.holdings.map((row) => row.scope)).toEqual(['u:白泽物业', 'u:白泽物业东区分公司']);
  });

  it.each([
    ['is found by number in another department', who('张三', '10000000001'), { department: '办公室' }, 1],
    ['is found by name in his department, with a new number', who('张三', '10000000009'), {}, 1],
    [
      'is somebody else in another department with another number',
      who('张三', '10000000009'),
      { department: '办公室' },
      2,
    ],
    ['is found by name in his department, without a number', who('张三'), {}, 1],
    ['is somebody else in another bureau', who('张三'), { organisation: '市物业协会' }, 2],
  ])('%s', (_, person, over, people) => {
    const known = laid(staff(who('张三', '10000000001')));
    const next = after(known, plan([staff(person, over)], known).rows);
    expect(next.people).toHaveLength(people);
  });

  it('keeps his id when a number comes to be known', () => {
    const known = laid(staff(who('张三')));
    const { rows } = plan([staff(who('张三', '10000000001'))], known);
    expect(rows.people).toMatchObject([{ id: known.people[0]?.id, mobile: '10000000001' }]);
  });

  it('does not take the number of somebody else', () => {
    const known = laid(staff(who('张三', '10000000001')));
    const { faults, rows } = plan([staff(who('李四', '10000000001'))], known);
    expect(faults).toMatchObject([{ column: '姓名', reason: '手机号已登记给张三，请核对' }]);
    expect(rows.people).toEqual([]);
  });

  it('may change numbers with a colleague', () => {
    const known = laid(staff(who('张三', '10000000001')), staff(who('李四', '10000000002')));
    const { faults, rows } = plan([staff(who('张三', '10000000002')), staff(who('李四', '10000000001'))], known);
    expect(faults).toEqual([]);
    expect(rows.people.map((row) => row.id).sort()).toEqual(known.people.map((row) => row.id).sort());
    expect(rows.people.map((row) => [row.name, row.mobile]).sort()).toEqual(
      [
        ['张三', '10000000002'],
        ['李四', '10000000001'],
      ].sort(),
    );
  });

  it('is not guessed among namesakes', () => {
    const known = laid(staff(who('张三', '10000000001')), staff(who('张三', '10000000002')));
    expect(plan([staff(who('张三'))], known).faults).toMatchObject([{ reason: '有2名同名人员，请填写手机号' }]);
  });

  it('lives where the file says, and nowhere once it says so (R10)', () => {
    const known = laid(compound('蓬莱花园'), staff(who('张三'), { home: { area: null, name: '蓬莱花园' } }));
    expect(known.people).toMatchObject([{ lives: 'known', compoundId: 'c:小榄镇/蓬莱花园' }]);
    expect(plan([staff(who('张三'), { home: 'none' })], known).rows.people).toMatchObject([
      { lives: 'excluded', compoundId: null },
    ]);
  });

  it('must say which of two compounds of one name (E17)', () => {
    const lines = [compound('蓬莱花园'), compound('蓬莱花园', '东区街道')];
    const unclear = plan([...lines, staff(who('张三'), { home: { area: null, name: '蓬莱花园' } })]);
    expect(unclear.faults).toMatchObject([
      { column: '居住小区', reason: '有2个叫“蓬莱花园”的物业小区，请填写居住镇街' },
    ]);
    const clear = plan([...lines, staff(who('张三'), { home: { area: '东区街道', name: '蓬莱花园' } })]);
    expect(clear.rows.people).toMatchObject([{ compoundId: 'c:东区街道/蓬莱花园' }]);
  });

  it('counts as a joiner only after the first roster (E14)', () => {
    expect(plan([staff(who('张三'))]).rows.people).toMatchObject([{ joinedOn: null }]);
    const known = laid(staff(who('张三')));
    expect(plan([staff(who('李四'))], known, '2022-04-25').rows.people).toMatchObject([{ joinedOn: '2022-04-25' }]);
    expect(plan([staff(who('李四'), { joinedOn: '2022-04-20' })], known).rows.people).toMatchObject([
      { joinedOn: '2022-04-20' },
    ]);
  });
});

describe('a seat', () => {
  it('goes to the new head, and ends for the old one (E14)', () => {
    const known = laid(unit('白泽物业', who('王五', '10000000002')));
    const { rows, counts } = plan([unit('白泽物业', who('赵六', '10000000003'))], known, '2022-04-25');
    expect(rows.holdings.map(({ personId, from, to }) => [personId, from, to])).toEqual([
      ['p:10000000002/王五', null, '2022-04-24'],
      ['p:10000000003/赵六', '2022-04-25', null],
    ]);
    expect(counts).toEqual({ new: 0, changed: 1, unchanged: 0 });
  });

  it('of a department ends with a 否, and when its head moves on', () => {
    const known = laid(staff(who('张三', '10000000001'), { isHead: true }));
    const ended = [{ role: 'department_head', scope: '市建设局/物业科', to: '2022-04-24' }];
    expect(
      plan([staff(who('张三', '10000000001'), { isHead: false })], known, '2022-04-25').rows.holdings,
    ).toMatchObject(ended);
    const moved = staff(who('张三', '10000000001'), { department: '办公室', isHead: true });
    expect(plan([moved], known, '2022-04-25').rows.holdings.filter((row) => row.to)).toMatchObject(ended);
  });

  it('of an inspector is in the zone that the file says last', () => {
    const known = laid(unit('白泽物业', null), inspector(who('赵六')));
    const { rows } = plan([inspector(who('赵六'), { zone: '东区组团' })], known, '2022-04-25');
    expect(rows.holdings.map((row) => [row.scope, row.to])).toEqual([
      ['西部组团', '2022-04-24'],
      ['东区组团', null],
    ]);
  });
});

describe('a compound', () => {
  it('handed on keeps the old company until the day before (E03)', () => {
    const known = laid(
      unit('白泽物业', null),
      unit('青鸾物业', null),
      compound('蓬莱花园', '小榄镇', { managedBy: { unit: '白泽物业' } }),
    );
    const { rows, counts } = plan(
      [compound('蓬莱花园', '小榄镇', { managedBy: { unit: '青鸾物业' }, from: '2022-05-01' })],
      known,
      '2022-05-03',
    );
    expect(rows.managements.map(({ unitId, from, to }) => [unitId, from, to])).toEqual([
      ['u:白泽物业', null, '2022-04-30'],
      ['u:青鸾物业', '2022-05-01', null],
    ]);
    expect(counts).toEqual({ new: 0, changed: 1, unchanged: 0 });
  });

  it('that was pending is listed by the file (E20)', () => {
    const known = laid(compound('蓬莱花园'));
    const pending = { ...known, compounds: known.compounds.map((row) => ({ ...row, status: 'pending' as const })) };
    expect(plan([compound('蓬莱花园')], pending).rows.compounds).toMatchObject([{ status: 'listed' }]);
  });

  it('that was merged into another stays so, and a resident lives at the other', () => {
    const known = laid(compound('蓬莱花园'), compound('蓬莱苑'));
    const merged = {
      ...known,
      compounds: known.compounds.map((row) =>
        row.name === '蓬莱苑' ? { ...row, status: 'merged' as const, mergedId: 'c:小榄镇/蓬莱花园' } : row,
      ),
    };
    const { rows } = plan([compound('蓬莱苑'), staff(who('张三'), { home: { area: null, name: '蓬莱苑' } })], merged);
    expect(rows.compounds).toEqual([]);
    expect(rows.people).toMatchObject([{ compoundId: 'c:小榄镇/蓬莱花园' }]);
  });
});

describe('a line that names what nobody knows', () => {
  it.each([
    [compound('蓬莱花园', '小榄镇', { managedBy: { unit: '毕方物业' } }), '管理单位', '没有名为“毕方物业”的企业单位'],
    [inspector(who('赵六'), { unit: '毕方物业' }), '所属单位', '没有名为“毕方物业”的企业单位'],
    [staff(who('张三'), { organisation: '某局' }), '单位', '没有名为“某局”的单位，请先填入“镇街与联系人”'],
    [staff(who('张三'), { home: { area: null, name: '某园' } }), '居住小区', '没有名为“某园”的物业小区'],
  ])('writes nothing: %j', (bad, column, reason) => {
    const { rows, faults, counts } = plan([bad]);
    expect(faults).toEqual([{ ...bad.at, column, reason }]);
    expect(counts).toEqual({ new: 0, changed: 0, unchanged: 0 });
    expect([...rows.people, ...rows.compounds, ...rows.holdings]).toEqual([]);
  });
});
