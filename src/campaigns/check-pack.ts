// What is wrong with a pack whose files are well-formed one by one: ids that lead nowhere or stand twice, dates that cross.
// And what is not wrong, but worth knowing before the campaign runs. Pure; says of each where in the pack it stands.
import { type Day, type Holidays, sayDay } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import { reason } from '../domain/reason.ts';
import { type ChecklistFile, questionsOf } from './checklist-schema.ts';
import { campaignFrom, firstDayOf, type PackBody } from './pack-body.ts';
import { type Plan, standsTwice } from './plan-schema.ts';

export interface PackRemark {
  /** A fault keeps the pack from being taken in; a note does not. */
  readonly weight: 'fault' | 'note';
  /** Inside the body: `plan` …, `checklists` n …, `letters` n …, `zones` n …. */
  readonly path: readonly (string | number)[];
  /** In both languages (domain/reason.ts). */
  readonly reason: string;
}

type Path = PackRemark['path'];
const fault = (path: Path, zh: string, en: string): PackRemark => ({ weight: 'fault', path, reason: reason(zh, en) });
const note = (path: Path, zh: string, en: string): PackRemark => ({ weight: 'note', path, reason: reason(zh, en) });

/** Faults first. Notes are looked for only where there is no fault: half of them would be about it. */
export const remarksOn = (body: PackBody, holidays: Holidays): PackRemark[] => {
  const faults = [
    ...danglingNames(
      body.plan,
      body.checklists.map(({ id }) => id),
      body.letters.map(({ id }) => id),
    ),
    ...doubledFiles(body),
    ...body.checklists.flatMap(doubledIn),
    ...doubledPhases(body.plan),
    ...crossedDates(body.plan),
    ...crossedHolidays(body.plan),
    ...slotsTooLate(body.plan),
  ];
  return faults.length > 0 ? faults : notesOn(body, campaignFrom(body, 1, holidays));
};

// ---- ids ------------------------------------------------------------------------------------------------------------

/** Strands that name a checklist or a letter that is not there. A null stands for a file whose id cannot be read. */
export const danglingNames = (
  plan: Plan,
  checklists: readonly (string | null)[],
  letters: readonly (string | null)[],
): PackRemark[] =>
  plan.strands.flatMap((strand, i) =>
    (
      [
        ['checklist', checklists],
        ['letter', letters],
      ] as const
    ).flatMap(([key, ids]) => {
      const wanted = strand[key];
      // A file with faults has no id to compare: its own faults say enough.
      if (wanted === undefined || ids.includes(null) || ids.includes(wanted)) return [];
      return [
        fault(
          ['plan', 'strands', i, key],
          `没有编号为 ${wanted} 的${key === 'checklist' ? '检查表' : '信'}，请改正`,
          `no ${key}*.yaml of this pack has the id ${wanted}: mend one of the two`,
        ),
      ];
    }),
  );

const repeats = (ids: readonly string[]): number[] => ids.flatMap((id, i) => (ids.indexOf(id) < i ? [i] : []));

const doubledFiles = ({ checklists, letters }: PackBody): PackRemark[] =>
  (
    [
      ['checklists', checklists],
      ['letters', letters],
    ] as const
  ).flatMap(([part, files]) =>
    repeats(files.map(({ id }) => id)).map((i) =>
      fault(
        [part, i, 'id'],
        `另一个文件也用 ${files[i]?.id} 这个编号，请改成别的`,
        `another file of this pack has the id ${files[i]?.id}: give this one another`,
      ),
    ),
  );

const doubledPhases = ({ strands }: Plan): PackRemark[] => {
  const all = strands.flatMap(({ phases }, i) =>
    phases.map(({ id }, j) => ({ id, path: ['plan', 'strands', i, 'phases', j, 'id'] as Path })),
  );
  return repeats(all.map(({ id }) => id)).flatMap((i) => {
    const at = all[i];
    return at ? [{ weight: 'fault' as const, path: at.path, reason: standsTwice }] : [];
  });
};

/** Options of a choice, columns of the form, and a remark that is called like a question. */
const doubledIn = (checklist: ChecklistFile, n: number): PackRemark[] => {
  const twice = (path: Path): PackRemark => ({
    weight: 'fault',
    path: ['checklists', n, ...path],
    reason: standsTwice,
  });
  const options = checklist.items.flatMap((item, i) => {
    const own = item.type === 'group' ? item.items.map((q, j) => [q, ['items', i, 'items', j]] as const) : [];
    const questions = item.type === 'group' ? own : [[item, ['items', i]] as const];
    return questions.flatMap(([question, path]) =>
      question.type === 'choice'
        ? repeats(question.options.map(({ id }) => id)).map((j) => twice([...path, 'options', j, 'id']))
        : [],
    );
  });
  const fields = checklist.basic_info?.fields ?? [];
  const questions = questionsOf(checklist).map(({ id }) => id);
  return [
    ...options,
    ...repeats(fields.map(({ id }) => id)).map((i) => twice(['basic_info', 'fields', i, 'id'])),
    ...checklist.free_text.flatMap(({ id }, i) => (questions.includes(id) ? [twice(['free_text', i, 'id'])] : [])),
  ];
};

