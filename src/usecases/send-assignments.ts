// The 08:30 slot: each zone's day is planned and posted as one group card, each member of staff gets the home inspection's
// card once, each company head the letter once (R13, R23, R31, R48). Broken off half-way it goes on where it stopped: a
// zone's assignments and its card are one commit, and every message is unique by what it is for.
import type { Assignment } from '../domain/assignment.ts';
import type { Day } from '../domain/calendar.ts';
import { type Campaign, phaseOn, strandOf, zonesOf } from '../domain/campaign.ts';
import type { Letter } from '../domain/letter.ts';
import type { Address } from '../domain/message.ts';
import { deltas, momentOf, ofLetter, tallyTime } from '../domain/tally.ts';
import { type CardMessage, cardMessage, sending } from './card-message.ts';
import { checklistForm } from './checklist-form.ts';
import { homeQuestion } from './find-home.ts';
import { letterForm } from './letter-form.ts';
import { planZone } from './plan-zone.ts';
import { raiseObligations } from './raise-obligations.ts';
import { zoneDayCard } from './redraw-card.ts';
import { sendTownReports } from './send-town-reports.ts';
import type { Service } from './service.ts';
import { homeCardKey } from './settle-home.ts';

export const sendAssignments = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  await raiseObligations(service, campaign, now);
  const groups = await service.roster.groups('zone');
  const zones = phaseOn(strandOf(campaign, 'zone'), day) ? zonesOf(campaign) : [];
  for (const zone of zones) {
    await planAndPost(
      service,
      campaign,
      zone,
      day,
      now,
      groups.filter((g) => g.serves === zone).map((g) => g.to),
    );
  }
  await sendHomeCards(service, campaign, day, now);
  await sendLetters(service, campaign, day, now);
  await sendTownReports(service, campaign, day, now);
  service.wake();
};

const planAndPost = async (
  service: Service,
  campaign: Campaign,
  zone: string,
  day: Day,
  now: Date,
  groups: readonly Address[],
): Promise<void> => {
  const { planned } = await planZone(service, campaign, zone, day, now);
  if (planned.length > 0)
    await service.committer.commit({ assignments: planned, events: planned.map((a) => given(campaign, a, now)) });
  const rows = await service.planning.zoneDay(campaign.id, zone, day);
  if (rows.length === 0) return;
  const draws = zoneDayCard(campaign, zone, day, rows);
  const endOfDay = campaign.calendar.endOf(day);
  const drawn = groups.map((to) =>
    cardMessage(service, campaign, now, {
      key: `assignments:${campaign.id}:${day}:${zone}:${to.channel}/${to.chat}`,
      to,
      kind: 'assignment',
      as: 'assignment',
      draws,
      data: { zone, day },
      about: [...new Set(rows.map((r) => r.assignment.id))].map((id) => ({ kind: 'assignment', id })),
      window: { notBefore: now, expiresAt: endOfDay },
      closesAt: endOfDay,
    }),
  );
  await service.committer.commit(sending(drawn));
};

const given = (campaign: Campaign, a: Assignment, now: Date) => ({
  campaign: campaign.id,
  at: now,
  kind: 'assignment.given',
  subject: { kind: 'assignment', id: a.id },
  by: null,
  inbound: null,
  data: { person: a.personId, compound: a.compoundId, reasons: a.reasons },
});

const batch = 300;

/** The checklist of the own compound; where that is not known, the question which it is (R11). */
const homeCard = (
  service: Service,
  campaign: Campaign,
  day: Day,
  now: Date,
  { assignment, to, compound }: Awaited<ReturnType<Service['planning']['homeWithoutCard']>>[number],
): CardMessage[] => {
  if (!to.to) return [];
  const order = { to: to.to, as: 'assignment' as const, about: [{ kind: 'assignment', id: assignment.id }] };
  const window = { notBefore: now };
  if (!compound) {
    const key = `where:${assignment.id}`;
    return [cardMessage(service, campaign, now, { ...order, ...homeQuestion(service, campaign), key, window })];
  }
  return [
    cardMessage(service, campaign, now, {
      ...order,
      key: homeCardKey(assignment.id, compound.id),
      kind: 'checklist',
      draws: checklistForm(campaign, compound, to.name, day, assignment, false),
      data: {
        assignment: assignment.id,
        compound: compound.id,
        strand: 'home',
        checklist: assignment.checklist,
      },
      window,
    }),
  ];
};

const sendHomeCards = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  for (;;) {
    const due = await service.planning.homeWithoutCard(campaign.id, day, batch);
    const drawn = due.flatMap((duty) => homeCard(service, campaign, day, now, duty));
    if (drawn.length === 0) return;
    await service.committer.commit(sending(drawn));
  }
};

const sendLetters = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  const text = campaign.letter;
  if (!text) return;
  const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), now);
  for (;;) {
    const due = await service.planning.lettersToSend(campaign.id, batch);
    if (due.length === 0) return;
    const bySignatory = Map.groupBy(due, (l) => l.signatoryId as string);
    // The last head of a full batch may have more units in the next one: his card waits until all of them are here (E05).
    if (due.length === batch && bySignatory.size > 1) bySignatory.delete(due.at(-1)?.signatoryId as string);
    const reach = await service.roster.reach([...bySignatory.keys()]);
    const moved: { before: Letter; after: Letter }[] = [];
    const drawn: CardMessage[] = [];
    for (const [signatory, letters] of bySignatory) {
      const head = reach.get(signatory);
      const to = head?.to ?? null;
      const state = to ? ('sent' as const) : ('unreachable' as const);
      const after = letters.map((l) => ({ ...l, state, sentAt: to ? now : null, version: l.version + 1 }));
      moved.push(...letters.map((before, i) => ({ before, after: after[i] as Letter })));
      if (!to || !head) continue;
      const ids = letters.map((l) => l.id);
      drawn.push(
        cardMessage(service, campaign, now, {
          key: `letter:${campaign.id}:${text.id}:${ids[0]}`,
          to,
          kind: 'letter',
          as: 'letter',
          draws: letterForm(text, head.name, letters, day),
          data: { letters: ids },
          about: ids.map((id) => ({ kind: 'letter', id })),
          window: { notBefore: now },
        }),
      );
    }
    const committed = await service.committer.commit({
      letters: moved.map((m) => m.after),
      ...sending(drawn),
      events: moved.map(({ after }) => ({
        campaign: campaign.id,
        at: now,
        kind: `letter.${after.state}`,
        subject: { kind: 'letter', id: after.id },
        by: null,
        inbound: null,
        data: { unit: after.unitId },
      })),
      deltas: moved.flatMap((m) => deltas(campaign.id, moment, ofLetter(m.before), ofLetter(m.after))),
    });
    if (committed === 'stale') continue;
  }
};
