// Tells towns of their findings, and notes when they heard (R05c, R37, R39). Runs each minute: notices to one town are
// collected for ten minutes and leave in working hours; "notified" is the first delivery, and starts the two-day clock.
import type { Campaign } from '../domain/campaign.ts';
import { itemOf } from '../domain/campaign.ts';
import type { Finding } from '../domain/finding.ts';
import { notified, rectificationDue } from '../domain/finding.ts';
import type { Address } from '../domain/message.ts';
import { inWorkingHours, isWorkingHour, nextWorkingInstant } from '../domain/sending.ts';
import { deltas, momentOf, ofFinding, tallyTime } from '../domain/tally.ts';
import type { Notices } from '../ports.ts';
import { cardMessage, sending } from './card-message.ts';
import type { Service } from './service.ts';

const collectMinutes = 10;
const mostOnCard = 20;

type Unheard = Awaited<ReturnType<Notices['unheard']>>[number];

/** When the notices that wait now are to leave; null when none waits. For the playground's clock. */
export const nextNoticeAt = async (service: Service, campaign: Campaign): Promise<Date | null> => {
  const [oldest] = await service.notices.unheard(campaign.id);
  if (!oldest) return null;
  const ripe = new Date(oldest.finding.openedAt.getTime() + collectMinutes * 60_000);
  return nextWorkingInstant(campaign.calendar, campaign.settings.workingHours, ripe);
};

export const handOverFindings = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  await noteHeard(service, campaign, now);
  if (!isWorkingHour(campaign.calendar, campaign.settings.workingHours, now)) return;
  const waiting = await service.notices.unheard(campaign.id);
  const ripe = [...Map.groupBy(waiting, (w) => w.finding.area)].filter(([, own]) =>
    own.some((w) => now.getTime() - w.finding.openedAt.getTime() >= collectMinutes * 60_000),
  );
  if (ripe.length === 0) return;
  const today = campaign.calendar.dayOf(now);
  const [contacts, heads, areaGroups, supervisors] = await Promise.all([
    service.roster.holders(campaign.id, 'town_contact', today),
    service.roster.holders(campaign.id, 'town_head', today),
    service.roster.groups('area'),
    service.roster.holders(campaign.id, 'supervisor', today),
  ]);
  for (const [area, own] of ripe) {
    const zone = own[0]?.finding.zone ?? null;
    // The chain of 1.7: whoever of it can be reached first is the town's ear.
    const to =
      contacts.find((c) => c.scope === area && c.to)?.to ??
      heads.find((h) => h.scope === area && h.to)?.to ??
      areaGroups.find((g) => g.serves === area)?.to ??
      supervisors.find((s) => s.scope === zone && s.to)?.to;
    if (!to) {
      service.log.warn({ area }, 'nobody can be told of the findings of this area');
      continue;
    }
    for (let i = 0; i < own.length; i += mostOnCard)
      await sendNotice(service, campaign, area, own.slice(i, i + mostOnCard), to, now);
  }
  service.wake();
};

const sendNotice = async (
  service: Service,
  campaign: Campaign,
  area: string,
  own: readonly Unheard[],
  to: Address,
  now: Date,
): Promise<void> => {
  const { calendar, settings } = campaign;
  const today = calendar.dayOf(now);
  const dueOn = rectificationDue(calendar, now, campaign.rectificationWorkingDays);
  const findings = own.map((w) => w.finding.id);
  const notice = cardMessage(service, campaign, now, {
    key: `finding:${findings[0]}`,
    to,
    kind: 'finding',
    as: 'finding',
    draws: {
      area,
      findings: own.map(({ finding: f, checkedAt, inspector }) => ({
        id: f.id,
        compound: f.compoundName,
        company: f.company,
        num: itemOf(campaign, f.item)?.num ?? 0,
        shortLabel: itemOf(campaign, f.item)?.shortLabel ?? f.item,
        checkedAt,
        inspector,
        state: f.state,
        dueOn: null,
      })),
      dueOn,
      workingDays: campaign.rectificationWorkingDays,
      promiseDays: Array.from({ length: settings.progressMaxWorkingDays }, (_, i) =>
        calendar.plusWorkingDays(today, i + 1),
      ).filter((d) => d > dueOn),
    },
    data: { findings },
    about: findings.map((id) => ({ kind: 'finding', id })),
    window: inWorkingHours(calendar, settings, now),
  });
  await service.committer.commit(sending([notice]));
};

/** Findings whose notice was delivered, known or probably (`unknown` counts as delivered): the clock starts at the delivery. */
export const noteHeard = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  const delivered = await service.notices.delivered(campaign.id);
  const steps = delivered.flatMap(({ finding, at }) => {
    const step = notified(finding, at, campaign.calendar, campaign.rectificationWorkingDays);
    return step ? [{ before: finding, after: step.finding, event: step.event, at }] : [];
  });
  if (steps.length === 0) return;
  const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), now);
  // A finding that changed meanwhile is left for the next minute.
  await service.committer.commit({
    findings: steps.map((s) => s.after),
    events: steps.map((s) => ({
      campaign: campaign.id,
      at: s.at,
      kind: s.event,
      subject: { kind: 'finding', id: s.after.id },
      by: null,
      inbound: null,
      data: { due: s.after.dueOn },
    })),
    deltas: steps.flatMap((s: { before: Finding; after: Finding }) =>
      deltas(campaign.id, moment, ofFinding(s.before), ofFinding(s.after)),
    ),
  });
};
