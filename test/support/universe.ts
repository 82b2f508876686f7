// One call fixes the campaign, the clock and the ids: what the rules are tested in.
import { join } from 'node:path';
import { loadHolidays } from '../../src/campaigns/holidays.ts';
import { campaignFrom } from '../../src/campaigns/pack-body.ts';
import { loadPack } from '../../src/campaigns/read-pack.ts';
import type { Assignment } from '../../src/domain/assignment.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Answers } from '../../src/domain/checklist.ts';
import type { Holding, Person } from '../../src/domain/people.ts';
import type { Visit } from '../../src/domain/visit.ts';
import { sayFault } from '../../src/yaml-file.ts';

export const packFolder = join(import.meta.dirname, '../../campaigns/zhongshan-2022');

export const zhongshan = async (): Promise<Campaign> => {
  const pack = await loadPack(packFolder);
  if (!pack.ok) throw new Error(pack.faults.map(sayFault).join('\n'));
  return campaignFrom(pack.body, 1, await loadHolidays());
};

/** An instant of the campaign's zone: at('2022-04-19 10:12'). */
export const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);

export const counter = (prefix = 'id'): (() => string) => {
  let n = 0;
  return () => {
    n += 1;
    return `${prefix}${n}`;
  };
};

const holding = (role: Holding['role'], scopeKind: Holding['scopeKind'], scope: string): Holding => ({
  role,
  scopeKind,
  scope,
  from: null,
  to: null,
});

export const person = (id: string, roles: readonly Holding[] = [], more: Partial<Person> = {}): Person => ({
  id,
  name: `人员${id}`,
  organisation: null,
  organisationKind: null,
  area: null,
  department: null,
  compoundId: null,
  lives: 'unknown',
  unitId: null,
  roles,
  ...more,
});

export const inspector = (id: string, zone = '东区组团', more: Partial<Person> = {}): Person =>
  person(id, [holding('inspector', 'zone', zone)], more);

export const staff = (id: string, compoundId: string, more: Partial<Person> = {}): Person =>
  person(id, [holding('staff', 'organisation', '市住房城乡建设局')], {
    organisation: '市住房城乡建设局',
    organisationKind: 'bureau',
    department: '物业管理科',
    compoundId,
    lives: 'known',
    ...more,
  });

export const holder = (id: string, role: Holding['role'], scopeKind: Holding['scopeKind'], scope: string): Person =>
  person(id, [holding(role, scopeKind, scope)]);

export const assignment = (campaign: Campaign, more: Partial<Assignment> = {}): Assignment => ({
  id: 'a1',
  campaign: campaign.id,
  strand: 'zone',
  kind: 'zone',
  personId: 'p1',
  checklist: 'checklist-2022-04',
  compoundId: 'c1',
  area: '东区街道',
  zone: '东区组团',
  organisation: null,
  department: null,
  reasons: ['not_yet_checked'],
  from: '2022-04-19',
  to: '2022-04-19',
  state: 'open',
  version: 1,
  givenAt: at('2022-04-19 08:30'),
  doneAt: null,
  draft: null,
  standsFor: null,
  ...more,
});

export const visit = (campaign: Campaign, more: Partial<Visit> = {}): Visit => ({
  campaign,
  person: inspector('p1'),
  compound: { id: 'c1', name: '阳光花园', area: '东区街道', status: 'listed', unitId: 'u1', company: '某物业公司' },
  own: [],
  colleagues: [],
  previous: null,
  coverage: null,
  findings: [],
  ...more,
});

/** All eight done but these. */
export const answers = (campaign: Campaign, ...no: string[]): Answers =>
  Object.fromEntries(
    (campaign.checklists[0]?.items ?? []).map((item) => [item.id, no.includes(item.id) ? 'no' : 'yes']),
  );
