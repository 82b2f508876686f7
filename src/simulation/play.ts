// Plays a campaign on a clock of its own: slots run when they are due, messages go out, people look at them and act. One
// thing after another and no real time in any decision, so that the same seed gives the same campaign.
import { isOpen } from '../domain/assignment.ts';
import { type Day, daysBetween, plusDays } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { CardRow } from '../domain/change.ts';
import type { Tally } from '../domain/figures.ts';
import type { MessageKind } from '../domain/message.ts';
import { nextSlots } from '../domain/slots.ts';
import type { OnEvent } from '../ports.ts';
import { nextClaimAt } from '../usecases/hand-over-claims.ts';
import { nextNoticeAt } from '../usecases/hand-over-findings.ts';
import type { Service } from '../usecases/service.ts';
import { type Act, type Agenda, makeAgenda } from './agenda.ts';
import { type Chance, chanceOf } from './chance.ts';
import { actsOn } from './habits.ts';
import { isRecorded, type Leave, leaveOf } from './people.ts';
import { type Arrival, type Mailbox, ownerOf, type Phones } from './phones.ts';

export interface MovableClock {
  now(): Date;
  set(at: Date): void;
}

export interface Stage {
  readonly service: Service;
  readonly clock: MovableClock;
  readonly phones: Phones;
  readonly onEvent: OnEvent;
  /** Runs the slots that are due, and what is looked after each minute. */
  readonly runDue: () => Promise<unknown>;
  /** Lets everything out that is due. */
  readonly deliver: () => Promise<void>;
  /** The next instant until which a message is held. */
  readonly nextDelivery: (after: Date) => Promise<Date | null>;
  readonly recordLeaves: (leaves: readonly Leave[]) => Promise<void>;
}

export interface Script {
  readonly from: Day;
  readonly to: Day;
  readonly seed: number;
  /** Told at the end of each day. */
  readonly onDay?: (progress: Progress) => void;
}

export interface Progress {
  readonly day: Day;
  readonly done: number;
  readonly acts: number;
  readonly messages: number;
}

export interface Played {
  readonly tallies: readonly { readonly campaign: Campaign; readonly tally: Tally }[];
  readonly mailboxes: readonly Mailbox[];
  readonly sent: ReadonlyMap<MessageKind, number>;
  /** person → taps and typed messages */
  readonly acts: ReadonlyMap<string, number>;
}

interface Cast {
  readonly service: Service;
  readonly chance: Chance;
  readonly leaveOf: (person: string) => Leave | null;
}

/** Between two acts of one step, so that no two records are of the same instant. */
const APART_MS = 100;

export const play = async (stage: Stage, { from, to, seed, onDay }: Script): Promise<Played> => {
  const { service, clock, phones } = stage;
  const [first] = service.campaigns.all();
  if (!first) throw new RangeError('no campaign to play');
  const { calendar } = first;
  const chance = chanceOf(seed);
  const cast: Cast = { service, chance, leaveOf: (person) => leaveOf(chance, person, from, to) };
  const agenda = makeAgenda();
  const acts = new Map<string, number>();
  const end = calendar.endOf(to);
  let today = from;
  let heard: number | undefined;

  await stage.recordLeaves(await leavesOnRecord(cast, first, from));
  await stage.deliver();
  for (;;) {
    const at = await nextStop(stage, agenda);
    for (; today < (at > end ? plusDays(to, 1) : calendar.dayOf(at)); today = plusDays(today, 1)) {
      onDay?.({
        day: today,
        done: share(from, to, today),
        acts: sum(acts.values()),
        messages: sum(phones.sent.values()),
      });
    }
    if (at > end) break;
    clock.set(at);
    await stage.runDue();
    await stage.deliver();
    if (phones.sent.get('finding') !== heard) {
      // Towns have heard of findings: their clock starts before anything else happens.
      heard = phones.sent.get('finding');
      await stage.runDue();
    }
    for (const arrival of phones.look()) agenda.add(await reactions(cast, arrival, at));
    for (const act of agenda.take(at)) {
      clock.set(new Date(clock.now().getTime() + APART_MS));
      acts.set(act.event.sender, (acts.get(act.event.sender) ?? 0) + 1);
      await stage.onEvent(act.event);
    }
    await stage.deliver();
  }
  clock.set(end);
  await stage.runDue();
  const tallies = [];
  for (const campaign of service.campaigns.all())
    tallies.push({ campaign, tally: await service.figured.tally(campaign) });
  return { tallies, mailboxes: phones.mailboxes(), sent: phones.sent, acts };
};

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, n) => total + n, 0);

