// Facts to try templates with: as little as each kind of card can have, in every shape that its template must bear.
import type { CardDataOf } from '../domain/card-data.ts';
import { at, day, figuresOf, fullData, receipt } from './full-sample.ts';

type BareData = { readonly [Kind in keyof CardDataOf]: readonly CardDataOf[Kind][] };

const sections = ['home', 'letter', 'finding', 'town_report', 'hand_over'] as const;

export const bareData: BareData = {
  assignment: [
    { zone: 'Z1', person: null, day, until: '20:00', compounds: [], counts: [], receipt: null },
    ...[1, 40].map((n) => ({
      ...fullData.assignment,
      person: null,
      counts: [],
      receipt: null,
      compounds: Array.from({ length: n }, () => ({
        ...fullData.assignment.compounds[0],
        inspectors: [],
        reasons: [],
        doneAt: null,
        doneBy: null,
      })),
    })),
  ],
  checklist: [
    {
      ...fullData.checklist,
      company: null,
      dueOn: null,
      reasons: [],
      items: [{ id: 'i2', num: 2, shortLabel: 'I2', kind: 'number', options: [] }],
      exceptionsOnly: false,
      missing: [],
    },
    { ...fullData.checklist, strand: 'home', exceptionsOnly: false, items: [] },
  ],
  confirmation: [
    {
      compound: { id: 'c1', label: 'C1' },
      done: 8,
      notDone: [],
      note: null,
      at,
      checkOn: day,
      inspector: 'P1',
      told: null,
      late: false,
      homeDutyOpen: false,
      selfCheck: false,
      pending: false,
      version: 1,
      canUndo: false,
      understood: [],
    },
    { ...receipt, fixBy: null },
  ],
  question: (
    ['which_item', 'which_compound', 'which_person', 'unclear', 'own_home', 'which_home', 'home_unknown'] as const
  ).map((asks) => ({
    asks,
    words: 'w',
    compound: null,
    answers: [],
  })),
  letter: [{ ...fullData.letter, late: false, missing: [], no: [], awaitsConfirmation: false, signedAt: null }],
  reminder: sections.map((about) => ({
    person: 'P1',
    sections: [{ about, step: 2, dueOn: day, names: [] }],
    canSign: false,
    canInspect: false,
  })),
  rung: ([...sections, 'zone'] as const).map((about) => ({
    person: 'P1',
    sections: [{ about, rung: 2, dueOn: day, rows: [], total: 0 }],
    reminders: [],
  })),
  finding: [
    { area: 'A1', findings: [], dueOn: day, promiseDays: [], can: 'claim' },
    ...[1, 2].map((n) => ({
      area: 'A1',
      findings: Array.from({ length: n }, () => ({
        ...fullData.finding.findings[0],
        company: null,
        dueOn: null,
        settled: false,
        remark: null,
      })),
      dueOn: day,
      promiseDays: [],
      can: 'report' as const,
    })),
  ],
  town_report: [
    { ...fullData.town_report, late: false, report: null, since: [] },
    {
      ...fullData.town_report,
      figures: { ...figuresOf(0), rectified: { inTime: 0, late: 0 } },
      report: { ...fullData.town_report.report, text: '', late: false },
      since: [],
    },
  ],
  recheck: [
    { place: 'A1', findings: [] },
    ...[1, 2].map((n) => ({
      place: 'A1',
      findings: Array.from({ length: n }, () => ({
        ...fullData.recheck.findings[0],
        reportedAt: null,
        remark: null,
        settled: false,
      })),
    })),
  ],
  tally: [{ ...fullData.tally, figures: figuresOf(0), areas: [] }],
  digest: [
    {
      ...fullData.digest,
      figures: figuresOf(0),
      zones: [],
      coveredBy: null,
      decisions: [],
      late: [],
      messages: { sent: 0, people: 0, most: 0, answers: 0 },
      waiting: [],
      officialCalendar: true,
    },
  ],
  handover: (['liaison', 'supervisor', 'town'] as const).map((step) => ({
    person: 'P1',
    step,
    day,
    cutOffAt: at,
    places: [],
    tomorrow: step === 'town' ? { day, afterBreak: false, rows: [], total: 0 } : null,
  })),
  notice: [
    { ...fullData.notice, urgent: false, readers: null, sent: null },
    { ...fullData.notice, sent: { zones: ['Z1'], unread: [], more: false } },
  ],
  report: [{ title: 'T1', cutOffAt: at, figures: null, rows: [], total: 0 }],
};

/** Every kind of card that has a template. */