// ---- dates ----------------------------------------------------------------------------------------------------------

const crossedDates = (plan: Plan): PackRemark[] => {
  const first = firstDayOf(plan);
  const last = lastDayOf(plan);
  return plan.deadlines.flatMap(({ date }, i) => {
    if (date === undefined) return [];
    if (date < first)
      return [
        fault(
          ['plan', 'deadlines', i, 'date'],
          `早于行动的第一天（${first}），请改正`,
          `lies before the campaign's first day (${first}): mend it`,
        ),
      ];
    if (last !== null && date > last && plan.deadlines[i]?.id !== TOWN_REPORT)
      return [
        fault(
          ['plan', 'deadlines', i, 'date'],
          `晚于最后一个阶段的结束日（${last}），请改正`,
          `lies after the last phase has ended (${last}): mend one of the two`,
        ),
      ];
    return [];
  });
};

const TOWN_REPORT = 'town-report';
const RECTIFICATION = 'rectification';

/** Null where a phase is open-ended. */
const lastDayOf = (plan: Plan): Day | null => {
  const ends = plan.strands.flatMap(({ phases }) => phases.map(({ end }) => end));
  return ends.includes(null) ? null : ((ends as Day[]).sort().at(-1) ?? null);
};

const crossedHolidays = (plan: Plan): PackRemark[] => {
  const years = Object.entries(plan.derived.working_calendar ?? {});
  const working = new Set(years.flatMap(([, days]) => (Array.isArray(days) ? days : [])));
  return years.flatMap(([key, days]) => {
    const path: Path = ['plan', 'derived', 'working_calendar', key];
    const year = key.slice(-4);
    const foreign = (at: Path, named: readonly Day[]) =>
      named.some((day) => !day.startsWith(year))
        ? [fault(at, `不是 ${year} 年的日期，请改正`, `is no day of ${year}: mend it, or the year in ${key}`)]
        : [];
    if (Array.isArray(days)) return days.flatMap((day, i) => foreign([...path, i], [day]));
    return Object.entries(days).flatMap(([name, [from, to]]) => {
      const at: Path = [...path, name];
      if (from > to)
        return [fault(at, '放假的结束日早于开始日，请改正', 'ends before it begins: mend one of the two days')];
      const both = [...working].find((day) => from <= day && day <= to);
      return [
        ...foreign(at, [from, to]),
        ...(both === undefined
          ? []
          : [
              fault(
                at,
                `${both} 既放假又上班，请删去一处`,
                `${both} is both a day off and a working day: take one out`,
              ),
            ]),
      ];
    });
  });
};

// ---- notes ----------------------------------------------------------------------------------------------------------

const notesOn = (body: PackBody, campaign: Campaign): PackRemark[] => [
  ...daysOff(body.plan, campaign),
  ...yearsWithout(body.plan, campaign),
  ...slotNotes(body.plan),
  ...missingDeadlines(body.plan),
  ...unusedFiles(body),
  ...staleExamples(body.plan, campaign),
];

const daysOff = ({ strands, deadlines }: Plan, { calendar }: Campaign): PackRemark[] => {
  const off = (path: Path, day: Day | null | undefined): PackRemark[] =>
    !day || calendar.isWorkingDay(day)
      ? []
      : [
          note(
            path,
            `${sayDay(day)}不上班，最后的工作日是${sayDay(calendar.plusWorkingDays(day, -1))}`,
            `${day} is a day off, the last working day before it is ${calendar.plusWorkingDays(day, -1)}`,
          ),
        ];
  return [
    ...strands.flatMap(({ phases }, i) =>
      phases.flatMap(({ end }, j) => off(['plan', 'strands', i, 'phases', j, 'end'], end)),
    ),
    ...deadlines.flatMap(({ date }, i) => off(['plan', 'deadlines', i, 'date'], date)),
  ];
};

