// The 10:00 slot: reminders to those who owe, rungs to those above them, one message for each person with all of it
// (REQUIREMENTS 1.7, R48). Everything is one commit: the nudges and the messages stand or fall together.
import { type Day, plusDays } from '../domain/calendar.ts';
import { type Campaign, itemOf, zoneNow } from '../domain/campaign.ts';
import type { ReminderSection, RungCardData } from '../domain/card-data.ts';
import type { Nudge } from '../domain/change.ts';
import { type HandOver, type HandOverPress, openStep } from '../domain/hand-over.ts';
import { idleRung, reminderDue, rungDue } from '../domain/nudge.ts';
import type { RoleName } from '../domain/people.ts';
import { withSlot } from '../domain/sending.ts';
import type { LateRow, Reachable } from '../ports.ts';
import { type CardMessage, cardMessage, sending } from './card-message.ts';
import type { Service } from './service.ts';

const mostRows = 50;

type About = 'home' | 'letter' | 'finding' | 'town_report' | 'zone' | 'hand_over';

/** Where a rung of the ladder leads: a role over the scope the obligation lies in. Empty = a line in the commander's digest. */
type Rung = readonly { readonly role: RoleName; readonly scope: 'department' | 'area' | 'zone' | 'city' }[];
const ladder: Readonly<Record<About, readonly [Rung, Rung, Rung]>> = {
  home: [[{ role: 'department_head', scope: 'department' }], [{ role: 'town_head', scope: 'area' }], []],
  letter: [
    [
      { role: 'association', scope: 'city' },
      { role: 'town_contact', scope: 'area' },
    ],
    [
      { role: 'zone_lead', scope: 'zone' },
      { role: 'liaison', scope: 'zone' },
    ],
    [],
  ],
  finding: [[{ role: 'town_head', scope: 'area' }], [{ role: 'supervisor', scope: 'zone' }], []],
  town_report: [[{ role: 'town_head', scope: 'area' }], [{ role: 'supervisor', scope: 'zone' }], []],
  zone: [[{ role: 'zone_lead', scope: 'zone' }], [{ role: 'liaison', scope: 'zone' }], []],
  // Asked for once; what stays undone stands in the evening's digest.
  hand_over: [[], [], []],
};

const aboutKind = {
  home: 'assignment',
  letter: 'letter',
  finding: 'finding',
  town_report: 'town_report',
  zone: 'inspector',
  hand_over: 'hand_over',
} as const;

interface Mail {
  readonly to: Reachable;
  readonly reminders: { row: LateRow; about: About; step: 1 | 2 }[];
  readonly rungs: { row: LateRow; about: About; rung: 1 | 2 | 3 }[];
  /** Of yesterday, waiting for this person. */
  readonly handOvers: HandOver[];
}

/** The role holders, looked up once for the slot. */
const holderBook = async (service: Service, campaign: Campaign, day: Day) => {
  const roles: RoleName[] = [
    'department_head',
    'town_head',
    'town_contact',
    'association',
    'zone_lead',
    'liaison',
    'supervisor',
    'office',
  ];
  const lists = await Promise.all(roles.map((role) => service.roster.holders(campaign.id, role, day)));
  const book = new Map(roles.map((role, i) => [role, lists[i] ?? []]));
  return (role: RoleName, scope: string | null): Reachable[] =>
    (book.get(role) ?? []).filter((h) => scope === null || h.scope === scope);
};

type Holders = Awaited<ReturnType<typeof holderBook>>;

const scopeOf = (campaign: Campaign, row: LateRow, scope: Rung[number]['scope']): string | null => {
  if (scope === 'department') return `${row.organisation ?? ''}/${row.department ?? ''}`;
  return scope === 'area' ? (row.area ?? '') : scope === 'zone' ? (zoneNow(campaign, row) ?? '') : null;
};

/** Who is told at a rung. A vacancy climbs to the next one (R03); above the bureau's own people stands the office. */
const told = (campaign: Campaign, about: About, rung: 1 | 2 | 3, row: LateRow, holders: Holders): Reachable[] => {
  for (const step of ladder[about].slice(rung - 1)) {
    const found = step.flatMap(({ role, scope }) => holders(role, scopeOf(campaign, row, scope)));
    if (found.length > 0) return found;
    if (about === 'home' && row.area === null && step.length > 0) return holders('office', null);
  }
  return [];
};

