// The zone table as roles: who holds what where, and that its people are the roster's people (R03, E04).
import { beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/domain/campaign.ts';
import { planRoster } from '../../../src/domain/roster/plan.ts';
import type { KnownRoster } from '../../../src/domain/roster/rows.ts';
import { CITY, rolesFromZones, type ZoneRoleLine } from '../../../src/domain/roster/zone-roles.ts';
import { zhongshan } from '../../support/universe.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = await zhongshan();
});

const rolesOf = (lines: ReturnType<typeof rolesFromZones>): ZoneRoleLine[] =>
  lines.filter((line) => line.kind === 'zone_role');

describe('the roles of the zone table', () => {
  it('are one commander, and a supervisor, a liaison and a lead for each zone', () => {
    const roles = rolesOf(rolesFromZones(campaign, '第一批'));
    const count = (role: string) => roles.filter((line) => line.role === role).length;
    expect(['commander', 'supervisor', 'liaison', 'zone_lead'].map(count)).toEqual([1, 9, 9, 9]);
    expect(roles[0]).toMatchObject({ role: 'commander', scopeKind: 'city', scope: CITY, campaign: 'zhongshan-2022' });
    expect(roles.filter((line) => line.batch === '第一批').every((line) => line.role === 'zone_lead')).toBe(true);
  });

  it('give 郑新 three zones and 梁梓胜 two', () => {
    const roles = rolesOf(rolesFromZones(campaign, null));
    const zones = (name: string) => roles.filter((line) => line.name === name).map((line) => line.scope);
    expect(zones('郑新')).toEqual(['北部组团', '东北组团', '南部组团']);
    expect(zones('梁梓胜')).toEqual(['东区组团', '东部组团']);
  });

  it('may be two supervisors of one zone (E07)', () => {
    const zones = campaign.zones.map((row) => (row.area === '坦洲镇' ? { ...row, supervisor: '关孝廷' } : row));
    const roles = rolesOf(rolesFromZones({ ...campaign, zones }, null));
    const south = roles.filter((line) => line.role === 'supervisor' && line.scope === '南部组团');
    expect(south.map((line) => line.name)).toEqual(['袁锦亮', '关孝廷']);
  });

  it('belong to a commander of some zones by zone', () => {
    const zones = campaign.zones.map((row) => (row.zone === '西区组团' ? { ...row, commander: '关孝廷' } : row));
    const roles = rolesOf(rolesFromZones({ ...campaign, zones }, null)).filter((line) => line.role === 'commander');
    expect(roles).toHaveLength(9);
    expect(roles.every((line) => line.scopeKind === 'zone')).toBe(true);
  });
});

describe('laid over the records', () => {
  const makeId = (prefix: string, key: string) => `${prefix}:${key}`;
  const known = (over: Partial<KnownRoster>): KnownRoster => ({
    first: true,
    organisations: [],
    companies: [],
    units: [],
    compounds: [],
    managements: [],
    people: [],
    holdings: [],
    zoneAreas: [],
    ...over,
  });
  const lay = (records: KnownRoster, of = campaign, today = '2022-04-19') =>
    planRoster(rolesFromZones(of, '第一批'), records, { bureaus: [], associations: [] }, today, makeId);

  it('they make each of the 19 people once, and 23 areas', () => {
    const { rows, faults } = lay(known({}));
    expect(faults).toEqual([]);
    expect(rows.people).toHaveLength(1 + 5 + 4 + 9);
    expect(rows.zoneAreas).toHaveLength(23);
    expect(rows.holdings).toHaveLength(28);
  });

  it('they find a lead among the heads of an outside company, by its branch', () => {
    const records = known({
      organisations: [{ id: 'o1', name: '深圳市万科物业服务有限公司', kind: 'company', area: null }],
      companies: [{ id: 'co1', name: '深圳市万科物业服务有限公司', origin: 'outside' }],
      units: [
        { id: 'u1', companyId: 'co1', name: '深圳市万科物业服务有限公司', kind: 'HQ', area: null, addedOn: null },
        {
          id: 'u2',
          companyId: 'co1',
          name: '深圳市万科物业服务有限公司中山分公司',
          kind: 'branch',
          area: '南区街道',
          addedOn: null,
        },
      ],
      people: [
        {
          id: 'p1',
          name: '邓贤俊',
          organisationId: 'o1',
          department: null,
          staffKind: null,
          mobile: '10000000001',
          compoundId: null,
          lives: 'unknown',
          unitId: 'u2',
          noAccount: false,
          joinedOn: null,
        },
      ],
    });
    const { rows } = lay(records);
    expect(rows.people.some((person) => person.name === '邓贤俊')).toBe(false);
    expect(rows.holdings.filter((row) => row.personId === 'p1')).toMatchObject([
      { role: 'zone_lead', scope: '南区组团' },
    ]);
  });

  it('a new table ends the roles and areas that the old one gave', () => {
    const { rows } = lay(known({}));
    const before = known({ ...rows, first: false });
    const zones = campaign.zones.map((row) =>
      row.area === '大涌镇'
        ? {
            ...row,
            zone: '西部组团',
            supervisor: '卢钊文',
            liaison: '周广平',
            leadCompany: '中山市利和物业管理有限公司',
            leadPerson: '曾志伟',
          }
        : row.zone === '东区组团'
          ? { ...row, leadPerson: '另一人' }
          : row,
    );
    const next = lay(before, { ...campaign, zones }, '2022-05-20').rows;
    expect(next.zoneAreas.map(({ zone, from, to }) => [zone, from, to])).toEqual([
      ['西区组团', null, '2022-05-19'],
      ['西部组团', '2022-05-20', null],
    ]);
    expect(next.holdings.map(({ role, from, to }) => [role, from, to])).toEqual([
      ['zone_lead', null, '2022-05-19'],
      ['zone_lead', '2022-05-20', null],
    ]);
  });
});
