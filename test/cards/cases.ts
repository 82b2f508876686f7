// The cards of the golden renderings: the worked examples of the voice guide, and data that no card may break on.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Card } from '../../src/domain/card.ts';
import type {
  AssignmentCardData,
  CardDataOf,
  ChecklistCardData,
  ConfirmationCardData,
  FindingCardData,
  ItemData,
  LetterCardData,
  PlannedCompound,
  RecheckCardData,
  TownReportCardData,
} from '../../src/domain/card-data.ts';
import type { Figures } from '../../src/domain/figures.ts';

interface Case<Kind extends keyof CardDataOf> {
  readonly data: CardDataOf[Kind];
  readonly state?: Pick<Card, 'state' | 'stateText'>;
}

type Cases = { readonly [Kind in keyof CardDataOf]: Readonly<Record<string, Case<Kind>>> };

/** An instant of the campaign's zone. */
const at = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`);
const longName = '某某国际花园城（三期）滨江豪庭东区高层及商业裙楼物业管理区域'.repeat(2);

const pack = (file: string) =>
  parse(readFileSync(new URL(`../../campaigns/zhongshan-2022/${file}`, import.meta.url), 'utf8'));

interface Question {
  readonly id: string;
  readonly num: number;
  readonly text: string;
}

const form = pack('checklist.yaml') as {
  readonly items: readonly (Question & { readonly items?: readonly Question[] })[];
  readonly derived: { readonly short_labels: Readonly<Record<string, string>> };
};

/** The eight items of the campaign's form. */
export const items: readonly ItemData[] = form.items
  .flatMap((item) => item.items ?? [item])
  .map(({ id, num }) => ({ id, num, shortLabel: form.derived.short_labels[id] ?? id, kind: 'yes_no', options: [] }));

const reasons = ['not_yet_checked', 'letter_unsigned', 'look_back', 'spot_check'] as const;

const compound = (n: number, more: Partial<PlannedCompound> = {}): PlannedCompound => ({
  id: `compound-${n}`,
  name: `示例花园${n}`,
  area: '东区街道',
  inspectors: [n % 2 === 0 ? '李工' : '张工'],
  reasons: [n <= 6 ? reasons[0] : n <= 8 ? reasons[1] : reasons[2]],
  doneAt: null,
  doneBy: null,
  ...more,
});

const nine: AssignmentCardData = {
  zone: '东区组团',
  person: null,
  day: '2022-04-28',
  until: '20:00',
  compounds: Array.from({ length: 9 }, (_, i) => compound(i + 1)),
  counts: [
    { reason: 'not_yet_checked', n: 6 },
    { reason: 'letter_unsigned', n: 2 },
    { reason: 'look_back', n: 1 },
  ],
  receipt: null,
};

const done = { doneAt: at('2022-04-28', '10:12'), doneBy: '张工' };

const confirmed: ConfirmationCardData = {
  compound: { id: 'compound-1', label: '阳光花园' },
  done: 7,
  notDone: [{ num: 4, shortLabel: '隔离观察点' }],
  note: null,
  at: at('2022-04-28', '10:12'),
  checkOn: '2022-04-28',
  inspector: '张工',
  told: '东区街道',
  fixBy: '2022-05-05',
  late: false,
  homeDutyOpen: false,
  selfCheck: false,
  pending: false,
  version: 1,
  canUndo: true,
  understood: [],
};

const checklist: ChecklistCardData = {
  compound: { id: 'compound-1', label: '阳光花园' },
  area: '东区街道',
  company: '某物业公司',
  inspector: '张工',
  checkOn: '2022-04-28',
  dueOn: '2022-04-28',
  strand: 'zone',
  reasons: ['letter_unsigned'],
  items,
  noteLabel: '其他情况',
  exceptionsOnly: true,
  missing: [],
};

const mixed: readonly ItemData[] = [
  ...items.slice(0, 2),
  { id: 'extinguishers', num: 9, shortLabel: '灭火器数量', kind: 'number', options: [], unit: '个' },
  { id: 'drills', num: 10, shortLabel: '演练次数', kind: 'number', options: [] },
  {
    id: 'condition',
    num: 11,
    shortLabel: '消防通道',
    kind: 'choice',
    options: [
      { id: 'free', label: '畅通' },
      { id: 'blocked', label: '堵塞' },
    ],
  },
];

const letterText = pack('letter.yaml') as {
  readonly title: string;
  readonly salutation: string;
  readonly intro: string;
  readonly questions: readonly Question[];
  readonly closing: readonly string[];
  readonly issuer: string;
  readonly date_text: string;
};

const letter: LetterCardData = {
  signatory: '王经理',
  units: ['某某物业东区分公司'],
  dueOn: '2022-04-26',
  late: false,
  title: letterText.title,
  salutation: letterText.salutation,
  intro: letterText.intro,
  questions: letterText.questions.map(({ id, num, text }) => ({ id, num, text })),
  closing: letterText.closing,
  issuer: letterText.issuer,
  dateText: letterText.date_text,
  missing: [],
  no: [],
  awaitsConfirmation: false,
  signedAt: null,
};

const finding = (n: number): FindingCardData['findings'][number] => ({
  id: `finding-${n}`,
  compound: n === 1 ? '阳光花园' : `示例花园${n}`,
  company: '某物业公司',
  num: 4,
  shortLabel: '隔离观察点',
  checkedAt: at('2022-04-19', '10:12'),
  inspector: '张工',
  state: 'open',
  dueOn: null,
  settled: false,
  remark: null,
});

const oneFinding: FindingCardData = {
  area: '东区街道',
  findings: [finding(1)],
  dueOn: '2022-04-21',
  workingDays: 2,
  promiseDays: ['2022-04-22', '2022-04-24', '2022-04-25'],
  can: 'report',
};

const lookBack = (n: number): RecheckCardData['findings'][number] => ({
  id: `finding-${n}`,
  compound: `示例花园${n}`,
  num: 4,
  shortLabel: '隔离观察点',
  state: 'reported',
  reportedAt: at('2022-04-20', '15:30'),
  remark: n === 1 ? '已在东门补设' : null,
  settled: false,
});

const figures: Figures = {
  compounds: { known: 212, covered: 37, coveredToday: 9 },
  inspections: { total: 40, today: 10 },
  findings: { total: 3, toFix: 2, toVerify: 1, verified: 0, withdrawn: 0, overdue: 0 },
  letters: { owed: 40, signed: 11, signedLate: 1, unreachable: 0, undecided: 0 },
  home: { owed: 120, done: 31, late: 2, excused: 1, excluded: 4 },
};

const nothing: Figures = {
  compounds: { known: 0, covered: 0, coveredToday: 0 },
  inspections: { total: 0, today: 0 },
  findings: { total: 0, toFix: 0, toVerify: 0, verified: 0, withdrawn: 0, overdue: 0 },
  letters: { owed: 0, signed: 0, signedLate: 0, unreachable: 0, undecided: 0 },
  home: { owed: 0, done: 0, late: 0, excused: 0, excluded: 0 },
};

const city: Figures = {
  ...figures,
  compounds: { known: 1812, covered: 312, coveredToday: 88 },
  findings: { total: 41, toFix: 25, toVerify: 7, verified: 9, withdrawn: 0, overdue: 0 },
  letters: { owed: 1003, signed: 410, signedLate: 0, unreachable: 3, undecided: 1 },
};

const townReport: TownReportCardData = {
  area: '东区街道',
  dueOn: '2022-04-29',
  late: false,
  cutOffAt: at('2022-04-27', '08:30'),
  figures: { ...figures, rectified: { inTime: 2, late: 1 } },
  report: null,
  since: [],
};

const evening = at('2022-04-25', '20:00');

export const cases: Cases = {
  assignment: {
    'zone-group': { data: nine },
    'zone-group-part-done': {
      data: { ...nine, compounds: nine.compounds.map((c, i) => (i < 2 ? { ...c, ...done } : c)) },
    },
    'zone-group-all-done': { data: { ...nine, compounds: nine.compounds.map((c) => ({ ...c, ...done })) } },
    'own-with-receipt': {
      data: { ...nine, person: '张工', compounds: [compound(1, done), compound(7)], counts: [], receipt: confirmed },
    },
    'spot-check': {
      data: {
        ...nine,
        zone: '',
        person: '李工',
        dueOn: '2022-05-05',
        compounds: [compound(1, { ...done, reasons: ['spot_check'] }), compound(2, { reasons: ['spot_check'] })],
        counts: [{ reason: 'spot_check', n: 2 }],
      },
    },
    'nothing-planned': { data: { ...nine, compounds: [], counts: [] } },
    'two-hundred-compounds': {
      data: {
        ...nine,
        compounds: Array.from({ length: 200 }, (_, i) =>
          compound(i + 1, { inspectors: [`检查员${i % 10}`], reasons: [i < 180 ? reasons[0] : reasons[1]] }),
        ),
        counts: [
          { reason: 'not_yet_checked', n: 180 },
          { reason: 'letter_unsigned', n: 20 },
        ],
      },
    },
    'very-long-names': {
      data: { ...nine, compounds: [compound(1, { name: longName, inspectors: ['欧阳某某', '司徒某某'] })] },
    },
  },
  checklist: {
    exceptions: { data: checklist },
    home: {
      data: { ...checklist, strand: 'home', reasons: ['home_duty'], dueOn: '2022-04-26', exceptionsOnly: false },
    },
    'home-partial': {
      data: {
        ...checklist,
        strand: 'home',
        dueOn: '2022-04-26',
        exceptionsOnly: false,
        missing: ['isolation_point', 'staff_mask'],
      },
    },
    'figures-and-choices': { data: { ...checklist, items: mixed, exceptionsOnly: false, company: null, dueOn: null } },
    'figures-only': { data: { ...checklist, items: mixed.slice(2), exceptionsOnly: false } },
    'very-long-names': { data: { ...checklist, compound: { id: 'c', label: longName }, company: longName } },
  },
  confirmation: {
    'one-not-done': { data: confirmed, state: { state: 'answered' } },
    'all-done-in-group': { data: { ...confirmed, done: 8, notDone: [], told: null, canUndo: false, canGoOn: true } },
    'with-photos': { data: { ...confirmed, photos: 2 } },
    'notice-waits': { data: { ...confirmed, fixBy: null } },
    typed: {
      data: {
        ...confirmed,
        note: '东门没人',
        understood: [
          { num: 4, shortLabel: '隔离观察点', value: 'no', words: '隔离点没有' },
          { num: 9, shortLabel: '灭火器数量', value: '12', words: '12个灭火器' },
        ],
      },
    },
    'every-remark': {
      data: { ...confirmed, late: true, homeDutyOpen: true, selfCheck: true, pending: true, version: 2 },
    },
  },
  question: {
    'which-item': {
      data: {
        asks: 'which_item',
        words: '口罩没戴',
        compound: '阳光花园',
        answers: ['8 员工', '6 进入人员', '7 没有提醒', '5 来访人员'].map((label, i) => ({ id: `${i + 1}`, label })),
      },
    },
    'which-compound': {
      data: {
        asks: 'which_compound',
        words: '阳光',
        compound: null,
        answers: ['东区街道 阳光花园', '石岐街道 阳光花园'].map((label, i) => ({ id: `${i + 1}`, label })),
      },
    },
    'which-person': {
      data: {
        asks: 'which_person',
        words: '张三',
        compound: null,
        answers: ['张三（市住房城乡建设局房产科）', '张三（东区街道住房城乡建设局）'].map((label, i) => ({
          id: `${i + 1}`,
          label,
        })),
      },
    },
    'correction-or-second-visit': {
      data: {
        asks: 'correction_or_second_visit',
        words: '',
        compound: '阳光花园',
        answers: ['更正刚才的记录', '第二次检查'].map((label, i) => ({ id: `${i + 1}`, label })),
      },
    },
    disagree: {
      data: {
        asks: 'disagree',
        words: '张工 10:12：4 落实；李工 15:30：4 未落实',
        compound: '阳光花园',
        answers: ['以张工的为准', '以李工的为准', '两份都对'].map((label, i) => ({ id: `${i + 1}`, label })),
      },
    },
    letter: {
      data: {
        asks: 'letter',
        words: letterText.questions[2]?.text ?? '',
        compound: null,
        by: '第 3 / 12 条',
        answers: ['是', '否'].map((label, i) => ({ id: `${i + 1}`, label })),
      },
    },
    'record-doubted': {
      data: {
        asks: 'record_doubted',
        words: '隔离点在二号门',
        compound: '阳光花园 4 隔离观察点',
        by: '陈科',
        answers: ['记录有误，改为落实', '记录属实'].map((label, i) => ({ id: `${i + 1}`, label })),
      },
    },
    'own-home': {
      data: { asks: 'own_home', words: '', compound: null, answers: [{ id: '1', label: '我不住在物业小区' }] },
    },
    'which-home': {
      data: {
        asks: 'which_home',
        words: '阳光',
        compound: null,
        answers: [
          '阳光花园 · 东区街道',
          '阳光花园 · 石岐街道',
          '阳光城 · 小榄镇',
          '阳光里 · 古镇镇',
          '都不是',
          '我不住在物业小区',
        ].map((label, i) => ({ id: `${i + 1}`, label })),
      },
    },
    'home-unknown': {
      data: {
        asks: 'home_unknown',
        words: '月亮湾',
        compound: null,
        answers: ['登记为新小区', '我不住在物业小区'].map((label, i) => ({ id: `${i + 1}`, label })),
        areas: ['东区街道', '石岐街道', '翠亨新区（含南朗街道）'].map((id) => ({ id, label: id })),
      },
    },
    exclusions: {
      data: {
        asks: 'exclusions',
        words: '',
        compound: null,
        details: ['张工 · 物业管理科', '李工 · 物业管理科'],
        answers: ['确认', '不同意'].map((label, i) => ({ id: `${i + 1}`, label })),
        people: ['张工 · 物业管理科', '李工 · 物业管理科'].map((label, i) => ({ id: `p${i + 1}`, label })),
      },
    },
    record: {
      data: {
        asks: 'record',
        words: '由您代张工记录',
        compound: '阳光花园',
        details: ['7 项落实，1 项未落实（4 隔离观察点）', '检查日期 4月20日'],
        answers: ['记录', '不记录'].map((label, i) => ({ id: `${i + 1}`, label })),
      },
    },
    answered: {
      data: { asks: 'answered', words: '已登记：您住在阳光花园（东区街道）', compound: null, answers: [] },
      state: { state: 'answered' },
    },
    unclear: {
      data: { asks: 'unclear', words: '还行吧', compound: '阳光花园', answers: [{ id: '1', label: '全部落实' }] },
    },
  },
  letter: {
    first: { data: letter },
    'two-units-late': { data: { ...letter, units: ['某某物业总公司', '某某物业东区分公司'], late: true } },
    partial: { data: { ...letter, missing: [3, 5] } },
    'all-answered': { data: { ...letter, awaitsConfirmation: true } },
    'with-a-no': { data: { ...letter, no: [7] } },
    signed: {
      data: { ...letter, units: ['某某物业总公司', '某某物业东区分公司'], signedAt: at('2022-04-20', '10:12') },
      state: { state: 'answered', stateText: '王经理 4月20日 10:12 已签阅' },
    },
  },
  reminder: {
    letter: {
      data: {
        person: '王经理',
        sections: [{ about: 'letter', step: 1, dueOn: '2022-04-26', names: ['某某分公司'] }],
        canSign: true,
        canInspect: false,
      },
    },
    home: {
      data: {
        person: '张工',
        sections: [{ about: 'home', step: 2, dueOn: '2022-04-26', names: ['阳光花园'] }],
        canSign: false,
        canInspect: true,
      },
    },
    'everything-at-once': {
      data: {
        person: '陈科',
        sections: [
          { about: 'home', step: 1, dueOn: '2022-04-26', overdue: true, names: ['阳光花园'] },
          {
            about: 'letter',
            step: 2,
            dueOn: '2022-04-26',
            names: Array.from({ length: 12 }, (_, i) => `某某分公司${i}`),
          },
          { about: 'finding', step: 1, dueOn: '2022-04-27', names: ['阳光花园（4 隔离观察点）'] },
          { about: 'town_report', step: 1, dueOn: '2022-04-29', names: [] },
        ],
        canSign: true,
        canInspect: true,
      },
    },
  },
  rung: {
    'letters-to-the-association': {
      data: {
        person: '刘秘书',
        sections: [
          {
            about: 'letter',
            rung: 1,
            dueOn: '2022-04-26',
            rows: ['某某物业东区分公司', '某某物业石岐分公司', '示例物业总公司'].map((name) => ({
              name,
              detail: '东区街道',
            })),
            total: 3,
          },
        ],
        reminders: [],
      },
    },
    'every-kind-and-own-duty': {
      data: {
        person: '陈科',
        sections: (['home', 'letter', 'finding', 'zone', 'town_report'] as const).map((about) => ({
          about,
          rung: 2,
          dueOn: '2022-04-26',
          rows: [{ name: '某某', detail: '' }],
          total: 30,
        })),
        reminders: [
          { about: 'home', step: 2, dueOn: '2022-04-26', overdue: true, names: ['阳光花园'] },
          { about: 'letter', step: 1, dueOn: '2022-04-26', names: ['某某分公司'] },
        ],
      },
    },
  },
  finding: {
    one: { data: oneFinding },
    reopened: {
      data: { ...oneFinding, findings: [{ ...finding(1), state: 'reopened', company: null }], promiseDays: [] },
    },
    several: { data: { ...oneFinding, findings: [finding(1), finding(2), { ...finding(3), state: 'claimed' }] } },
    claimed: { data: { ...oneFinding, findings: [{ ...finding(1), state: 'claimed', remark: '已在东门补设' }] } },
    'one-settled-of-two': {
      data: { ...oneFinding, findings: [{ ...finding(1), state: 'reported', settled: true }, finding(2)] },
    },
    settled: {
      data: { ...oneFinding, findings: [{ ...finding(1), state: 'reported', settled: true }] },
      state: { state: 'answered' },
    },
    'to-a-company': { data: { ...oneFinding, promiseDays: [], can: 'claim' } },
    none: { data: { ...oneFinding, findings: [] } },
  },
  town_report: {
    'pre-filled': { data: townReport },
    'after-the-deadline': { data: { ...townReport, late: true } },
    sent: {
      data: {
        ...townReport,
        report: { version: 1, at: at('2022-04-28', '15:30'), by: '陈科', text: '已逐个小区督促整改', late: false },
        since: [
          { measure: 'covered', n: 3 },
          { measure: 'to_fix', n: -2 },
        ],
      },
    },
    'sent-late-without-words': {
      data: {
        ...townReport,
        late: true,
        figures: { ...nothing, rectified: { inTime: 0, late: 0 } },
        report: { version: 2, at: at('2022-05-05', '09:10'), by: '陈科', text: '', late: true },
      },
    },
  },
  recheck: {
    one: { data: { place: '东区街道', findings: [lookBack(1)] } },
    several: {
      data: {
        place: '东区街道',
        findings: [
          lookBack(1),
          { ...lookBack(2), state: 'verified', settled: true },
          { ...lookBack(3), state: 'fixed_on_spot', reportedAt: null },
        ],
      },
    },
    none: { data: { place: '东区街道', findings: [] } },
  },
  tally: {
    zone: {
      data: {
        zone: '东区组团',
        day: '2022-04-25',
        cutOffAt: evening,
        figures,
        areas: [{ area: '东区街道', ...figures }],
      },
    },
    'several-areas': {
      data: {
        zone: '东部组团',
        day: '2022-04-25',
        cutOffAt: evening,
        figures: { ...figures, findings: { ...figures.findings, total: 4, withdrawn: 1 } },
        areas: ['火炬开发区', '翠亨新区（含南朗街道）'].map((area) => ({ area, ...figures })),
      },
    },
    nothing: { data: { zone: '东区组团', day: '2022-04-25', cutOffAt: evening, figures: nothing, areas: [] } },
  },
  digest: {
    commander: {
      data: {
        title: '督导日报',
        day: '2022-04-25',
        cutOffAt: evening,
        figures: city,
        zones: [],
        coveredBy: '2022-05-24',
        paceDays: 5,
        decisions: ['外市企业某某在本市没有分公司，签阅人待定（东部组团）'],
        late: ['一封信签阅 3 项'],
        messages: { sent: 1203, people: 1002, most: 3, answers: 884 },
        waiting: [{ zone: '东区组团', step: 'liaison' }],
        officialCalendar: true,
      },
    },
    nothing: {
      data: {
        title: '督导日报',
        day: '2022-04-25',
        cutOffAt: evening,
        figures: nothing,
        zones: [],
        coveredBy: null,
        paceDays: 0,
        decisions: [],
        late: [],
        messages: { sent: 0, people: 0, most: 0, answers: 0 },
        waiting: [],
        officialCalendar: false,
      },
    },
  },
  handover: {
    'zone-lead': {
      data: {
        person: '戴总',
        step: 'zone_lead',
        day: '2022-04-21',
        cutOffAt: at('2022-04-21', '17:30'),
        places: [{ place: '东区组团', figures, planned: 8, done: 6, silent: ['李工'], taken: [], missing: [] }],
        tomorrow: {
          day: '2022-04-22',
          afterBreak: false,
          rows: [
            { compound: '阳光花园', area: '东区街道', inspector: '张工', reasons: ['look_back'] },
            { compound: '景湖居', area: '东区街道', inspector: '李工', reasons: ['not_yet_checked'] },
          ],
          total: 8,
        },
      },
    },
    supervisor: {
      data: {
        person: '梁科',
        step: 'supervisor',
        day: '2022-04-22',
        cutOffAt: at('2022-04-22', '18:20'),
        places: [
          {
            place: '东区组团',
            figures,
            planned: 8,
            done: 8,
            silent: [],
            taken: [
              { step: 'zone_lead', name: '戴总', at: at('2022-04-22', '17:42'), note: null },
              { step: 'liaison', name: '翁工', at: at('2022-04-22', '18:20'), note: '两个小区正在换物业企业' },
            ],
            missing: [],
          },
          {
            place: '东部组团',
            figures,
            planned: 6,
            done: 2,
            silent: ['何工', '吴工'],
            taken: [{ step: 'liaison', name: '翁工', at: at('2022-04-22', '18:20'), note: null }],
            missing: ['zone_lead'],
          },
        ],
        tomorrow: null,
      },
    },
    town: {
      data: {
        person: '陈科',
        step: 'town',
        day: '2022-04-22',
        cutOffAt: at('2022-04-22', '18:40'),
        places: [{ place: '东区街道', figures, planned: 0, done: 0, silent: [], taken: [], missing: [] }],
        tomorrow: null,
      },
    },
  },
  notice: {
    plain: {
      data: {
        from: '领导小组办公室',
        title: '核酸检测频次调整',
        text: '自4月26日起，物业员工每两天检测一次。',
        urgent: false,
        version: 1,
        readers: { read: 5, total: 12 },
        sent: null,
      },
    },
    urgent: {
      data: {
        from: '领导小组办公室',
        title: '今晚请检查地下车库排水',
        text: '',
        urgent: true,
        version: 2,
        readers: null,
        sent: null,
      },
    },
    'who-has-read': {
      data: {
        from: '梁科',
        title: '核酸检测频次调整',
        text: '自4月26日起，物业员工每两天检测一次。',
        urgent: false,
        version: 1,
        readers: { read: 10, total: 12 },
        sent: { zones: ['东区组团', '东部组团'], unread: ['张工（东区组团）', '陈科（火炬开发区）'], more: false },
      },
    },
  },
  report: {
    zone: {
      data: {
        title: '东区组团',
        cutOffAt: at('2022-04-25', '15:30'),
        figures: { ...figures, letters: { ...figures.letters, unreachable: 2, undecided: 1 } },
        rows: [{ name: '东区街道', detail: '小区 37 / 212，今天 +9，问题逾期 0' }],
        total: 1,
      },
    },
    list: {
      data: {
        title: '东区组团未签阅一封信的单位：28',
        cutOffAt: at('2022-04-25', '15:30'),
        figures: null,
        rows: Array.from({ length: 20 }, (_, i) => ({
          name: `某某物业分公司${i + 1}`,
          detail: '已发送，未阅 · 已提醒 1 次',
        })),
        total: 28,
      },
    },
    'list-in-a-group': {
      data: { title: '东区组团未签阅一封信的单位：28', cutOffAt: evening, figures: null, rows: [], total: 28 },
    },
    'nothing-to-list': {
      data: { title: '东区组团到期未完成：0', cutOffAt: evening, figures: null, rows: [], total: 0 },
    },
    help: {
      data: {
        title: '可以用的命令',
        cutOffAt: evening,
        timeless: true,
        figures: null,
        rows: [{ name: '/帮助', detail: '查看这份说明' }],
        total: 1,
      },
    },
  },
};

/** The words of the source document are its own: they stand in the letter as they are. */
export const quoted: readonly string[] = [letterText.intro, ...letterText.closing];