export const sendReminders = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  const { calendar, settings } = campaign;
  const until = plusDays(calendar.plusWorkingDays(day, 2), 3);
  const yesterday = calendar.plusWorkingDays(day, -1);
  const [home, letters, findings, reports, idle, handOvers, holders] = await Promise.all([
    service.obligations.home(campaign.id, until),
    service.obligations.letters(campaign.id, until),
    service.obligations.findings(campaign.id, until),
    service.obligations.townReports(campaign, until),
    service.obligations.idle(campaign.id, yesterday),
    service.handOvers.waiting(campaign.id, yesterday),
    holderBook(service, campaign, day),
  ]);
  const people = await service.roster.reach([...home, ...letters].flatMap((r) => r.obligation.personId ?? []));
  const mails = new Map<string, Mail>();
  const mailOf = (to: Reachable): Mail => {
    const mail = mails.get(to.personId) ?? { to, reminders: [], rungs: [], handOvers: [] };
    mails.set(to.personId, mail);
    return mail;
  };
  const nudges: Nudge[] = [];
  const nudge = (about: About, row: LateRow, step: Nudge['step'], to: Reachable | undefined) => {
    nudges.push({
      campaign: campaign.id,
      aboutKind: aboutKind[about],
      aboutId: row.obligation.id,
      step,
      toId: to?.personId ?? null,
      on: day,
      outboxKey: to?.to ? keyOf(campaign, day, to.personId) : null,
    });
  };

  const all: { about: About; row: LateRow }[] = [
    ...home.map((row) => ({ about: 'home' as const, row })),
    ...letters.map((row) => ({ about: 'letter' as const, row })),
    ...findings.map((row) => ({ about: 'finding' as const, row })),
    ...reports.map((row) => ({ about: 'town_report' as const, row })),
  ];
  for (const { about, row } of all) {
    const owner =
      about === 'finding' || about === 'town_report'
        ? holders('town_contact', row.area ?? '')[0]
        : people.get(row.obligation.personId ?? '');
    // Nobody who cannot be reached counts as nudged (E22): for them only the ladder runs.
    const obligation = { ...row.obligation, personId: owner?.to ? owner.personId : null };
    const step = reminderDue(obligation, day, calendar, settings.maxRemindersPerObligation);
    const rung = rungDue(obligation, day, calendar);
    if (step && owner) {
      mailOf(owner).reminders.push({ row, about, step });
      nudge(about, row, `reminder_${step}`, owner);
    } else if (rung) {
      const recipients = told(campaign, about, rung, row, holders);
      for (const to of recipients) if (to.to) mailOf(to).rungs.push({ row, about, rung });
      nudge(about, row, `rung_${rung}`, recipients[0]);
    }
  }
  for (const row of idle) {
    const rung = idleRung(row.idleDays, settings.idleInspectorWorkingDays, row.obligation.taken);
    if (!rung) continue;
    const recipients = told(campaign, 'zone', rung, row, holders);
    for (const to of recipients) if (to.to) mailOf(to).rungs.push({ row, about: 'zone', rung });
    nudge('zone', row, `rung_${rung}`, recipients[0]);
  }
  for (const handOver of handOvers) {
    const step = openStep(handOver);
    const owner = step && holders(step, handOver.zone).find((h) => h.to !== null);
    if (!owner) continue;
    const row = handOverRow(handOver);
    const mail = mailOf(owner);
    mail.reminders.push({ row, about: 'hand_over', step: 1 });
    mail.handOvers.push(handOver);
    nudge('hand_over', row, 'reminder_1', owner);
  }
  const drawn = [...mails.values()].map((mail) => draw(service, campaign, day, now, mail));
  const committed = await service.committer.commit({
    nudges,
    ...sending(drawn),
    events: nudges.map((n) => ({
      campaign: campaign.id,
      at: now,
      kind: n.step.startsWith('rung_') ? 'rung.climbed' : 'reminder.given',
      subject: { kind: n.aboutKind, id: n.aboutId },
      by: null,
      inbound: null,
      data: { step: n.step, to: n.toId },
    })),
  });
  if (committed === 'stale')
    throw new Error('the obligations changed while the reminders were drawn up: the slot runs again');
  service.wake();
};

