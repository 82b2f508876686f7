// What city and towns tell each other: findings with their dates (R37–R40), what towns reported (R41), and what was
// referred, with its records and every step since (R43).

import type { Day } from '../../domain/calendar.ts';
import { type Campaign, itemOf, zoneOf } from '../../domain/campaign.ts';
import { type Finding, isOverdue } from '../../domain/finding.ts';
import { measuresOf } from '../../domain/town-report.ts';
import type { ExportOrder } from '../../ports-exports.ts';
import type { Cell, SheetContent } from '../workbook-file.ts';
import { listedSheet, pagesOf } from './listed.ts';
import type { Sources } from './sources.ts';

export const findingsSheet = (asked: ExportOrder, { listings, words, word }: Sources): SheetContent =>
  listedSheet(
    'findings',
    words,
    pagesOf(asked, (query) => listings.findings({ ...query, group: null, compound: null, id: null, order: 'asc' })),
    (finding) => [
      {
        ...about(asked.campaign, finding),
        state: word('finding_state', finding.state),
        overdue: words.marks[isOverdue(finding, asked.today) ? 'yes' : 'no'],
        opened: finding.openedAt,
        notified: finding.notifiedAt,
        due: dayCell(finding.dueOn),
        promised: dayCell(finding.promisedOn),
        claimed: finding.claimedAt,
        reported: finding.reportedAt,
        verified: finding.verifiedAt,
        reopened: finding.reopenedAt,
        referred: finding.referredAt,
      },
    ],
  );

/** One line for each area: its newest report, with the figures as it sent them. */
export const townReportSheet = (asked: ExportOrder, { listings, words }: Sources): SheetContent =>
  listedSheet('town_report', words, pagesOf(asked, listings.townReports), ({ area, versions: [newest] }) => {
    if (asked.places && !asked.places.includes(area)) return [];
    const figures = newest?.figures;
    const measures = figures && measuresOf(figures);
    return [
      {
        zone: zoneOf(asked.campaign, area),
        area,
        sent: newest?.cutOffAt ?? null,
        by: newest?.by.name ?? null,
        version: newest?.version ?? null,
        late: newest ? words.marks[newest.late ? 'yes' : 'no'] : null,
        home_owed: figures?.home.owed ?? null,
        home_done: measures?.home ?? null,
        compounds: figures?.compounds.known ?? null,
        covered: measures?.covered ?? null,
        letters_owed: figures?.letters.owed ?? null,
        letters_signed: measures?.signed ?? null,
        findings: measures?.findings ?? null,
        to_fix: measures?.to_fix ?? null,
        in_time: figures?.rectified.inTime ?? null,
        too_late: figures?.rectified.late ?? null,
        text: newest?.text ?? null,
      },
    ];
  });

export const referralSheets = (asked: ExportOrder, sources: Sources): SheetContent[] => {
  const { listings, words, word, list } = sources;
  const { campaign } = asked;
  const referred = () => pagesOf(asked, listings.referrals);
  return [
    listedSheet('referrals', words, referred(), ({ finding, inspections, notices }) => [
      {
        ...about(campaign, finding),
        state: word('finding_state', finding.state),
        records: list(inspections.map((i) => [i.checkOn, i.inspector, i.note ?? ''].join(' ').trim())),
        notices: list(notices.map((at) => campaign.calendar.dayOf(at))),
        due: dayCell(finding.dueOn),
        referred: finding.referredAt,
      },
    ]),
    listedSheet('steps', words, referred(), ({ finding, steps }) =>
      steps.map(({ at, kind, by, remark }) => ({
        compound: finding.compoundName,
        item: itemLabel(campaign, finding),
        at,
        step: words.step[kind.replace(/^finding\./, '')] ?? kind,
        by,
        remark,
      })),
    ),
  ];
};

const about = (campaign: Campaign, finding: Finding) => ({
  zone: finding.zone,
  area: finding.area,
  compound: finding.compoundName,
  company: finding.company,
  item: itemLabel(campaign, finding),
});

const itemLabel = (campaign: Campaign, { item }: Finding): string => itemOf(campaign, item)?.label ?? item;

const dayCell = (day: Day | null): Cell => day && { day };
