// Somebody with a card before him: when he gets round to it, what is likely, and how a press of his looks as an event.
// What he does with the card is habits.ts.
import type { Campaign } from '../domain/campaign.ts';
import type { Card, CardValues } from '../domain/card.ts';
import type { InboundEvent } from '../ports.ts';
import type { Act } from './agenda.ts';
import type { Chance } from './chance.ts';
import { type Leave, temperOf } from './people.ts';
import { ownerOf } from './phones.ts';

/** A card that somebody has before him. */
export interface Looking {
  readonly campaign: Campaign;
  readonly card: Card;
  readonly chat: string;
  readonly at: Date;
  readonly person: string;
  readonly chance: Chance;
  readonly leave: Leave | null;
  /** What of a group's card concerns this person: the compounds he has today. */
  readonly compounds: readonly string[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WAKES = '07:00';
const WAKES_MINUTE = 7 * 60;
const SLEEPS_MINUTE = 22 * 60 + 30;

const seedOf = ({ card, person }: Looking, what: string): [string, string, string] => [card.id, person, what];
export const likely = (looking: Looking, what: string, share: number): boolean =>
  looking.chance(...seedOf(looking, what)) < share;
export const between = (looking: Looking, what: string, from: number, to: number): number =>
  from + looking.chance(...seedOf(looking, what)) * (to - from);

/** Nobody answers asleep or on leave: then he does when he is back. */
export const awake = ({ campaign, leave }: Looking, at: Date): Date => {
  const { calendar } = campaign;
  const day = calendar.dayOf(at);
  const minute = calendar.minuteOf(at);
  const morning = (of: string) => new Date(calendar.instant(of, WAKES).getTime() + (at.getTime() % HOUR_MS));
  if (leave && leave.from <= day && day <= leave.to) return new Date(calendar.endOf(leave.to).getTime() + 9 * HOUR_MS);
  if (minute < WAKES_MINUTE) return morning(day);
  if (minute > SLEEPS_MINUTE) return morning(calendar.dayOf(new Date(at.getTime() + 3 * HOUR_MS)));
  return at;
};

/** When somebody gets round to it; null = never. */
export const whenDone = (looking: Looking, slowestDays: number): Date | null => {
  switch (temperOf(looking.chance, looking.person)) {
    case 'silent':
      return null;
    case 'slow':
      return awake(looking, new Date(looking.at.getTime() + between(looking, 'when', 0.2, slowestDays) * DAY_MS));
    default:
      return awake(looking, new Date(looking.at.getTime() + between(looking, 'when', 5, 240) * MINUTE_MS));
  }
};

export const careless = ({ chance, person }: Looking): boolean => temperOf(chance, person) === 'careless';

export const eventOf = (looking: Looking, step: string, body: InboundEvent['body']): InboundEvent => ({
  channel: 'playground',
  id: `${looking.card.id}:${looking.person}:${step}`,
  sender: looking.person,
  chat: { kind: ownerOf(looking.chat) === null ? 'group' : 'person', id: looking.chat },
  body,
});

export const press = (looking: Looking, at: Date, step: string, action: string, values: CardValues = {}): Act => ({
  at,
  event: eventOf(looking, step, { kind: 'press', card: looking.card.id, action, values }),
});

export const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);
