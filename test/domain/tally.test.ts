import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import { sumOf, tallyOf } from '../../src/domain/figures.ts';
import { type Finding, lastDayOf } from '../../src/domain/finding.ts';
import type { Letter } from '../../src/domain/letter.ts';
import { type Delta, deltas, type Moment, momentOf, ofFinding, ofLetter } from '../../src/domain/tally.ts';
import { at, zhongshan } from '../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

const upTo = (rows: readonly Delta[], cut: Moment) =>
  rows.filter((d) => d.day < cut.day || (d.day === cut.day && (!d.late || cut.late)));
const total = (rows: readonly Delta[], measure: string, cut: Moment) =>
  upTo(rows, cut)
    .filter((d) => d.measure === measure)
    .reduce((n, d) => n + d.n, 0);

describe('a moment', () => {
  it.each([
    ['2022-04-19 19:59', false],
    ['2022-04-19 20:00', false],
    ['2022-04-19 20:01', true],
  ])('%s is after the tally time: %s', (text, late) => {
    expect(momentOf(campaign.calendar, '20:00', at(text))).toEqual({ day: '2022-04-19', late });
  });
});

const finding = (more: Partial<Finding>): Finding => ({
  id: 'f',
  campaign: 'c',
  compoundId: 'k',
  compoundName: '',
  item: 'x',
  area: '东区街道',
  zone: null,
  company: null,
  unitId: null,
  state: 'notified',
  version: 1,
  inspectionIds: [],
  openedAt: at('2022-04-19 10:00'),
  notifiedAt: null,
  dueOn: null,
  promisedOn: null,
  claimedAt: null,
  claimedById: null,
  reportedAt: null,
  verifiedAt: null,
  reopenedAt: null,
  referredAt: null,
  ...more,
});

describe('overdue findings at any cut-off', () => {
  const moment = (day: string, late = false) => ({ day, late });
  const notifiedFinding = finding({ dueOn: '2022-04-21' });
  const reportedFinding = finding({ dueOn: '2022-04-21', state: 'reported' });
  const opened = deltas('c', moment('2022-04-19'), [], ofFinding(notifiedFinding));

  it('become overdue by time alone, the day after the due day', () => {
    expect(['2022-04-21', '2022-04-22', '2022-05-01'].map((day) => total(opened, 'overdue', moment(day)))).toEqual([
      0, 1, 1,
    ]);
  });

  it('never were overdue when reported in time', () => {
    const rows = [
      ...opened,
      ...deltas('c', moment('2022-04-21', true), ofFinding(notifiedFinding), ofFinding(reportedFinding)),
    ];
    expect(['2022-04-21', '2022-04-22', '2022-05-01'].map((day) => total(rows, 'overdue', moment(day)))).toEqual([
      0, 0, 0,
    ]);
  });

  it('stay overdue in the past when reported late', () => {
    const rows = [
      ...opened,
      ...deltas('c', moment('2022-04-25'), ofFinding(notifiedFinding), ofFinding(reportedFinding)),
    ];
    expect(['2022-04-22', '2022-04-24', '2022-04-25'].map((day) => total(rows, 'overdue', moment(day)))).toEqual([
      1, 1, 0,
    ]);
  });
});

describe('figures as sums', () => {
  it('equal what the records say, at every cut-off, whatever happened to a finding', () => {
    const day = fc.integer({ min: 19, max: 28 }).map((n) => `2022-04-${n}`);
    const state = fc.constantFrom<Finding['state']>(
      'open',
      'notified',
      'claimed',
      'reported',
      'verified',
      'reopened',
      'withdrawn',
    );
    const story = fc.array(fc.record({ day, late: fc.boolean(), state, dueOn: fc.option(day, { nil: null }) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(story, day, fc.boolean(), (steps, cutDay, cutLate) => {
        const order = (m: Moment) => `${m.day}${m.late ? 'b' : 'a'}`;
        const told = [...steps].sort((a, b) => (order(a) < order(b) ? -1 : 1));
        const rows: Delta[] = [];
        let before: Finding | null = null;
        for (const step of told) {
          const after = finding({ state: step.state, dueOn: step.dueOn });
          rows.push(...deltas('c', step, before ? ofFinding(before) : [], ofFinding(after)));
          before = after;
        }
        const cut = { day: cutDay, late: cutLate };
        const then = told.filter((s) => order(s) <= order(cut)).at(-1);
        const thenFinding = then ? finding({ state: then.state, dueOn: then.dueOn }) : null;
        const fix = thenFinding !== null && ['open', 'notified', 'claimed', 'reopened'].includes(thenFinding.state);
        const last = thenFinding && lastDayOf(thenFinding);
        expect(total(rows, 'findings', cut)).toBe(then ? 1 : 0);
        expect(total(rows, 'to_fix', cut)).toBe(fix ? 1 : 0);
        expect(total(rows, 'overdue', cut)).toBe(fix && last !== null && last < cutDay ? 1 : 0);
      }),
    );
  });

  it('count a letter as owed whatever became of it, and signed only once (R29)', () => {
    const letter = { area: '东区街道', state: 'sent' } as Letter;
    const rows = [
      ...deltas('c', { day: '2022-04-19', late: false }, [], ofLetter(letter)),
      ...deltas('c', { day: '2022-04-20', late: false }, ofLetter(letter), ofLetter({ ...letter, state: 'signed' })),
    ];
    expect(total(rows, 'letters_owed', { day: '2022-04-20', late: false })).toBe(1);
    expect(total(rows, 'letters_signed', { day: '2022-04-20', late: false })).toBe(1);
  });
});

describe('zones and the city', () => {
  const place = { organisation: '', department: '' };
  const sums = [
    { measure: 'covered' as const, area: '东区街道', ...place, total: 3, today: 1 },
    { measure: 'covered' as const, area: '火炬开发区', ...place, total: 2, today: 2 },
    {
      measure: 'home_owed' as const,
      area: '',
      organisation: '市住房城乡建设局',
      department: '物业管理科',
      total: 4,
      today: 0,
    },
    { measure: 'letters_owed' as const, area: '', ...place, total: 1, today: 0 },
  ];
  const tally = () =>
    tallyOf(
      { on: '2022-04-19', cutOffAt: at('2022-04-19 20:00') },
      sums,
      new Map([
        ['东区街道', 10],
        ['火炬开发区', 5],
      ]),
      [
        { zone: '东区组团', areas: ['东区街道'] },
        { zone: '东部组团', areas: ['火炬开发区', '翠亨新区（含南朗街道）'] },
      ],
    );

  it('add up: the city is its areas and its own rows (R08, R52)', () => {
    expect(tally().city).toMatchObject({
      compounds: { known: 15, covered: 5, coveredToday: 3 },
      letters: { owed: 1 },
      home: { owed: 4 },
    });
    expect(tally().zones.map((z) => z.compounds.covered)).toEqual([3, 2]);
    expect(tally().organisations).toMatchObject([
      { organisation: '市住房城乡建设局', home: { owed: 4 }, departments: [{ department: '物业管理科' }] },
    ]);
  });

  it('give the sum of several zones, as a supervisor’s digest needs it', () => {
    expect(sumOf(tally().zones).compounds).toEqual({ known: 15, covered: 5, coveredToday: 3 });
  });
});