const yearsWithout = (plan: Plan, { calendar }: Campaign): PackRemark[] => {
  const days = plan.strands.flatMap(({ phases }, i) =>
    phases.flatMap(({ start, end }, j) =>
      (['start', 'end'] as const).map((key) => ({
        day: key === 'start' ? start : end,
        path: ['plan', 'strands', i, 'phases', j, key] as Path,
      })),
    ),
  );
  const seen = new Set<string>();
  return days.flatMap(({ day, path }) => {
    const year = day?.slice(0, 4);
    if (!day || year === undefined || seen.has(year) || calendar.isOfficial(day)) return [];
    seen.add(year);
    return [
      note(
        path,
        `${year} 年没有官方的放假安排，按周一至周五算工作日；安排公布后请补上`,
        `${year} has no official working days, Monday to Friday counts: add campaigns/holidays/${year}.json when they are announced`,
      ),
    ];
  });
};

/** What these send belongs to their day: it is dropped when working hours end (domain/sending.ts). */
const DAILY = ['assignments', 'reminders', 'next_day', 'hand_over'] as const;

const slotsTooLate = ({ schedule, settings }: Plan): PackRemark[] =>
  DAILY.flatMap((kind) => {
    const [, to] = settings.working_hours;
    const at = schedule[kind]?.at;
    if (at === undefined || at < to) return [];
    return [
      fault(
        ['plan', 'schedule', kind, 'at'],
        `在下班（${to}）之后：当天的消息一条也发不出，请提前`,
        `lies after working hours (until ${to}): nothing it sends would leave, move it before them`,
      ),
    ];
  });

const slotNotes = ({ schedule, settings, strands }: Plan): PackRemark[] => {
  const [from] = settings.working_hours;
  const has = (...ids: readonly string[]): boolean =>
    strands.some(({ id, phases }) => ids.includes(id) && phases.length > 0);
  const lacking = (kind: keyof typeof schedule, needed: boolean, zh: string, en: string): PackRemark[] =>
    schedule[kind] || !needed ? [] : [note(['plan', 'schedule'], zh, `there is no slot ${kind}: ${en}`)];
  return [
    ...DAILY.flatMap((kind) => {
      const at = schedule[kind]?.at;
      if (at === undefined || from <= at) return [];
      return [
        note(
          ['plan', 'schedule', kind, 'at'],
          `早于上班时间（${from}）`,
          `lies before working hours (from ${from}): people hear of it that early`,
        ),
      ];
    }),
    ...lacking(
      'assignments',
      has('zone', 'home'),
      '没有“发检查安排”的时段：不会有人收到检查安排',
      'nobody is sent an assignment',
    ),
    ...lacking('reminders', has('zone', 'home', 'letter'), '没有“提醒”的时段：不会提醒任何人', 'nobody is reminded'),
    ...lacking('day_close', true, '没有“日终”的时段：到期未办的不会结转', 'what has run out is never closed'),
    ...lacking('tally', has('zone'), '没有“小结”的时段：组团群里不会发小结', 'zone groups get no tally'),
    ...lacking('backup', true, '没有“备份”的时段：不会每晚备份', 'nothing is backed up at night'),
  ];
};

const missingDeadlines = ({ deadlines }: Plan): PackRemark[] => [
  ...(deadlines.some(({ id }) => id === RECTIFICATION)
    ? []
    : [
        note(
          ['plan', 'deadlines'],
          '没有写整改期限（rectification），按 2 个工作日算',
          `there is no deadline ${RECTIFICATION}: towns have 2 working days`,
        ),
      ]),
  ...deadlines.flatMap(({ id, working_days: n }, i) =>
    (id === RECTIFICATION) === (n !== undefined)
      ? []
      : [
          note(
            ['plan', 'deadlines', i],
            '只有整改期限（rectification）用工作日数，其他期限用日期：这一条不起作用',
            `only ${RECTIFICATION} counts in working days, and it does: this one is not used`,
          ),
        ],
  ),
];

const unusedFiles = ({ plan, checklists, letters }: PackBody): PackRemark[] => [
  ...checklists.flatMap(({ id }, i) =>
    plan.strands.some(({ checklist }) => checklist === id)
      ? []
      : [note(['checklists', i, 'id'], '没有哪条线用这份检查表', 'no strand uses this checklist')],
  ),
  ...(letters.length > 0 && !plan.strands.some(({ letter }) => letter !== undefined)
    ? [note(['letters', 0, 'id'], '没有哪条线用这封信', 'no strand uses this letter')]
    : []),
];

/** Examples that the plan gives of its own rule, counted again. */
const staleExamples = (plan: Plan, { calendar, rectificationWorkingDays: n }: Campaign): PackRemark[] => {
  const examples = plan.derived.rectification_due_examples;
  if (typeof examples !== 'object' || examples === null) return [];
  return Object.entries(examples).flatMap(([day, due]) => {
    const counted = calendar.plusWorkingDays(day, n);
    return counted === due
      ? []
      : [
          note(
            ['plan', 'derived', 'rectification_due_examples', day],
            `按本行动的工作日应为 ${counted}`,
            `by this pack's working days it is ${counted}`,
          ),
        ];
  });
};
