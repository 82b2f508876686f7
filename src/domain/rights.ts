// Who may do what, and who sees what: the one table of REQUIREMENTS 1.7, asked by every use case, command, page and route.
import type { Holding, Person, RoleName } from './people.ts';

export type Act =
  | 'inspect'
  | 'proxy'
  | 'correct'
  | 'sign'
  | 'hand_out_letter'
  | 'claim_fix'
  | 'report_fix'
  | 'send_town_report'
  | 'verify'
  | 'assign'
  | 'excuse'
  | 'delegate'
  | 'spot_check'
  | 'refer'
  | 'hand_over'
  | 'notice'
  | 'notice_urgent'
  | 'bind_group'
  | 'administer'
  | 'archive'
  | 'see_figures'
  | 'see_records'
  | 'see_letters'
  | 'see_findings'
  | 'see_photos'
  | 'see_roster'
  | 'see_late_names'
  | 'see_digest';

/** What an act is about: its place in the campaign and whose it is. Leave out what does not apply. */
export interface Subject {
  readonly zone?: string | null;
  readonly area?: string | null;
  readonly organisation?: string | null;
  /** `organisation/department`. */
  readonly department?: string | null;
  readonly unitId?: string | null;
  readonly personId?: string | null;
}

/** `all` = anywhere; `own` = where the role's scope covers the subject; `self` = one's own record or duty. */
type Reach = 'all' | 'own' | 'self';
type Grant = readonly [role: RoleName, reach: Reach];

const table: Readonly<Record<Act, readonly Grant[]>> = {
  inspect: [
    ['staff', 'all'],
    ['inspector', 'all'],
    ['zone_lead', 'all'],
    ['supervisor', 'all'],
    ['office', 'all'],
  ],
  proxy: [
    ['liaison', 'own'],
    ['department_head', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
  ],
  correct: [
    ['staff', 'self'],
    ['inspector', 'self'],
    ['zone_lead', 'self'],
    ['supervisor', 'self'],
    ['liaison', 'own'],
    ['department_head', 'own'],
    ['office', 'all'],
  ],
  sign: [['signatory', 'own']],
  // To its head, who alone may sign.
  hand_out_letter: [
    ['liaison', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['association', 'all'],
    ['office', 'all'],
  ],
  claim_fix: [
    ['signatory', 'own'],
    ['inspector', 'self'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
  ],
  report_fix: [
    ['town_contact', 'own'],
    ['town_head', 'own'],
  ],
  send_town_report: [
    ['town_contact', 'own'],
    ['town_head', 'own'],
  ],
  verify: [['supervisor', 'own']],
  assign: [
    ['zone_lead', 'own'],
    ['liaison', 'own'],
    ['office', 'all'],
  ],
  excuse: [
    ['department_head', 'own'],
    ['town_head', 'own'],
    ['office', 'all'],
  ],
  delegate: [
    ['supervisor', 'self'],
    ['liaison', 'self'],
    ['inspector', 'self'],
    ['staff', 'self'],
    ['town_contact', 'self'],
    ['town_head', 'self'],
    ['association', 'self'],
    ['archivist', 'self'],
    ['department_head', 'own'],
    ['department_head', 'self'],
    ['zone_lead', 'own'],
    ['zone_lead', 'self'],
    ['office', 'all'],
  ],
  spot_check: [
    ['supervisor', 'own'],
    ['office', 'all'],
  ],
  refer: [
    ['supervisor', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['office', 'all'],
  ],
  hand_over: [
    ['zone_lead', 'own'],
    ['liaison', 'own'],
    ['supervisor', 'own'],
    ['commander', 'all'],
    ['office', 'all'],
  ],
  notice: [
    ['supervisor', 'own'],
    ['office', 'all'],
  ],
  notice_urgent: [
    ['commander', 'all'],
    ['supervisor', 'own'],
    ['office', 'all'],
  ],
  bind_group: [
    ['office', 'all'],
    ['liaison', 'own'],
    ['zone_lead', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['association', 'own'],
  ],
  administer: [['office', 'all']],
  archive: [
    ['office', 'all'],
    ['archivist', 'all'],
  ],
  see_figures: [
    ['commander', 'all'],
    ['supervisor', 'own'],
    ['liaison', 'own'],
    ['zone_lead', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['association', 'all'],
    ['office', 'all'],
  ],
  see_records: [
    ['commander', 'all'],
    ['supervisor', 'own'],
    ['liaison', 'own'],
    ['zone_lead', 'own'],
    ['inspector', 'self'],
    ['staff', 'self'],
    ['department_head', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['signatory', 'own'],
    ['office', 'all'],
  ],
  see_letters: [
    ['commander', 'all'],
    ['supervisor', 'own'],
    ['liaison', 'own'],
    ['zone_lead', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['association', 'all'],
    ['signatory', 'own'],
    ['office', 'all'],
  ],
  see_findings: [
    ['commander', 'all'],
    ['supervisor', 'own'],
    ['liaison', 'own'],
    ['zone_lead', 'own'],
    ['inspector', 'self'],
    ['staff', 'self'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['signatory', 'own'],
    ['office', 'all'],
  ],
  see_photos: [
    ['commander', 'all'],
    ['supervisor', 'own'],
    ['liaison', 'own'],
    ['zone_lead', 'own'],
    ['inspector', 'self'],
    ['staff', 'self'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    // Of findings only: no other photo names a unit.
    ['signatory', 'own'],
    ['office', 'all'],
  ],
  see_roster: [
    ['zone_lead', 'own'],
    ['staff', 'self'],
    ['department_head', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['office', 'all'],
  ],
  see_late_names: [
    ['department_head', 'own'],
    ['town_contact', 'own'],
    ['town_head', 'own'],
    ['office', 'all'],
  ],
  see_digest: [
    ['commander', 'all'],
    ['supervisor', 'own'],
    ['liaison', 'own'],
    ['zone_lead', 'own'],
    ['department_head', 'own'],
    ['association', 'own'],
    ['office', 'all'],
  ],
};

const covers = (holding: Holding, subject: Subject): boolean => {
  switch (holding.scopeKind) {
    case 'city':
      return true;
    case 'zone':
      return subject.zone === holding.scope;
    case 'area':
      return subject.area === holding.scope;
    case 'organisation':
      return subject.organisation === holding.scope;
    case 'department':
      return subject.department === holding.scope;
    case 'unit':
      return subject.unitId === holding.scope;
  }
};

/** Whether this person may do this to this. Roles that ended are no longer among the person's roles. */
export const may = (person: Person, act: Act, subject: Subject = {}): boolean =>
  table[act].some(([role, reach]) =>
    person.roles.some(
      (holding) =>
        holding.role === role &&
        (reach === 'all' || (reach === 'self' ? subject.personId === person.id : covers(holding, subject))),
    ),
  );
