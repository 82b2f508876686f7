// A playground with a few people in it, for tests of its channel and its API: two of one zone, one of a town, a head of a
// company, and one without an account.
import type pg from 'pg';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Clock } from '../../src/ports.ts';
import { makePlayground } from '../../src/store/playground.ts';
import { openPlaygroundGroups } from '../../src/usecases/open-playground-groups.ts';

const people = [
  ['p-lead', '林组', 'zone_lead', 'zone', '东区组团', null],
  ['p-insp', '张工', 'inspector', 'zone', '东区组团', null],
  ['p-town', '陈科', 'town_contact', 'area', '东区街道', null],
  ['p-staff', '何工', 'staff', 'organisation', '东区街道住建局', 'o-town'],
  ['p-head', '王经理', 'signatory', 'unit', 'u-1', null],
  ['p-cmd', '赵局', 'commander', 'city', 'city', null],
] as const;

export const setStage = async (pool: pg.Pool, campaign: Campaign, clock: Clock) => {
  const area = campaign.zones.find((row) => row.zone === '东区组团')?.area ?? '';
  await pool.query(
    `insert into organisation (id, name, kind, area) values ('o-town', '东区街道住建局', 'town_bureau', $1)`,
    [area],
  );
  await pool.query(
    `insert into company_unit (id, company_id, name, kind, area) values ('u-1', 'k-1', '阳光物业服务有限公司', 'HQ', $1)`,
    [area],
  );
  for (const [id, name, role, kind, scope, organisation] of people) {
    await pool.query(
      `insert into person (id, name, organisation_id, lives, no_account, added_at) values ($1, $2, $3, 'unknown', false, $4)`,
      [id, name, organisation, clock.now()],
    );
    await pool.query(`insert into role_holding (id, person_id, role, scope_kind, scope) values ($1, $1, $2, $3, $4)`, [
      id,
      role,
      kind,
      kind === 'area' ? area : scope,
    ]);
  }
  await pool.query(
    `insert into person (id, name, lives, no_account, added_at) values ('p-none', '无账号', 'unknown', true, $1)`,
    [clock.now()],
  );
  const doors = makePlayground(pool);
  await openPlaygroundGroups({ doors, clock }, [campaign]);
  return { store: doors, area };
};

export const someCard = (id: string, more: Partial<Card> = {}): Card => ({
  id,
  kind: 'assignment',
  title: `卡片 ${id}`,
  lines: ['第一行'],
  fields: [],
  actions: [{ id: 'all_ok', label: '全部落实' }],
  state: 'open',
  ...more,
});
