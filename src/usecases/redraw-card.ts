// Draws a card anew from what is true now: for everybody (a group card after a record), or for one who wants it back.
import type { AssignmentReason } from '../domain/assignment.ts';
import type { Day } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Card } from '../domain/card.ts';
import type { AssignmentCardData } from '../domain/card-data.ts';
import type { CardRow } from '../domain/change.ts';
import type { PlannedRow } from '../ports.ts';
import { checklistForm } from './checklist-form.ts';
import { letterForm, textFor } from './letter-form.ts';
import { noticeNow } from './send-notice.ts';
import type { Service } from './service.ts';

/** A zone's day as its group card shows it: one line for each compound, whoever of its inspectors has it. */
export const zoneDayCard = (
  campaign: Campaign,
  zone: string,
  day: string,
  rows: readonly PlannedRow[],
): AssignmentCardData => {
  const byCompound = new Map<string, PlannedRow[]>();
  for (const row of rows) {
    const id = row.assignment.compoundId;
    if (id !== null) byCompound.set(id, [...(byCompound.get(id) ?? []), row]);
  }
  const counts = new Map<AssignmentReason, number>();
  for (const own of byCompound.values()) {
    const [reason] = own[0]?.assignment.reasons ?? [];
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return {
    zone,
    person: null,
    day,
    until: campaign.settings.workingHours[1],
    compounds: [...byCompound].map(([id, own]) => ({
      id,
      name: own[0]?.compound ?? '',
      area: own[0]?.assignment.area ?? '',
      inspectors: [...new Set(own.map((row) => row.inspector))],
      reasons: own[0]?.assignment.reasons ?? [],
      doneAt: own.find((row) => row.recordedAt)?.recordedAt ?? null,
      doneBy: own.find((row) => row.recordedBy)?.recordedBy ?? null,
    })),
    counts: [...counts].map(([reason, n]) => ({ reason, n })),
    receipt: null,
  };
};

/** One inspector's compounds of a spot check: private, and with a day of its own (R38). */
export const spotCard = (
  campaign: Campaign,
  person: string,
  today: Day,
  dueOn: Day,
  rows: readonly PlannedRow[],
): AssignmentCardData => ({ ...zoneDayCard(campaign, '', today, rows), person, dueOn });

/** The card as it is now; null when what it was about is gone. */
export const redrawn = async (service: Service, campaign: Campaign, row: CardRow): Promise<Card | null> => {
  const book = service.cards(campaign);
  switch (row.kind) {
    case 'assignment': {
      if (typeof row.data.spot === 'string') return redrawnSpot(service, campaign, row);
      const { zone, day } = row.data as { zone: string; day: string };
      const rows = await service.planning.zoneDay(campaign.id, zone, day);
      return book.draw('assignment', row.id, zoneDayCard(campaign, zone, day, rows));
    }
    case 'checklist': {
      const { assignment: id } = row.data as { assignment: string };
      const assignment = await service.scenes.assignment(id);
      if (!assignment || assignment.compoundId === null) return null;
      const today = campaign.calendar.dayOf(service.clock.now());
      const [[compound], person] = await Promise.all([
        service.scenes.compounds([assignment.compoundId], today),
        service.roster.person(assignment.personId, campaign.id, today),
      ]);
      return compound && person
        ? book.draw('checklist', row.id, checklistForm(campaign, compound, person.name, today, assignment, false))
        : null;
    }
    case 'letter': {
      const { letters: ids } = row.data as { letters: string[] };
      const letters = await service.scenes.letters(ids);
      const signatory =
        row.personId === null ? null : ((await service.roster.reach([row.personId])).get(row.personId)?.name ?? null);
      const text = textFor(campaign, letters);
      return text && signatory !== null
        ? book.draw(
            'letter',
            row.id,
            letterForm(text, signatory, letters, campaign.calendar.dayOf(service.clock.now())),
          )
        : null;
    }
    case 'notice': {
      const now = await noticeNow(service, campaign, String(row.data.notice));
      const state = now?.replaced ? { state: 'closed' as const, stateText: book.say('state_replaced') } : {};
      return now && book.draw('notice', row.id, now.draws, { state: 'open', ...state });
    }
    default:
      return null;
  }
};

/** One inspector's compounds of a spot check. */
const redrawnSpot = async (service: Service, campaign: Campaign, row: CardRow): Promise<Card | null> => {
  const { spot, person, dueOn } = row.data as { spot: string; person: string; dueOn: Day };
  const rows = await service.spotChecks.rowsOf(spot, person);
  const name = rows[0]?.inspector;
  if (name === undefined) return null;
  const today = campaign.calendar.dayOf(service.clock.now());
  return service.cards(campaign).draw('assignment', row.id, spotCard(campaign, name, today, dueOn, rows));
};

/** What the delivery worker sends when a card was marked: null when there is nothing to show. */
export const redrawMarked = async (service: Service, cardId: string): Promise<{ card: Card } | null> => {
  const row = await service.scenes.card(cardId);
  const campaign = row && service.campaigns.get(row.campaign);
  const card = campaign && (await redrawn(service, campaign, row));
  return card ? { card } : null;
};
