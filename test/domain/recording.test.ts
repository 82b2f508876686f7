import { beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { correctInspection, type Recording, recordInspection } from '../../src/domain/recording.ts';
import type { Delta, Measure } from '../../src/domain/tally.ts';
import type { Filled, Visit } from '../../src/domain/visit.ts';
import { answers, assignment, at, counter, inspector, staff, visit, zhongshan } from '../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

const filled = (more: Partial<Filled> = {}): Filled => ({
  answers: answers(campaign),
  note: null,
  checkOn: '2022-04-19',
  source: { channel: 'playground', kind: 'tap' },
  enteredBy: null,
  ...more,
});

const record = (v: Visit, f: Filled = filled(), when = '2022-04-19 10:12') =>
  recordInspection(v, f, at(when), 'playground/1', counter());

const recorded = (recording: Recording) => {
  if (recording.kind !== 'recorded') throw new Error(`expected a record, got ${recording.kind}`);
  return recording;
};

/** Everything a change adds to the figures, with what its coverage adds. */
const figuresOf = (change: Change): Partial<Record<Measure, number>> =>
  sums([...(change.deltas ?? []), ...(change.covered ?? []).flatMap((c) => c.deltas)]);

const sums = (deltas: readonly Delta[] = []): Partial<Record<Measure, number>> => {
  const out: Partial<Record<Measure, number>> = {};
  for (const d of deltas) out[d.measure] = (out[d.measure] ?? 0) + d.n;
  return Object.fromEntries(Object.entries(out).filter(([, n]) => n !== 0));
};

describe('recording a visit', () => {
  it('fulfils the assignment of the day and covers the compound once', () => {
    const done = recorded(record(visit(campaign, { own: [assignment(campaign)] })));
    expect(done.assignment).toMatchObject({ id: 'a1', state: 'done', version: 2 });
    expect(done.change.covered).toMatchObject([{ compoundId: 'c1', coveredOn: '2022-04-19' }]);
    expect(figuresOf(done.change)).toEqual({ inspections: 1, covered: 1 });
    expect(done.change.findings).toBeUndefined();
  });

  it('leaves coverage alone when the compound is covered already (E02)', () => {
    const coverage = {
      campaign: campaign.id,
      compoundId: 'c1',
      inspectionId: 'i0',
      area: '东区街道',
      coveredAt: at('2022-04-19 09:00'),
      coveredOn: '2022-04-19',
    };
    const done = recorded(record(visit(campaign, { coverage })));
    expect(done.change.covered).toBeUndefined();
    expect(figuresOf(done.change)).toEqual({ inspections: 1 });
  });

  it('opens a finding at the compound’s own town for each "no" (R37, E01)', () => {
    const done = recorded(
      record(visit(campaign), filled({ answers: answers(campaign, 'isolation_point', 'staff_mask') })),
    );
    expect(done.opened.map((f) => [f.item, f.state, f.area, f.unitId])).toEqual([
      ['isolation_point', 'open', '东区街道', 'u1'],
      ['staff_mask', 'open', '东区街道', 'u1'],
    ]);
    expect(figuresOf(done.change)).toEqual({ inspections: 1, covered: 1, findings: 2, to_fix: 2 });
  });

  it('closes a finding at once that was put right on the spot, and counts it (R18)', () => {
    const done = recorded(
      record(visit(campaign), filled({ answers: answers(campaign, 'staff_mask'), fixedOnSpot: true })),
    );
    expect(done.opened).toMatchObject([{ item: 'staff_mask', state: 'fixed_on_spot' }]);
    expect(figuresOf(done.change)).toEqual({ inspections: 1, covered: 1, findings: 1, verified: 1 });
  });

  it.each([
    ['own compound, in time', '2022-04-26 23:59', 'done', { inspections: 1, covered: 1, home_done: 1 }],
    [
      'own compound, after the phase (E09)',
      '2022-04-27 08:00',
      'done_late',
      { inspections: 1, covered: 1, home_late: 1 },
    ],
  ] as const)('fulfils the home duty: %s', (_, when, state, expected) => {
    const own = assignment(campaign, {
      kind: 'home',
      strand: 'home',
      personId: 's1',
      organisation: '市住房城乡建设局',
      department: '物业管理科',
      area: null,
      to: '2022-04-26',
    });
    const done = recorded(record(visit(campaign, { person: staff('s1', 'c1'), own: [own] }), filled(), when));
    expect(done.assignment.state).toBe(state);
    expect(done.inspection.flags.includes('late')).toBe(state === 'done_late');
    expect(figuresOf(done.change)).toEqual(expected);
  });

  it('keeps a check of another compound as an extra one that leaves the home duty open (E35)', () => {
    const home = assignment(campaign, {
      kind: 'home',
      strand: 'home',
      personId: 's1',
      compoundId: 'c9',
      to: '2022-04-26',
    });
    const done = recorded(record(visit(campaign, { person: staff('s1', 'c9'), own: [home] })));
    expect(done.assignment).toMatchObject({ kind: 'extra', state: 'done', version: 1 });
    expect(done.change.assignments).toHaveLength(1);
  });

  it('closes a colleague’s assignment there as covered (E34)', () => {
    const colleague = assignment(campaign, { id: 'a2', personId: 'p2' });
    const done = recorded(record(visit(campaign, { colleagues: [colleague] })));
    expect(done.change.assignments?.map((a) => [a.id, a.state])).toEqual([
      [done.assignment.id, 'done'],
      ['a2', 'covered'],
    ]);
  });

  it('marks a check of the own company’s compound as a self check (E21)', () => {
    const done = recorded(record(visit(campaign, { person: inspector('p1', '东区组团', { unitId: 'u1' }) })));
    expect(done.inspection.flags).toContain('self_check');
  });

  it('keeps a record of a compound that is not listed yet, and counts nothing (E20)', () => {
    const pending = { ...visit(campaign).compound, status: 'pending' as const };
    const done = recorded(record(visit(campaign, { compound: pending })));
    expect(done.inspection.flags).toContain('pending_compound');
    expect(done.change.covered).toBeUndefined();
    expect(figuresOf(done.change)).toEqual({});
  });

  it('asks for what is missing instead of writing half a record', () => {
    const half = { ...answers(campaign), staff_mask: null };
    expect(record(visit(campaign), filled({ answers: half }))).toMatchObject({
      kind: 'incomplete',
      missing: ['staff_mask'],
      assignment: { state: 'partial', draft: { answers: half } },
    });
  });
});

describe('looking again at what a town reported as fixed (R40)', () => {
  const reported = (more: Partial<Finding> = {}): Finding => {
    const [opened] = recorded(
      record(visit(campaign), filled({ answers: answers(campaign, 'isolation_point') })),
    ).opened;
    if (!opened) throw new Error('no finding');
    return { ...opened, state: 'reported', claimedById: 'town', reportedAt: at('2022-04-20 09:00'), ...more };
  };
  const recheck = () =>
    assignment(campaign, { kind: 'recheck', reasons: ['look_back'], from: '2022-04-20', to: '2022-04-20' });
  const look = (finding: Finding, v: Partial<Visit> = {}, no: string[] = []) =>
    recorded(
      record(
        visit(campaign, { own: [recheck()], findings: [finding], ...v }),
        filled({ answers: answers(campaign, ...no) }),
        '2022-04-20 10:00',
      ),
    );

  it('verifies it when it is right', () => {
    const done = look(reported());
    expect(done.change.findings).toMatchObject([{ state: 'verified', verifiedAt: at('2022-04-20 10:00') }]);
    expect(figuresOf(done.change)).toMatchObject({ to_verify: -1, verified: 1 });
  });

  it('reopens it, with a new clock, when it is not', () => {
    expect(look(reported(), {}, ['isolation_point']).change.findings).toMatchObject([
      { state: 'reopened', dueOn: '2022-04-22' },
    ]);
  });

  it.each([
    ['the one who claimed it', { claimedById: 'p1' }, {}],
    ['the managing company’s own people', {}, { person: inspector('p1', '东区组团', { unitId: 'u1' }) }],
    ['a visit that was not sent to look again', {}, { own: [] }],
  ])('is not for %s', (_, finding, v) => {
    expect(look(reported(finding), v).change.findings).toBeUndefined();
  });
});

describe('a second answer on the same day', () => {
  const earlier = () => recorded(record(visit(campaign))).inspection;

  it.each([
    ['equal answers within ten minutes are dropped (E36)', '2022-04-19 10:20', [], 'duplicate'],
    ['equal answers later are asked about (E11)', '2022-04-19 10:40', [], 'correction_or_second_visit'],
    ['other answers are asked about (E11)', '2022-04-19 10:13', ['staff_mask'], 'correction_or_second_visit'],
  ] as const)('%s', (_, when, no, kind) => {
    const previous = earlier();
    expect(record(visit(campaign, { previous }), filled({ answers: answers(campaign, ...no) }), when).kind).toBe(kind);
  });

  it('is a second visit when the person says so', () => {
    const done = recorded(
      record(visit(campaign, { previous: earlier() }), filled({ secondVisit: true }), '2022-04-19 15:00'),
    );
    expect(done.inspection).toMatchObject({ version: 1, replacesId: null });
    expect(done.inspection.flags).toContain('second_visit');
  });
});

describe('correcting a record (E10)', () => {
  const first = (...no: string[]) => recorded(record(visit(campaign), filled({ answers: answers(campaign, ...no) })));
  const correct = (v: Visit, replaced: Parameters<typeof correctInspection>[1], no: string[]) =>
    correctInspection(
      v,
      replaced,
      { answers: answers(campaign, ...no), note: null, source: { channel: 'playground', kind: 'tap' } },
      v.person,
      at('2022-04-19 11:00'),
      null,
      counter('n'),
    );

  it('is a new version that keeps the first entry’s time', () => {
    const done = first();
    const { inspection, change } = correct(visit(campaign), done.inspection, []);
    expect(inspection).toMatchObject({
      version: 2,
      replacesId: done.inspection.id,
      enteredAt: done.inspection.enteredAt,
      recordedAt: at('2022-04-19 11:00'),
    });
    expect(change.retired).toEqual([done.inspection.id]);
    expect(figuresOf(change)).toEqual({ covered: 1 });
  });

  it('opens a finding for yes → no (E10)', () => {
    const { opened } = correct(visit(campaign), first().inspection, ['isolation_point']);
    expect(opened).toMatchObject([{ item: 'isolation_point', state: 'open' }]);
  });

  it('withdraws the finding for no → yes: the record was wrong, nothing was rectified', () => {
    const done = first('isolation_point');
    const { change } = correct(visit(campaign, { findings: done.opened }), done.inspection, []);
    expect(change.findings).toMatchObject([{ state: 'withdrawn', version: 2 }]);
    expect(change.deltas?.filter((d) => d.measure === 'to_fix').map((d) => d.n)).toEqual([-1]);
    expect(change.deltas?.filter((d) => d.measure === 'withdrawn').map((d) => d.n)).toEqual([1]);
  });

  it('keeps a finding that the new version still says', () => {
    const done = first('isolation_point');
    const { change, inspection } = correct(visit(campaign, { findings: done.opened }), done.inspection, [
      'isolation_point',
    ]);
    expect(change.findings).toMatchObject([{ state: 'open', inspectionIds: [inspection.id] }]);
  });

  it('keeps a finding that another record supports as well', () => {
    const done = first('isolation_point');
    const shared = done.opened.map((f) => ({ ...f, inspectionIds: [...f.inspectionIds, 'other'] }));
    const { change } = correct(visit(campaign, { findings: shared }), done.inspection, []);
    expect(change.findings).toMatchObject([{ state: 'open', inspectionIds: ['other'] }]);
  });
});
