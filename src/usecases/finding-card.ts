// Puts together what cards about findings are drawn from: the town's notice, and the list of what is to be looked at again.
import type { Day } from '../domain/calendar.ts';
import { type Campaign, itemOf } from '../domain/campaign.ts';
import type { FindingCardData, RecheckCardData } from '../domain/card-data.ts';
import { type Finding, isToFix, lastDayOf, rectificationDue } from '../domain/finding.ts';
import type { NotedFinding } from '../ports-city-town.ts';

/** `4 隔离观察点`, as the cards print it. */
export const itemName = (campaign: Campaign, finding: Pick<Finding, 'item'>): string => {
  const item = itemOf(campaign, finding.item);
  return item ? `${item.num} ${item.shortLabel}` : finding.item;
};

type Noted = Omit<NotedFinding, 'unitId'>;

const rowOf = (campaign: Campaign, { finding, checkedAt, inspector, remark }: Noted) => ({
  id: finding.id,
  compound: finding.compoundName,
  company: finding.company,
  num: itemOf(campaign, finding.item)?.num ?? 0,
  shortLabel: itemOf(campaign, finding.item)?.shortLabel ?? finding.item,
  checkedAt,
  inspector: inspector.name,
  state: finding.state,
  dueOn: lastDayOf(finding),
  settled: !isToFix(finding),
  remark,
});

/** The notice to a town, or to whoever may only say that it is fixed (`can`). */
export const findingForm = (
  campaign: Campaign,
  area: string,
  noted: readonly Noted[],
  today: Day,
  now: Date,
  can: FindingCardData['can'] = 'report',
): FindingCardData => {
  const { calendar, settings } = campaign;
  const told = noted.flatMap(({ finding }) => (isToFix(finding) ? (lastDayOf(finding) ?? []) : []));
  const fresh = told.length === 0;
  const dueOn = [...told].sort()[0] ?? rectificationDue(calendar, now, campaign.rectificationWorkingDays);
  return {
    area,
    findings: noted.map((one) => rowOf(campaign, one)),
    dueOn,
    ...(fresh ? { workingDays: campaign.rectificationWorkingDays } : {}),
    promiseDays:
      can === 'report' &&
      noted.some(({ finding }) => ['open', 'notified'].includes(finding.state) && !finding.promisedOn)
        ? Array.from({ length: settings.progressMaxWorkingDays }, (_, i) =>
            calendar.plusWorkingDays(today, i + 1),
          ).filter((d) => d > dueOn)
        : [],
    can,
  };
};

export const recheckForm = (campaign: Campaign, place: string, noted: readonly NotedFinding[]): RecheckCardData => ({
  place,
  findings: noted.map(({ finding, remark }) => ({
    id: finding.id,
    compound: finding.compoundName,
    num: itemOf(campaign, finding.item)?.num ?? 0,
    shortLabel: itemOf(campaign, finding.item)?.shortLabel ?? finding.item,
    state: finding.state,
    reportedAt: finding.reportedAt,
    remark,
    settled: finding.state !== 'reported' && finding.state !== 'fixed_on_spot',
  })),
});
