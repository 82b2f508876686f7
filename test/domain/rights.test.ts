import { describe, expect, it } from 'vitest';
import type { Holding, RoleName } from '../../src/domain/people.ts';
import { type Act, may, type Subject } from '../../src/domain/rights.ts';
import { holder } from '../support/universe.ts';

/** Each role over what it usually is held. */
const scopes: Readonly<Record<RoleName, readonly [Holding['scopeKind'], string]>> = {
  commander: ['city', ''],
  supervisor: ['zone', '东区组团'],
  liaison: ['zone', '东区组团'],
  zone_lead: ['zone', '东区组团'],
  inspector: ['zone', '东区组团'],
  staff: ['organisation', '东区街道住建局'],
  department_head: ['department', '市住建局/物业管理科'],
  town_contact: ['area', '东区街道'],
  town_head: ['area', '东区街道'],
  association: ['organisation', '市物业管理行业协会'],
  signatory: ['unit', 'u1'],
  office: ['city', ''],
  archivist: ['city', ''],
};
const roles = Object.keys(scopes) as RoleName[];

const own: Subject = {
  zone: '东区组团',
  area: '东区街道',
  organisation: '市物业管理行业协会',
  department: '市住建局/物业管理科',
  unitId: 'u1',
  personId: 'me',
};
const others: Subject = {
  zone: '西区组团',
  area: '西区街道',
  organisation: '某公司',
  department: '市住建局/房产科',
  unitId: 'u2',
  personId: 'somebody',
};

const who = (act: Act, subject: Subject): RoleName[] =>
  roles.filter((role) => may(holder('me', role, ...scopes[role]), act, subject));

describe('who may do what (REQUIREMENTS 1.7, R02, R33)', () => {
  it.each<[Act, RoleName[], RoleName[]]>([
    [
      'inspect',
      ['supervisor', 'zone_lead', 'inspector', 'staff', 'office'],
      ['supervisor', 'zone_lead', 'inspector', 'staff', 'office'],
    ],
    ['proxy', ['liaison', 'department_head', 'town_contact', 'town_head'], []],
    ['correct', ['supervisor', 'liaison', 'zone_lead', 'inspector', 'staff', 'department_head', 'office'], ['office']],
    ['sign', ['signatory'], []],
    ['hand_out_letter', ['liaison', 'town_contact', 'town_head', 'association', 'office'], ['association', 'office']],
    ['claim_fix', ['inspector', 'town_contact', 'town_head', 'signatory'], []],
    ['report_fix', ['town_contact', 'town_head'], []],
    ['send_town_report', ['town_contact', 'town_head'], []],
    ['verify', ['supervisor'], []],
    ['assign', ['liaison', 'zone_lead', 'office'], ['office']],
    ['excuse', ['department_head', 'town_head', 'office'], ['office']],
    [
      'delegate',
      [
        'supervisor',
        'liaison',
        'zone_lead',
        'inspector',
        'staff',
        'department_head',
        'town_contact',
        'town_head',
        'association',
        'office',
        'archivist',
      ],
      ['office'],
    ],
    ['spot_check', ['supervisor', 'office'], ['office']],
    ['refer', ['supervisor', 'town_contact', 'town_head', 'office'], ['office']],
    ['hand_over', ['commander', 'supervisor', 'liaison', 'zone_lead', 'office'], ['commander', 'office']],
    ['notice', ['supervisor', 'office'], ['office']],
    ['notice_urgent', ['commander', 'supervisor', 'office'], ['commander', 'office']],
    ['bind_group', ['liaison', 'zone_lead', 'town_contact', 'town_head', 'association', 'office'], ['office']],
    ['administer', ['office'], ['office']],
    ['archive', ['office', 'archivist'], ['office', 'archivist']],
  ])('%s', (act, ownZone, elsewhere) => {
    expect(who(act, own)).toEqual(ownZone);
    expect(who(act, others)).toEqual(elsewhere);
  });

  it.each<[Act, RoleName[], RoleName[]]>([
    [
      'see_figures',
      ['commander', 'supervisor', 'liaison', 'zone_lead', 'town_contact', 'town_head', 'association', 'office'],
      ['commander', 'association', 'office'],
    ],
    [
      'see_records',
      [
        'commander',
        'supervisor',
        'liaison',
        'zone_lead',
        'inspector',
        'staff',
        'department_head',
        'town_contact',
        'town_head',
        'signatory',
        'office',
      ],
      ['commander', 'office'],
    ],
    [
      'see_letters',
      [
        'commander',
        'supervisor',
        'liaison',
        'zone_lead',
        'town_contact',
        'town_head',
        'association',
        'signatory',
        'office',
      ],
      ['commander', 'association', 'office'],
    ],
    [
      'see_photos',
      [
        'commander',
        'supervisor',
        'liaison',
        'zone_lead',
        'inspector',
        'staff',
        'town_contact',
        'town_head',
        'signatory',
        'office',
      ],
      ['commander', 'office'],
    ],
    ['see_roster', ['zone_lead', 'staff', 'department_head', 'town_contact', 'town_head', 'office'], ['office']],
    ['see_late_names', ['department_head', 'town_contact', 'town_head', 'office'], ['office']],
  ])('%s', (act, ownZone, elsewhere) => {
    expect(who(act, own)).toEqual(ownZone);
    expect(who(act, others)).toEqual(elsewhere);
  });

  it('gives nothing to somebody without a role', () => {
    expect(may({ ...holder('me', 'office', 'city', ''), roles: [] }, 'see_figures')).toBe(false);
  });
});
