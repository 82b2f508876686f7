// Tells towns of their findings, and notes when they heard (R05c, R37, R39). Runs each minute: notices to one town are
// collected for ten minutes and leave in working hours; "notified" is the first delivery, and starts the two-day clock.
// What was found not right again is told anew, and one rung up: to the town's head too (R40).
import { type Campaign, zoneNow } from '../domain/campaign.ts';
import { type Finding, notified } from '../domain/finding.ts';
import type { Address } from '../domain/message.ts';
import { inWorkingHours, isWorkingHour, nextWorkingInstant } from '../domain/sending.ts';
import { deltas, momentOf, ofFinding, tallyTime } from '../domain/tally.ts';
import type { Notices } from '../ports.ts';
import { cardMessage, sending } from './card-message.ts';
import { findingForm } from './finding-card.ts';
import type { Service } from './service.ts';
import { townEars } from './town-ear.ts';

const collectMinutes = 10;
const mostOnCard = 20;

type Unheard = Awaited<ReturnType<Notices['unheard']>>[number];

/** Since when the town has something to hear. */
const since = ({ finding }: Unheard): Date => finding.reopenedAt ?? finding.openedAt;

/** When the notices that wait now are to leave; null when none waits. For the playground's clock. */
export const nextNoticeAt = async (service: Service, campaign: Campaign): Promise<Date | null> => {
  const [oldest] = await service.notices.unheard(campaign.id);
  if (!oldest) return null;
  const ripe = new Date(since(oldest).getTime() + collectMinutes * 60_000);
  return nextWorkingInstant(campaign.calendar, campaign.settings.workingHours, ripe);
};

export const handOverFindings = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  await noteHeard(service, campaign, now);
  if (!isWorkingHour(campaign.calendar, campaign.settings.workingHours, now)) return;
  const waiting = await service.notices.unheard(campaign.id);
  const ripe = [...Map.groupBy(waiting, (w) => `${w.finding.area}/${w.finding.state}`).values()].filter((own) =>
    own.some((w) => now.getTime() - since(w).getTime() >= collectMinutes * 60_000),
  );
  if (ripe.length === 0) return;
  const ears = await townEars(service, campaign, campaign.calendar.dayOf(now));
  for (const own of ripe) {
    const { finding } = own[0] as Unheard;
    const { area, state } = finding;
    const to = ears.of(area, zoneNow(campaign, finding));
    if (!to) {
      service.log.warn({ area }, 'nobody can be told of the findings of this area');
      continue;
    }
    const above = state === 'reopened' ? ears.headOf(area) : null;
    for (let i = 0; i < own.length; i += mostOnCard) {
      const part = own.slice(i, i + mostOnCard);
      await sendNotice(service, campaign, area, part, above ? [to, above] : [to], now);
    }
  }
  service.wake();
};

const sendNotice = async (
  service: Service,
  campaign: Campaign,
  area: string,
  own: readonly Unheard[],
  to: readonly Address[],
  now: Date,
): Promise<void> => {
  const findings = own.map((w) => w.finding.id);
  const { id, reopenedAt } = (own[0] as Unheard).finding;
  const draws = findingForm(campaign, area, own, campaign.calendar.dayOf(now), now);
  const notices = to.map((address, i) =>
    cardMessage(service, campaign, now, {
      key: ['finding', id, ...(reopenedAt ? [reopenedAt.toISOString()] : []), ...(i > 0 ? ['head'] : [])].join(':'),
      to: address,
      kind: 'finding',
      as: 'finding',
      draws,
      data: { findings },
      about: findings.map((finding) => ({ kind: 'finding', id: finding })),
      window: inWorkingHours(campaign.calendar, campaign.settings, now),
    }),
  );
  await service.committer.commit(sending(notices));
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
