// Puts together what a town's report card is drawn from: the live figures of the towns, and what was sent before.
import type { Campaign } from '../domain/campaign.ts';
import type { TownReportCardData } from '../domain/card-data.ts';
import { sinceThen, type TownFigures, type TownReport } from '../domain/town-report.ts';
import type { Service } from './service.ts';

export interface LiveTowns {
  readonly cutOffAt: Date;
  of(area: string): TownFigures | null;
}

export const liveTowns = async (service: Service, campaign: Campaign, areas: readonly string[]): Promise<LiveTowns> => {
  const [tally, rectified] = await Promise.all([
    service.figured.tally(campaign),
    service.townReports.rectified(campaign, areas),
  ]);
  const rows = new Map(tally.zones.flatMap((z) => z.areas).map(({ area, ...figures }) => [area, figures]));
  return {
    cutOffAt: tally.cutOffAt,
    of(area) {
      const figures = rows.get(area);
      return figures ? { ...figures, rectified: rectified.get(area) ?? { inTime: 0, late: 0 } } : null;
    },
  };
};

export const townReportForm = (
  area: string,
  dueOn: string,
  today: string,
  live: { readonly cutOffAt: Date; readonly figures: TownFigures },
  report: TownReport | null,
): TownReportCardData => ({
  area,
  dueOn,
  late: today > dueOn,
  cutOffAt: live.cutOffAt,
  figures: report?.figures ?? live.figures,
  report: report && {
    version: report.version,
    at: report.cutOffAt,
    by: report.byName,
    text: report.text,
    late: report.late,
  },
  since: report ? sinceThen(report.figures, live.figures) : [],
});
