// Facts to try templates with: a full set for each kind of card (as little as can be: bare-sample.ts). Not for people: the
// wording is in cards/, the cards people would see are in test/golden/.
import type { CardDataOf, ConfirmationCardData } from '../domain/card-data.ts';
import type { Figures } from '../domain/figures.ts';

/** Every fact given, none null, no list empty: so a name that is not in it is a name that no facts have. */
type Full<T> = T extends Date | string | number | boolean
  ? T
  : T extends readonly (infer Element)[]
    ? readonly [Full<Element>, ...Full<Element>[]]
    : { readonly [Key in keyof T]-?: Full<NonNullable<T[Key]>> };

type FullData = { readonly [Kind in keyof CardDataOf]: Full<CardDataOf[Kind]> };

export const at = new Date('2022-04-19T02:12:00Z');
export const day = '2022-04-19';

export const figuresOf = (n: number): Figures => ({
  compounds: { known: n, covered: n, coveredToday: n },
  inspections: { total: n, today: n },
  findings: { total: n, toFix: n, toVerify: n, verified: n, withdrawn: n, overdue: n },
  letters: { owed: n, signed: n, signedLate: n, unreachable: n, undecided: n },
  home: { owed: n, done: n, late: n, excused: n, excluded: n },
});

export const receipt: Full<ConfirmationCardData> = {
  compound: { id: 'c1', label: 'C1' },
  done: 7,
  notDone: [{ num: 4, shortLabel: 'I4' }],
  note: 'note',
  at,
  checkOn: day,
  inspector: 'P1',
  told: 'A1',
  fixBy: day,
  late: true,
  homeDutyOpen: true,
  selfCheck: true,
  pending: true,
  version: 2,
  canUndo: true,
  canGoOn: true,
  canBeYesterday: true,
  enteredBy: 'P2',
  photos: 2,
  understood: [{ num: 4, shortLabel: 'I4', value: 'no', words: 'w' }],
};

export const fullData: FullData = {
  assignment: {
    zone: 'Z1',
    person: 'P1',
    day,
    until: '20:00',
    dueOn: day,
    compounds: [
      { id: 'c1', name: 'C1', area: 'A1', inspectors: ['P1'], reasons: ['not_yet_checked'], doneAt: at, doneBy: 'P1' },
      { id: 'c2', name: 'C2', area: 'A1', inspectors: ['P1'], reasons: ['look_back'], doneAt: at, doneBy: 'P1' },
    ],
    counts: [{ reason: 'not_yet_checked', n: 1 }],
    receipt,
  },
  checklist: {
    compound: { id: 'c1', label: 'C1' },
    area: 'A1',
    company: 'U1',
    inspector: 'P1',
    checkOn: day,
    dueOn: day,
    strand: 'zone',
    reasons: ['not_yet_checked'],
    items: [
      { id: 'i1', num: 1, shortLabel: 'I1', kind: 'yes_no', options: [{ id: 'o1', label: 'O1' }], unit: 'u' },
      { id: 'i2', num: 2, shortLabel: 'I2', kind: 'number', options: [{ id: 'o1', label: 'O1' }], unit: 'u' },
      { id: 'i3', num: 3, shortLabel: 'I3', kind: 'choice', options: [{ id: 'o1', label: 'O1' }], unit: 'u' },
    ],
    noteLabel: 'note',
    exceptionsOnly: true,
    onBehalfOf: 'P2',
    missing: ['i2'],
  },
  confirmation: receipt,
  question: {
    asks: 'which_item',
    words: 'w',
    compound: 'C1',
    by: 'P1',
    answers: [{ id: 'i1', label: 'I1' }],
    details: ['d'],
    areas: [{ id: 'A1', label: 'A1' }],
    people: [{ id: 'p1', label: 'P1' }],
  },
  letter: {
    signatory: 'P1',
    units: ['U1'],
    dueOn: day,
    late: true,
    title: 'L1',
    salutation: 's',
    intro: 'i',
    questions: [{ id: 'q1', num: 1, text: 'Q1' }],
    closing: ['c'],
    issuer: 'O1',
    dateText: day,
    missing: [1],
    no: [1],
    awaitsConfirmation: true,
    signedAt: at,
  },
  reminder: {
    person: 'P1',
    sections: [{ about: 'home', step: 2, dueOn: day, overdue: true, names: ['C1'] }],
    canSign: true,
    canInspect: true,
    canReport: true,
    canConfirm: true,
  },
  rung: {
    person: 'P1',
    sections: [{ about: 'home', rung: 1, dueOn: day, rows: [{ name: 'P2', detail: 'd' }], total: 2 }],
    reminders: [{ about: 'home', step: 2, dueOn: day, overdue: true, names: ['C1'] }],
  },
  finding: {
    area: 'A1',
    findings: [
      {
        id: 'f1',
        compound: 'C1',
        company: 'U1',
        num: 4,
        shortLabel: 'I4',
        checkedAt: at,
        inspector: 'P1',
        state: 'reopened',
        dueOn: day,
        settled: true,
        remark: 'r',
      },
    ],
    dueOn: day,
    workingDays: 2,
    promiseDays: [day],
    can: 'report',
  },
  town_report: {
    area: 'A1',
    dueOn: day,
    late: true,
    cutOffAt: at,
    figures: { ...figuresOf(1), rectified: { inTime: 1, late: 1 } },
    report: { version: 2, at, by: 'P1', text: 't', late: true },
    since: [{ measure: 'covered', n: 3 }],
  },
  recheck: {
    place: 'A1',
    findings: [
      {
        id: 'f1',
        compound: 'C1',
        num: 4,
        shortLabel: 'I4',
        state: 'reported',
        reportedAt: at,
        remark: 'r',
        settled: true,
      },
    ],
  },
  tally: { zone: 'Z1', day, cutOffAt: at, figures: figuresOf(1), areas: [{ area: 'A1', ...figuresOf(1) }] },
  digest: {
    title: 'T1',
    day,
    cutOffAt: at,
    figures: figuresOf(1),
    zones: [{ zone: 'Z1', ...figuresOf(1) }],
    coveredBy: day,
    paceDays: 5,
    decisions: ['d'],
    late: ['l'],
    messages: { sent: 3, people: 2, most: 2, answers: 4 },
    waiting: [{ zone: 'Z1', step: 'liaison' }],
    officialCalendar: false,
  },
  handover: {
    person: 'P1',
    step: 'zone_lead',
    day,
    cutOffAt: at,
    places: [
      {
        place: 'Z1',
        figures: figuresOf(3),
        planned: 2,
        done: 1,
        silent: ['P2'],
        taken: [{ step: 'zone_lead', name: 'P1', at, note: 'n' }],
        missing: ['liaison'],
      },
    ],
    tomorrow: {
      day,
      afterBreak: true,
      rows: [{ compound: 'C1', area: 'A1', inspector: 'P2', reasons: ['not_yet_checked'] }],
      total: 2,
    },
  },
  notice: {
    from: 'O1',
    title: 'T1',
    text: 't',
    urgent: true,
    version: 2,
    readers: { read: 1, total: 2 },
    sent: { zones: ['Z1'], unread: ['P1'], more: true },
  },
  report: {
    title: 'T1',
    cutOffAt: at,
    timeless: true,
    figures: figuresOf(1),
    rows: [{ name: 'n', detail: 'd' }],
    total: 2,
    link: { url: 'https://example.org/login/x', minutes: 10, formHours: 72 },
  },
};

export const cardKinds = Object.keys(fullData) as (keyof CardDataOf)[];
