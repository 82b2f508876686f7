// Each minute: records that came too fast and too much alike are flagged, and the zone's supervisors hear of it once a day
// for each person (R44, E27). Nobody else is told, and the records count as before.
import type { Campaign } from '../domain/campaign.ts';
import { type SuspiciousRun, suspiciousRuns } from '../domain/suspicion.ts';
import type { Service } from './service.ts';
import { line } from './town-ear.ts';

/** How far back is looked beyond the rule's own minutes: a service that was down catches up. */
const lookBackMinutes = 60;

export const flagSuspicious = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  const rule = campaign.settings.suspicious;
  const since = new Date(now.getTime() - (rule.withinMinutes + lookBackMinutes) * 60_000);
  const seen = await service.findings.recordsSince(campaign.id, since, rule.records);
  const fresh = suspiciousRuns(seen, rule).filter((run) => run.some((one) => !one.flags.includes('suspicious')));
  if (fresh.length === 0) return;
  const day = campaign.calendar.dayOf(now);
  const supervisors = await service.roster.holders(campaign.id, 'supervisor', day);
  const flagged = fresh.flatMap((run) => run.filter((one) => !one.flags.includes('suspicious')));
  await service.committer.commit({
    flagged: flagged.map(({ id, flags }) => ({ id, flags: [...flags, 'suspicious' as const] })),
    events: flagged.map(({ id, inspectorId }) => ({
      campaign: campaign.id,
      at: now,
      kind: 'inspection.flagged',
      subject: { kind: 'inspection', id },
      by: null,
      inbound: null,
      data: { flag: 'suspicious', inspector: inspectorId },
    })),
    messages: fresh.flatMap((run) =>
      supervisors.flatMap(({ to, scope, personId }) =>
        to && run.some((one) => one.zone === scope)
          ? [
              line(
                { campaign, now },
                `suspicious:${run[0].inspectorId}:${day}:${personId}`,
                to,
                said(service, campaign, run),
              ),
            ]
          : [],
      ),
    ),
  });
  service.wake();
};

const said = (service: Service, campaign: Campaign, run: SuspiciousRun): string =>
  service.cards(campaign).say('suspicious_run', {
    name: run[0].inspectorName,
    n: run.length,
    from: run[0].enteredAt,
    to: run.at(-1)?.enteredAt ?? run[0].enteredAt,
  });
