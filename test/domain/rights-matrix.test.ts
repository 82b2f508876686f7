// Every door against every role (REQUIREMENTS 1.7): each command, each action of a card and each route of the API has its row
// here, and the rows agree with the table of rights. A new door without a row fails; pages get their rows below the routes.
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/domain/commands.ts';
import type { Holding, RoleName } from '../../src/domain/people.ts';
import { type Act, may, type Subject } from '../../src/domain/rights.ts';
import { apiRoutes } from '../../src/http/api/api.ts';
import type { ApiServices } from '../../src/http/api/services.ts';
import { type PackPageParts, packRouter } from '../../src/http/web/pack.ts';
import { commandsFor } from '../../src/usecases/answer-command.ts';
import { actions } from '../../src/usecases/handle-inbound.ts';
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
const as = (role: RoleName) => holder('me', role, ...scopes[role]);

/**
 * What a door asks of whoever comes: one of these rights where it is about something of one's own; `anybody` who is known;
 * `addressee`: the card's own person, whatever the role (a press by anybody else is refused before any act).
 */
type Asks = readonly Act[] | 'anybody' | 'addressee';

const commandRows: Readonly<Record<string, Asks>> = {
  report: ['see_figures', 'see_records'],
  unsigned: ['see_letters'],
  overdue: ['see_findings', 'see_figures'],
  assign: ['assign'],
  notice: ['notice', 'notice_urgent'],
  phase: ['administer'],
  selfcheck: ['administer'],
  fixed: ['claim_fix', 'report_fix'],
  verify: ['verify', 'inspect'],
  reopen: ['verify', 'inspect'],
  refer: ['refer'],
  dashboard: ['see_figures', 'see_digest'],
  proxy: ['proxy'],
  who: 'anybody',
  excuse: ['excuse'],
  delegate: ['delegate'],
  home: ['inspect'],
  spotcheck: ['spot_check'],
  townreport: ['send_town_report', 'see_figures'],
  bind: ['bind_group'],
  correct: ['correct'],
  form: 'anybody',
  help: 'anybody',
};

/** Doors that the table gives to more roles than their help names: they are about something else of those people. */
const quietlyMay: Readonly<Record<string, readonly RoleName[]>> = {
  report: ['department_head', 'signatory'],
  unsigned: ['signatory'],
  overdue: ['inspector', 'staff', 'signatory'],
  verify: ['zone_lead', 'staff', 'office'],
  reopen: ['zone_lead', 'staff', 'office'],
  delegate: ['association', 'archivist'],
  correct: ['supervisor'],
  home: ['supervisor', 'zone_lead', 'inspector', 'office'],
  townreport: ['zone_lead', 'association'],
};

const actionRows: Readonly<Record<string, Asks>> = {
  all_ok: ['inspect'],
  submit: ['inspect', 'send_town_report'],
  has_exceptions: 'anybody',
  open: 'anybody',
  list: ['see_figures'],
  acknowledge: 'anybody',
  remind: ['notice', 'notice_urgent'],
  confirm: ['hand_over'],
  undo: ['correct'],
  correct: ['correct'],
  why: 'anybody',
  yesterday: ['correct'],
  sign: ['sign'],
  not_me: 'addressee',
  claim: ['claim_fix'],
  report_fix: ['report_fix'],
  progress: ['report_fix'],
  wrong_record: ['report_fix'],
  verify: ['verify'],
  reopen: ['verify'],
};

