// The 08:30 slot: each zone's day is planned and posted as one group card, each member of staff gets the home inspection's
// card once, each company head the letter once (R13, R23, R31, R48). Broken off half-way it goes on where it stopped: a
// zone's assignments and its card are one commit, and every message is unique by what it is for.
import type { Assignment } from '../domain/assignment.ts';
import type { Day } from '../domain/calendar.ts';
import { areasOf, type Campaign, zonesOf } from '../domain/campaign.ts';
import type { CardRow } from '../domain/change.ts';
import type { Letter } from '../domain/letter.ts';
import type { Address, Outgoing } from '../domain/message.ts';
import { deltas, momentOf, ofLetter, tallyTime } from '../domain/tally.ts';
import { type Candidate, planZoneDay } from '../domain/zone-plan.ts';
import { checklistForm } from './checklist-form.ts';
import { letterForm } from './letter-form.ts';
import { raiseObligations } from './raise-obligations.ts';
import { zoneDayCard } from './redraw-card.ts';
import type { Service } from './service.ts';

export const sendAssignments = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  await raiseObligations(service, campaign, now);
  const groups = await service.roster.groups('zone');
  for (const zone of zonesOf(campaign)) {
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
  const { planning } = service;
  const areas = areasOf(campaign, zone);
  const perDay = campaign.settings.inspectionsPerInspectorPerDay;
  const inspectors = await planning.inspectors(campaign.id, zone, day);
  const room = inspectors.reduce((n, i) => n + Math.max(0, perDay - i.load), 0);
  if (room > 0) {
    const [backs, unsigned, gaps] = await Promise.all([
      planning.lookBacks(campaign.id, areas, day, room),
      planning.unsignedUnitsCompounds(campaign.id, areas, day, room),
      planning.gaps(campaign.id, areas, day, room),
    ]);
    const candidates = candidatesFrom(backs, unsigned, gaps);
    const planned = planZoneDay(campaign.id, zone, day, candidates, inspectors, perDay, now, () => service.ids.next());
    if (planned.length > 0) {
      await service.committer.commit({ assignments: planned, events: planned.map((a) => given(campaign, a, now)) });
    }
  }
  const rows = await planning.zoneDay(campaign.id, zone, day);
  if (rows.length === 0) return;
  const data = zoneDayCard(campaign, zone, day, rows);
  const drawn = groups.map((to) => {
    const id = service.ids.next();
    const card: CardRow = {
      id,
      campaign: campaign.id,
      kind: 'assignment',
      channel: to.channel,
      chat: to.chat,
      personId: null,
      data: { zone, day },
      state: 'open',
      createdAt: now,
      closesAt: campaign.calendar.endOf(day),
    };
    const message: Outgoing = {
      key: `assignments:${campaign.id}:${day}:${zone}:${to.channel}/${to.chat}`,
      campaign: campaign.id,
      to,
      kind: 'assignment',
      about: [...new Set(rows.map((r) => r.assignment.id))].map((assignment) => ({
        kind: 'assignment',
        id: assignment,
      })),
      message: { card: service.cards(campaign).draw('assignment', id, data) },
      notBefore: now,
      expiresAt: campaign.calendar.endOf(day),
    };
    return { card, message };
  });
  await service.committer.commit({ cards: drawn.map((d) => d.card), messages: drawn.map((d) => d.message) });
};

type Found = { readonly compoundId: string; readonly area: string; readonly unitId: string | null };

/** One candidate for each compound: whoever must look back there need not come for another reason (1.7). */
const candidatesFrom = (
  backs: readonly (Found & { notBy: string | null })[],
  unsigned: readonly Found[],
  gaps: readonly Found[],
): Candidate[] => {
  const all: Candidate[] = [
    ...backs.map((f): Candidate => ({ ...f, kind: 'recheck', reasons: ['look_back'] })),
    ...unsigned.map((f): Candidate => ({ ...f, kind: 'strengthened', reasons: ['letter_unsigned'], notBy: null })),
    ...gaps.map((f): Candidate => ({ ...f, kind: 'zone', reasons: ['not_yet_checked'], notBy: null })),
  ];
  const seen = new Set<string>();
  return all.filter((c) => !seen.has(c.compoundId) && seen.add(c.compoundId));
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

const sendHomeCards = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  for (;;) {
    const due = await service.planning.homeWithoutCard(campaign.id, day, batch);
    const drawn = due.flatMap(({ assignment, to, compound }) => {
      if (!to.to || !compound) return [];
      const id = service.ids.next();
      const form = checklistForm(campaign, compound, to.name, day, assignment, false);
      const card: CardRow = {
        id,
        campaign: campaign.id,
        kind: 'checklist',
        channel: to.to.channel,
        chat: to.to.chat,
        personId: to.personId,
        data: { assignment: assignment.id, compound: compound.id, strand: 'home' },
        state: 'open',
        createdAt: now,
        closesAt: null,
      };
      const message: Outgoing = {
        key: `home:${assignment.id}`,
        campaign: campaign.id,
        to: to.to,
        kind: 'assignment',
        about: [{ kind: 'assignment', id: assignment.id }],
        message: { card: service.cards(campaign).draw('checklist', id, form) },
        notBefore: now,
      };
      return [{ card, message }];
    });
    if (drawn.length === 0) return;
    await service.committer.commit({ cards: drawn.map((d) => d.card), messages: drawn.map((d) => d.message) });
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
    const drawn: { card: CardRow; message: Outgoing }[] = [];
    for (const [signatory, letters] of bySignatory) {
      const head = reach.get(signatory);
      const to = head?.to ?? null;
      const state = to ? ('sent' as const) : ('unreachable' as const);
      const after = letters.map((l) => ({ ...l, state, sentAt: to ? now : null, version: l.version + 1 }));
      moved.push(...letters.map((before, i) => ({ before, after: after[i] as Letter })));
      if (!to || !head) continue;
      const id = service.ids.next();
      const ids = letters.map((l) => l.id);
      drawn.push({
        card: {
          id,
          campaign: campaign.id,
          kind: 'letter',
          channel: to.channel,
          chat: to.chat,
          personId: signatory,
          data: { letters: ids },
          state: 'open',
          createdAt: now,
          closesAt: null,
        },
        message: {
          key: `letter:${campaign.id}:${text.id}:${ids[0]}`,
          campaign: campaign.id,
          to,
          kind: 'letter',
          about: ids.map((l) => ({ kind: 'letter', id: l })),
          message: { card: service.cards(campaign).draw('letter', id, letterForm(text, head.name, letters, day)) },
          notBefore: now,
        },
      });
    }
    const committed = await service.committer.commit({
      letters: moved.map((m) => m.after),
      cards: drawn.map((d) => d.card),
      messages: drawn.map((d) => d.message),
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
