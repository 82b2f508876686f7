// The cards of one campaign as its people would get them, with invented compounds and people: for whoever writes a pack and
// wants to see what becomes of it. Only what the pack has: no letter card where there is no letter.
import { plusDays } from '../domain/calendar.ts';
import { areasOf, type Campaign, checklistOf, type StrandId, strandOf, zonesOf } from '../domain/campaign.ts';
import type { Card } from '../domain/card.ts';
import type { CardDataOf } from '../domain/card-data.ts';
import type { CardPlace } from '../domain/card-preview.ts';
import type { Checklist } from '../domain/checklist.ts';
import type { Figures } from '../domain/figures.ts';
import type { CardBook } from '../ports.ts';
import { itemData } from '../usecases/checklist-form.ts';

export interface PackSample {
  /** Names the sample: the card's kind, and which of them where there are several. */
  readonly id: string;
  readonly place: CardPlace;
  readonly card: Card;
}

/** In the order in which a day brings them. */
export const packSamples = (campaign: Campaign, book: CardBook): PackSample[] => {
  const facts = factsOf(campaign);
  const has = (id: StrandId): boolean => (strandOf(campaign, id)?.phases.length ?? 0) > 0;
  const inspecting = (['zone', 'home'] as const).filter((id) => strandOf(campaign, id)?.checklist);
  const [first] = inspecting;
  const draw = <Kind extends keyof CardDataOf>(
    kind: Kind,
    place: CardPlace,
    data: CardDataOf[Kind],
    more = '',
  ): PackSample => ({
    id: more === '' ? kind : `${kind}-${more}`,
    place,
    card: book.draw(kind, `sample-${kind}${more === '' ? '' : `-${more}`}`, data),
  });
  return [
    ...(has('zone') ? [draw('assignment', 'group', assignment(campaign, facts))] : []),
    ...inspecting.map((id) => draw('checklist', 'person', checklist(campaign, facts, id, false), id)),
    ...(first === undefined
      ? []
      : [
          draw('checklist', 'person', checklist(campaign, facts, first, true), 'exceptions'),
          draw('confirmation', 'person', confirmation(facts, checklistOf(campaign, first))),
          draw('question', 'person', question(facts, checklistOf(campaign, first))),
          draw('finding', 'person', finding(campaign, facts, checklistOf(campaign, first))),
          draw('recheck', 'person', recheck(facts, checklistOf(campaign, first))),
        ]),
    ...(campaign.letter && has('letter') ? [draw('letter', 'person', letter(campaign.letter, facts))] : []),
    draw('reminder', 'person', {
      person: '张工',
      sections: [
        ...(has('home')
          ? [{ about: 'home' as const, step: 1 as const, dueOn: facts.dueOn, names: [facts.compound] }]
          : []),
        ...(has('letter')
          ? [{ about: 'letter' as const, step: 2 as const, dueOn: facts.dueOn, names: [facts.unit] }]
          : []),
        { about: 'finding', step: 1, dueOn: facts.dueOn, names: [facts.compound] },
      ],
      canSign: has('letter'),
      canInspect: inspecting.length > 0,
    }),
    draw('rung', 'person', {
      person: '陈科',
      sections: [
        {
          about: 'finding',
          rung: 1,
          dueOn: facts.dueOn,
          rows: [{ name: facts.compound, detail: facts.area }],
          total: 1,
        },
      ],
      reminders: [],
    }),
    ...(campaign.townReportDue === null
      ? []
      : [draw('town_report', 'person', townReport(campaign.townReportDue, facts))]),
    ...(has('zone') ? [draw('handover', 'person', handover(facts))] : []),
    ...(has('zone')
      ? [
          draw('tally', 'group', {
            zone: facts.zone,
            day: facts.day,
            cutOffAt: facts.evening,
            figures: facts.figures,
            areas: areasOf(campaign, facts.zone).map((area) => ({ area, ...facts.figures })),
          }),
        ]
      : []),
    draw('digest', 'person', digest(campaign, book, facts)),
    draw('notice', 'group', {
      from: campaign.organisation.office,
      title: campaign.title,
      text: campaign.strands.map(({ name }) => name).join('、'),
      urgent: false,
      version: 1,
      readers: { read: 5, total: 12 },
      sent: null,
    }),
    draw('report', 'person', {
      title: facts.zone,
      cutOffAt: facts.evening,
      figures: facts.figures,
      rows: areasOf(campaign, facts.zone).map((name) => ({ name, detail: '' })),
      total: areasOf(campaign, facts.zone).length,
    }),
  ];
};

type Facts = ReturnType<typeof factsOf>;

const compoundsShown = 9;

const factsOf = (campaign: Campaign) => {
  const { calendar, firstDay } = campaign;
  const day = calendar.isWorkingDay(firstDay) ? firstDay : calendar.plusWorkingDays(firstDay, 1);
  const zone = zonesOf(campaign)[0] ?? '';
  const figures: Figures = {
    compounds: { known: 212, covered: 37, coveredToday: 9 },
    inspections: { total: 40, today: 10 },
    findings: { total: 3, toFix: 2, toVerify: 1, verified: 0, withdrawn: 0, overdue: 0 },
    letters: { owed: 40, signed: 11, signedLate: 1, unreachable: 0, undecided: 0 },
    home: { owed: 120, done: 31, late: 2, excused: 1, excluded: 4 },
  };
  return {
    day,
    dueOn: calendar.plusWorkingDays(day, campaign.rectificationWorkingDays),
    morning: calendar.instant(day, '10:12'),
    evening: calendar.instant(day, '20:00'),
    zone,
    area: areasOf(campaign, zone)[0] ?? '',
    compound: '示例花园',
    unit: '示例物业服务有限公司',
    figures,
  };
};