/** The token acts as the office (1.7): whoever has it may use them all, nobody else any. */
const routeRows: readonly string[] = [
  'delete /webhooks/{id}',
  'get /assignments',
  'get /campaign',
  'get /compounds',
  'get /deliveries',
  'get /events',
  'get /exports/assignments',
  'get /exports/check-form',
  'get /exports/findings',
  'get /exports/ledger',
  'get /exports/referrals',
  'get /exports/signing',
  'get /exports/town-report',
  'get /findings',
  'get /findings/{id}',
  'get /groups',
  'get /inspections',
  'get /ledger',
  'get /letters',
  'get /packs',
  'get /people',
  'get /referrals',
  'get /spot-checks',
  'get /spot-checks/{id}',
  'get /tally',
  'get /town-reports',
  'get /trend',
  'get /webhooks',
  'post /deliveries/{id}/resend',
  'post /imports',
  'post /packs',
  'post /parse',
  'get /areas',
  'get /organisations',
  'get /settings',
  'get /units',
  'get /zones',
  'patch /companies/{id}',
  'patch /compounds/{id}',
  'patch /people/{id}',
  'patch /people/{id}/roles/{role}',
  'patch /units/{id}',
  'post /companies',
  'post /compounds',
  'post /compounds/{id}/take-up',
  'post /organisations',
  'post /people',
  'post /people/{id}/deputies',
  'post /people/{id}/roles',
  'post /units',
  'put /areas/{area}/zone',
  'put /compounds/{id}/company',
  'put /groups/{channel}/{externalId}',
  'put /people/{id}/bindings/{channel}',
  'put /settings/{key}',
  'post /webhooks',
  'post /webhooks/{id}/secret',
  'post /webhooks/{id}/test',
  'put /webhooks/{id}',
];

const mayAny = (role: RoleName, asks: Asks): boolean =>
  !Array.isArray(asks) || asks.some((act) => may(as(role), act, own));

describe('every command', () => {
  it('has its row', () => {
    expect(Object.keys(commandRows).sort()).toEqual(commands.map((c) => c.name).sort());
  });

  it.each(commands.map((c) => c.name))('%s is in the help of those who may, and of nobody else', (name) => {
    const asks = commandRows[name] as Asks;
    const shown = roles.filter((role) => commandsFor(as(role)).some((c) => c.name === name));
    const allowed = roles.filter((role) => mayAny(role, asks));
    expect(shown.filter((role) => !allowed.includes(role))).toEqual([]);
    expect(allowed.filter((role) => !shown.includes(role))).toEqual(quietlyMay[name] ?? []);
  });
});

describe('every action of a card', () => {
  it('has its row', () => {
    expect(Object.keys(actionRows).sort()).toEqual([...actions].sort());
  });

  it.each(Object.entries(actionRows))('%s can be done by somebody, and by nobody without a role', (_, asks) => {
    expect(roles.some((role) => mayAny(role, asks))).toBe(true);
    if (Array.isArray(asks)) {
      const nobody = { ...as('office'), roles: [] };
      expect(asks.some((act: Act) => may(nobody, act, { ...own, personId: 'somebody' }))).toBe(false);
    }
  });
});

describe('every route of the API', () => {
  it('has its row', () => {
    const routes = apiRoutes({} as ApiServices).map((route) => `${route.method} ${route.path}`);
    expect(routes.sort()).toEqual([...routeRows].sort());
  });

  it('that changes anything is the office’s alone, on pages too (R01)', () => {
    const changing = apiRoutes({} as ApiServices).filter((route) => route.method !== 'get' && route.onPages);
    expect(changing.length).toBeGreaterThan(10);
    const opened = (route: (typeof changing)[number]) => roles.filter((role) => mayAny(role, route.onPages ?? []));
    expect(changing.filter((route) => opened(route).join() !== 'office').map((route) => route.path)).toEqual([]);
  });
});

/** What the pages have beside the API's own routes: reading and changing a campaign's pack. */
const pageRows: Readonly<Record<string, Asks>> = {
  'get /dashboard/api/pack': ['administer'],
  'post /dashboard/api/pack/check': ['administer'],
  'post /dashboard/api/pack/publish': ['administer'],
};

describe('every route of the pack page', () => {
  it('has its row, and is the office’s alone', () => {
    const routes = packRouter({} as PackPageParts).stack.flatMap(({ methods, path }) =>
      methods.filter((method) => method !== 'HEAD').map((method) => `${method.toLowerCase()} ${String(path)}`),
    );
    expect(routes.sort()).toEqual(Object.keys(pageRows).sort());
    for (const asks of Object.values(pageRows)) expect(roles.filter((role) => mayAny(role, asks))).toEqual(['office']);
  });
});
