// What the second phase plans from the records: each reason as it stands in the tables, in one order (R42).
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePlanning } from '../../src/store/planning.ts';
import { openPool } from '../../src/store/pool.ts';
import { planZone } from '../../src/usecases/plan-zone.ts';
import type { Service } from '../../src/usecases/service.ts';
import { createTestDatabase } from '../support/database.ts';
import { insert } from '../support/seed.ts';
import { at, counter, zhongshan } from '../support/universe.ts';

const zone = '东区组团';
const area = '东区街道';
const today = '2022-06-08';
const asWritten = await zhongshan();
const pack = { ...asWritten, settings: { ...asWritten.settings, inspectionsPerInspectorPerDay: 10 } };
const campaign = pack.id;
let pool: pg.Pool;
let inspections = 0;

const visited = async (compound: string, on: string, flags: readonly string[] = []): Promise<string> => {
  inspections += 1;
  const id = `i${inspections}`;
  const moment = `${on}T10:00:00+08:00`;
  await insert(pool, 'inspection', [
    {
      id,
      campaign,
      assignment_id: `of-${id}`,
      version: 1,
      live: true,
      strand: 'zone',
      checklist: 'checklist-2022-04',
      check_on: on,
      recorded_at: moment,
      entered_at: moment,
      inspector_id: 'p9',
      compound_id: compound,
      compound_name: compound,
      compound_status: 'listed',
      inspector_name: '张工',
      area,
      answers: {},
      source: {},
      flags,
    },
  ]);
  return id;
};

/** A listed compound, covered on 19 April, with its visits since. */
const compound = async (id: string, ...visits: readonly string[]): Promise<string[]> => {
  await insert(pool, 'compound', [
    { id, name: id, aliases: [], pinyin: id, area, status: 'listed', added_at: at('2022-04-18 09:00') },
  ]);
  const first = await visited(id, '2022-04-19');
  await insert(pool, 'coverage', [
    {
      campaign,
      compound_id: id,
      inspection_id: first,
      area,
      covered_at: at('2022-04-19 10:00'),
      covered_on: '2022-04-19',
    },
  ]);
  const later: string[] = [];
  for (const on of visits) later.push(await visited(id, on));
  return [first, ...later];
};

const finding = (id: string, compoundId: string, state: string, more: Readonly<Record<string, unknown>>) =>
  insert(pool, 'finding', [
    {
      id,
      campaign,
      compound_id: compoundId,
      compound_name: compoundId,
      item: 'staff_mask',
      area,
      state,
      version: 1,
      inspection_ids: [],
      opened_at: at('2022-04-19 10:00'),
      ...more,
    },
  ]);

beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
  const recent = '2022-05-30';
  await insert(
    pool,
    'person',
    ['p1', 'p2'].map((id) => ({ id, name: id, lives: 'unknown', no_account: false, added_at: at('2022-04-18 09:00') })),
  );
  await insert(
    pool,
    'role_holding',
    ['p1', 'p2'].map((id) => ({ id: `h-${id}`, person_id: id, role: 'inspector', scope_kind: 'zone', scope: zone })),
  );
  await compound('long');
  await compound('quiet', recent);
  await compound('doubted');
  await visited('doubted', recent, ['doubtful']);

  const twice = await compound('twice', recent);
  await finding('f1', 'twice', 'verified', { inspection_ids: twice.slice(0, 1) });
  await finding('f2', 'twice', 'verified', { inspection_ids: twice.slice(1) });
  const withdrawn = await compound('withdrawn', recent);
  await finding('f3', 'withdrawn', 'withdrawn', { inspection_ids: withdrawn });
  const sameDay = await compound('same-day', recent);
  await finding('f4', 'same-day', 'verified', {
    inspection_ids: [sameDay[0], await visited('same-day', '2022-04-19')],
  });
  const resting = await compound('resting', '2022-06-07');
  await finding('f5', 'resting', 'verified', { inspection_ids: resting });

  await compound('late', recent);
  // The campaign's midnight, not UTC's: 00:30 on the 25th here is the 24th there.
  await finding('f6', 'late', 'verified', { due_on: '2022-05-24', reported_at: at('2022-05-25 00:30') });
  await compound('promised', recent);
  await finding('f7', 'promised', 'verified', {
    due_on: '2022-05-20',
    promised_on: '2022-05-25',
    reported_at: at('2022-05-25 23:59'),
  });

  await compound('unsigned', recent);
  await insert(pool, 'management', [{ id: 'm1', compound_id: 'unsigned', unit_id: 'u1' }]);
  await insert(pool, 'letter', [
    {
      id: 'l1',
      campaign,
      letter: 'letter-2022-04',
      unit_id: 'u1',
      unit: '某分公司',
      kind: 'branch',
      origin: 'local',
      state: 'read',
      version: 1,
      answers: {},
      due_on: '2022-04-26',
      owed_at: at('2022-04-19 08:00'),
    },
  ]);
  await insert(pool, 'ledger_row', [
    {
      campaign,
      letter_id: 'l1',
      unit: '某分公司',
      frozen_at: at('2022-04-27 00:00'),
      state_then: 'read',
      attempts: 2,
    },
  ]);

  await compound('mismatch', recent);
  await insert(pool, 'assignment', [
    {
      id: 'spot',
      campaign,
      strand: 'zone',
      kind: 'spot',
      person_id: 'p2',
      checklist: 'checklist-2022-04',
      compound_id: 'mismatch',
      reasons: ['spot_check'],
      from_on: recent,
      to_on: recent,
      state: 'done',
      version: 2,
      given_at: at(`${recent} 09:00`),
    },
  ]);
  await insert(pool, 'spot_draw', [
    {
      assignment_id: 'spot',
      spot_check_id: 's1',
      campaign,
      place: 1,
      compound_id: 'mismatch',
      outcome: 'mismatch',
      items: ['staff_mask'],
      version: 2,
    },
  ]);
}, 60_000);
afterAll(() => pool?.end());

const plan = async (day: string) => {
  const next = counter();
  const service: Pick<Service, 'planning' | 'ids'> = { planning: makePlanning(pool), ids: { next } };
  const { planned } = await planZone(service as Service, pack, zone, day, at(`${day} 08:30`));
  return planned.map((a) => `${a.compoundId}: ${a.reasons.join(' ')}`);
};

describe('a zone’s day in the second phase (R30, R42)', () => {
  it('is what is due again, ordered by risk, with the reasons', async () => {
    expect(await plan(today)).toEqual([
      'twice: repeated_no',
      'late: late_fix',
      'unsigned: letter_unsigned',
      'mismatch: mismatch',
      'doubted: long_not_visited',
      'long: long_not_visited',
    ]);
  });

  it('forgets what lies further back than the pack’s days', async () => {
    const later = await plan('2022-10-10');
    expect(later).toContain('twice: long_not_visited');
    expect(later).toContain('late: long_not_visited');
    expect(later[0]).toBe('unsigned: letter_unsigned long_not_visited');
  });

  it('begins the day after the first phase, however long ago a compound was checked', async () => {
    expect(await plan('2022-05-19')).toEqual([]);
    expect(await plan('2022-05-20')).toEqual(['doubted: long_not_visited', 'long: long_not_visited']);
  });
});