const assignment = (campaign: Campaign, facts: Facts): CardDataOf['assignment'] => ({
  zone: facts.zone,
  person: null,
  day: facts.day,
  until: campaign.settings.workingHours[1],
  compounds: Array.from({ length: compoundsShown }, (_, i) => ({
    id: `c${i + 1}`,
    name: `${facts.compound}${i + 1}`,
    area: facts.area,
    inspectors: [i % 2 === 0 ? '张工' : '李工'],
    reasons: ['not_yet_checked'],
    doneAt: null,
    doneBy: null,
  })),
  counts: [{ reason: 'not_yet_checked', n: compoundsShown }],
  receipt: null,
});

const checklist = (
  campaign: Campaign,
  facts: Facts,
  strand: 'home' | 'zone',
  exceptionsOnly: boolean,
): CardDataOf['checklist'] => {
  const { items, noteLabel } = checklistOf(campaign, strand);
  return {
    compound: { id: 'c1', label: facts.compound },
    area: facts.area,
    company: facts.unit,
    inspector: '张工',
    checkOn: facts.day,
    dueOn: facts.dueOn,
    strand,
    reasons: [strand === 'home' ? 'home_duty' : 'not_yet_checked'],
    items: items.map(itemData),
    noteLabel,
    exceptionsOnly,
    missing: [],
  };
};

const oneItem = ({ items }: Checklist): { readonly num: number; readonly shortLabel: string } => {
  const { num, shortLabel } = items.find(({ kind }) => kind === 'yes_no') ?? items[0] ?? { num: 1, shortLabel: '' };
  return { num, shortLabel };
};

const confirmation = (facts: Facts, list: Checklist): CardDataOf['confirmation'] => ({
  compound: { id: 'c1', label: facts.compound },
  done: list.items.length - 1,
  notDone: [oneItem(list)],
  note: null,
  at: facts.morning,
  checkOn: facts.day,
  inspector: '张工',
  told: facts.area,
  fixBy: facts.dueOn,
  late: false,
  homeDutyOpen: false,
  selfCheck: false,
  pending: false,
  version: 1,
  canUndo: true,
  understood: [],
});

/** As many readings as a question offers at most (VOICE 5). */
const MOST_READINGS = 4;

const question = (facts: Facts, list: Checklist): CardDataOf['question'] => ({
  asks: 'which_item',
  words: Object.keys(list.ambiguousWords)[0] ?? oneItem(list).shortLabel,
  compound: facts.compound,
  answers: list.items
    .slice(0, MOST_READINGS)
    .map(({ num, shortLabel }, i) => ({ id: `${i + 1}`, label: `${num} ${shortLabel}` })),
});

const finding = (campaign: Campaign, facts: Facts, list: Checklist): CardDataOf['finding'] => ({
  area: facts.area,
  findings: [
    {
      id: 'f1',
      compound: facts.compound,
      company: facts.unit,
      ...oneItem(list),
      checkedAt: facts.morning,
      inspector: '张工',
      state: 'open',
      dueOn: null,
      settled: false,
      remark: null,
    },
  ],
  dueOn: facts.dueOn,
  workingDays: campaign.rectificationWorkingDays,
  promiseDays: [1, 2, 3].map((n) => campaign.calendar.plusWorkingDays(facts.dueOn, n)),
  can: 'report',
});

const recheck = (facts: Facts, list: Checklist): CardDataOf['recheck'] => ({
  place: facts.area,
  findings: [
    {
      id: 'f1',
      compound: facts.compound,
      ...oneItem(list),
      state: 'reported',
      reportedAt: facts.evening,
      remark: null,
      settled: false,
    },
  ],
});

const letter = (text: NonNullable<Campaign['letter']>, facts: Facts): CardDataOf['letter'] => ({
  signatory: '王经理',
  units: [facts.unit],
  dueOn: facts.dueOn,
  late: false,
  title: text.title,
  salutation: text.salutation,
  intro: text.intro,
  questions: text.questions,
  closing: text.closing,
  issuer: text.issuer,
  dateText: text.dateText,
  missing: [],
  no: [],
  awaitsConfirmation: false,
  signedAt: null,
});

const townReport = (dueOn: string, facts: Facts): CardDataOf['town_report'] => ({
  area: facts.area,
  dueOn,
  late: false,
  cutOffAt: facts.evening,
  figures: { ...facts.figures, rectified: { inTime: 2, late: 1 } },
  report: null,
  since: [],
});

const handover = (facts: Facts): CardDataOf['handover'] => ({
  person: '戴工',
  step: 'zone_lead',
  day: facts.day,
  cutOffAt: facts.evening,
  places: [
    { place: facts.zone, figures: facts.figures, planned: 8, done: 6, silent: ['李工'], taken: [], missing: [] },
  ],
  tomorrow: {
    day: plusDays(facts.day, 1),
    afterBreak: false,
    rows: [{ compound: facts.compound, area: facts.area, inspector: '张工', reasons: ['look_back'] }],
    total: 1,
  },
});

const digest = (campaign: Campaign, book: CardBook, facts: Facts): CardDataOf['digest'] => ({
  title: book.say('digest_title'),
  day: facts.day,
  cutOffAt: facts.evening,
  figures: facts.figures,
  zones: zonesOf(campaign).map((zone) => ({ zone, ...facts.figures })),
  coveredBy: facts.dueOn,
  paceDays: 5,
  decisions: [],
  late: [],
  messages: { sent: 1203, people: 1002, most: 3, answers: 884 },
  waiting: [],
  officialCalendar: campaign.calendar.isOfficial(facts.day),
});