const share = (from: Day, to: Day, day: Day): number => (daysBetween(from, day) + 1) / (daysBetween(from, to) + 1);

/** When something is to happen next: a slot, somebody's act, a message that was held, a finding a town is to hear of. */
const nextStop = async ({ service, clock, nextDelivery }: Stage, agenda: Agenda): Promise<Date> => {
  const now = clock.now();
  const campaigns = service.campaigns.all();
  const stops: (Date | null)[] = [agenda.next(), await nextDelivery(now)];
  for (const campaign of campaigns) {
    stops.push(
      nextSlots(campaign.slots, campaign.calendar, now, 1)[0]?.at ?? null,
      await nextNoticeAt(service, campaign),
      await nextClaimAt(service, campaign),
    );
  }
  const after = stops.filter((at): at is Date => at !== null).map((at) => Math.max(at.getTime(), now.getTime() + 1));
  return new Date(Math.min(...after));
};

const leavesOnRecord = async ({ service, chance, leaveOf }: Cast, campaign: Campaign, day: Day): Promise<Leave[]> => {
  const staff = await service.roster.holders(campaign.id, 'staff', day);
  const inspectors = await service.roster.holders(campaign.id, 'inspector', day);
  return [...new Set([...staff, ...inspectors].map((holder) => holder.personId))].flatMap((person) => {
    const leave = leaveOf(person);
    return leave && isRecorded(chance, leave) ? [leave] : [];
  });
};

/** What those who see a card are going to do about it. */
const reactions = async (cast: Cast, { chat, card }: Arrival, at: Date): Promise<Act[]> => {
  const { service, chance, leaveOf } = cast;
  const row = await service.scenes.card(card.id);
  const campaign = row && service.campaigns.get(row.campaign);
  // A list that was asked for is no card to press.
  if (!campaign) return [];
  const owner = ownerOf(chat);
  const readers = owner === null ? await readersOf(service, campaign, row) : [{ person: owner, compounds: [] }];
  return readers.flatMap(({ person, compounds }) =>
    actsOn({ campaign, card, chat, at, person, chance, compounds, leave: leaveOf(person) }),
  );
};

interface Reader {
  readonly person: string;
  readonly compounds: readonly string[];
}

/** Who of a zone's group has something to do with its card: inspectors with the day's plan, those who lead with the tally. */
const readersOf = async (service: Service, campaign: Campaign, { kind, data }: CardRow): Promise<Reader[]> => {
  const { zone, day } = data;
  if (typeof zone !== 'string' || typeof day !== 'string') return [];
  if (kind === 'assignment') {
    const rows = (await service.planning.zoneDay(campaign.id, zone, day)).filter((row) => isOpen(row.assignment));
    const planned = [...Map.groupBy(rows, (row) => row.assignment.personId)];
    const reach = await service.roster.reach(planned.map(([person]) => person));
    return planned
      .filter(([person]) => reach.get(person)?.to)
      .map(([person, own]) => ({ person, compounds: own.flatMap((row) => row.assignment.compoundId ?? []) }));
  }
  const leading = [
    ...(await service.roster.holders(campaign.id, 'zone_lead', day)),
    ...(await service.roster.holders(campaign.id, 'liaison', day)),
  ];
  return leading.filter((h) => h.scope === zone && h.to).map((h) => ({ person: h.personId, compounds: [] }));
};