const keyOf = (campaign: Campaign, day: Day, personId: string): string => `reminders:${campaign.id}:${day}:${personId}`;

const draw = (service: Service, campaign: Campaign, day: Day, now: Date, mail: Mail): CardMessage => {
  const letters = mail.reminders.filter((r) => r.about === 'letter').map((r) => r.row.obligation.id);
  const duty = mail.reminders.find((r) => r.about === 'home');
  const report = mail.reminders.find((r) => r.about === 'town_report');
  const handOver = pressOf(mail.handOvers);
  const reminders = reminderSections(campaign, mail);
  const rungs = [...new Set(mail.rungs.map((r) => `rung_${r.rung}`))];
  const order = {
    key: keyOf(campaign, day, mail.to.personId),
    to: mail.to.to as NonNullable<Reachable['to']>,
    data: {
      ...(letters.length > 0 ? { letters } : {}),
      ...(handOver ? { handOver } : {}),
      ...(report ? { townReport: report.row.obligation.id } : {}),
      ...(duty ? { assignment: duty.row.obligation.id, compound: duty.row.compoundId, strand: 'home' } : {}),
    },
    about: [...mail.reminders, ...mail.rungs].map((r) => ({ kind: aboutKind[r.about], id: r.row.obligation.id })),
    window: withSlot(campaign.calendar, campaign.settings, now),
  };
  const person = mail.to.name;
  return rungs.length > 0
    ? cardMessage(service, campaign, now, {
        ...order,
        kind: 'rung',
        as: 'rung',
        rung: rungs.join(','),
        draws: { person, sections: rungSections(campaign, mail), reminders },
      })
    : cardMessage(service, campaign, now, {
        ...order,
        kind: 'reminder',
        as: 'reminder',
        draws: {
          person,
          sections: reminders,
          canSign: letters.length > 0,
          canInspect: duty !== undefined,
          canReport: report !== undefined,
          canConfirm: handOver !== null,
        },
      });
};

/** Yesterday's summary, as a thing that somebody owes. */
const handOverRow = ({ id, zone, day }: HandOver): LateRow => ({
  obligation: { kind: 'hand_over', id, personId: null, dueOn: day, taken: [], absences: [] },
  name: zone,
  detail: '',
  area: null,
  zone,
  organisation: null,
  department: null,
  compoundId: null,
});

/** One tap confirms those that wait at the same step. */
const pressOf = (own: readonly HandOver[]): HandOverPress | null => {
  const step = own[0] && openStep(own[0]);
  if (!own[0] || !step) return null;
  return { day: own[0].day, step, zones: own.filter((h) => openStep(h) === step).map((h) => h.zone) };
};

/** What a late thing is called: a finding by its compound and item, others by name. */
const nameOf = (campaign: Campaign, about: About, row: LateRow): string => {
  if (about === 'home') return row.detail || row.name;
  if (about !== 'finding') return row.name;
  const item = itemOf(campaign, row.detail);
  return `${row.name}（${item ? `${item.num} ${item.shortLabel}` : row.detail}）`;
};

const reminderSections = (campaign: Campaign, mail: Mail): ReminderSection[] =>
  [...Map.groupBy(mail.reminders, (r) => `${r.about}:${r.step}:${r.row.obligation.dueOn}`).values()].flatMap(
    (group) => {
      const [first] = group;
      return first
        ? [
            {
              about: first.about,
              step: first.step,
              dueOn: first.row.obligation.dueOn,
              ...(first.about === 'hand_over' ? { overdue: true } : {}),
              names: group.map((r) => nameOf(campaign, r.about, r.row)).slice(0, mostRows),
            },
          ]
        : [];
    },
  );

const rungSections = (campaign: Campaign, mail: Mail): RungCardData['sections'] =>
  [...Map.groupBy(mail.rungs, (r) => `${r.about}:${r.rung}`).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const rows = group
      .slice(0, mostRows)
      .map((r) =>
        r.about === 'finding'
          ? { name: nameOf(campaign, r.about, r.row), detail: r.row.area ?? '' }
          : { name: r.row.name, detail: r.row.detail },
      );
    return [{ about: first.about, rung: first.rung, dueOn: first.row.obligation.dueOn, rows, total: group.length }];
  });
