// Puts on the books what is owed and is not there yet: home duties and letters (R13, R24). Safe to run again at any time.
import { type Campaign, phaseOn, strandOf } from '../domain/campaign.ts';
import type { Change } from '../domain/change.ts';
import { dutyInStep } from '../domain/home.ts';
import { homeDuties, lettersOwed } from '../domain/obligations.ts';
import { deltas, momentOf, ofAssignment, ofLetter, tallyTime } from '../domain/tally.ts';
import { handLettersOn } from './hand-letters-on.ts';
import { dutiesMoved } from './move-duties.ts';
import type { Service } from './service.ts';

const chunk = 500;

const chunked = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / chunk) }, (_, i) => all.slice(i * chunk, (i + 1) * chunk));

/** Commits a change that nobody else can have made; somebody who did makes it again unnecessary. */
const put = async (service: Service, change: Change): Promise<void> => {
  await service.committer.commit(change);
};

export const raiseObligations = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  const today = campaign.calendar.dayOf(now);
  const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), now);
  const nextId = () => service.ids.next();
  const event = (kind: string, subject: string, id: string) => ({
    campaign: campaign.id,
    at: now,
    kind,
    subject: { kind: subject, id },
    by: null,
    inbound: null,
    data: {},
  });

  const phase = phaseOn(strandOf(campaign, 'home'), today);
  if (phase) {
    const staff = await service.roster.staffWithoutDuty(campaign.id, phase.start, today);
    for (const duties of chunked(homeDuties(campaign, staff, today, now, nextId))) {
      await put(service, {
        assignments: duties,
        events: duties.map((a) => event('assignment.given', 'assignment', a.id)),
        deltas: duties.flatMap((a) => deltas(campaign.id, moment, [], ofAssignment(a))),
      });
    }
  }

  await bringInStep(service, campaign, now);

  await handLettersOn(service, campaign, now);

  const letterBegins = strandOf(campaign, 'letter')?.phases[0]?.start;
  if (campaign.letter && letterBegins !== undefined && today >= letterBegins) {
    const [units, booked] = await Promise.all([
      service.roster.units(today),
      service.roster.unitsWithLetter(campaign.id, campaign.letter.signAgain ? campaign.letter.id : null),
    ]);
    const reach = await service.roster.reach(units.flatMap((u) => u.headId ?? []));
    const reachable = new Set([...reach.values()].filter((r) => r.to !== null).map((r) => r.personId));
    for (const letters of chunked(lettersOwed(campaign, units, booked, reachable, now, nextId))) {
      await put(service, {
        letters,
        events: letters.map((l) => event('letter.owed', 'letter', l.id)),
        deltas: letters.flatMap((l) => deltas(campaign.id, moment, [], ofLetter(l))),
      });
    }
  }
};

/** Who moved, left or was put on leave by a roster owes his duty accordingly (E13, E14, E16). */
const bringInStep = async (service: Service, campaign: Campaign, now: Date): Promise<void> => {
  const today = campaign.calendar.dayOf(now);
  let read = chunk;
  while (read === chunk) {
    const stale = await service.people.outOfStep(campaign.id, today, chunk);
    const steps = stale.flatMap(({ duty, now: facts }) => dutyInStep(duty, facts));
    if (steps.length === 0) return;
    await put(service, dutiesMoved(service, steps, { at: now, by: null, inbound: null }));
    read = stale.length;
  }
};
