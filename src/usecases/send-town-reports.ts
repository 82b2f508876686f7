// From two working days before the deadline each town gets its report, pre-filled: the contact only looks and sends (R41).
// Part of the morning's slot; a town gets the card once, and a contact who comes late gets it then.
import type { Day } from '../domain/calendar.ts';
import { areasOf, type Campaign } from '../domain/campaign.ts';
import { prefillOn } from '../domain/town-report.ts';
import { type CardMessage, cardMessage, sending } from './card-message.ts';
import type { Service } from './service.ts';
import { liveTowns, townReportForm } from './town-report-form.ts';

export const sendTownReports = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  const dueOn = campaign.townReportDue;
  if (dueOn === null || day < prefillOn(campaign.calendar, dueOn)) return;
  const areas = await service.townReports.withoutCard(campaign.id, areasOf(campaign));
  if (areas.length === 0) return;
  const [contacts, heads, live] = await Promise.all([
    service.roster.holders(campaign.id, 'town_contact', day),
    service.roster.holders(campaign.id, 'town_head', day),
    liveTowns(service, campaign, areas),
  ]);
  const drawn = areas.flatMap((area): CardMessage[] => {
    const one = [...contacts, ...heads].find((h) => h.scope === area && h.to);
    const figures = live.of(area);
    if (!one?.to || !figures) return [];
    return [
      cardMessage(service, campaign, now, {
        key: `town_report:${campaign.id}:${area}`,
        to: one.to,
        kind: 'town_report',
        as: 'notice',
        draws: townReportForm(area, dueOn, day, { cutOffAt: live.cutOffAt, figures }, null),
        data: { area },
        about: [{ kind: 'town_report', id: area }],
        window: { notBefore: now },
      }),
    ];
  });
  await service.committer.commit(sending(drawn));
};
