// The playground connected: its messages, its groups and accounts, its channel and its routes (DESIGN §5).
import type Router from '@koa/router';
import { makePlaygroundChannel } from '../channels/playground/channel.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { RoleName } from '../domain/people.ts';
import { instantsIn, written } from '../http/instants.ts';
import { makePlaygroundLive } from '../http/playground/live.ts';
import { type ClockMove, type PlaygroundParts, playgroundRouter, shownMessage } from '../http/playground/router.ts';
import type { Campaigns, Channel, Clock, Log, OnEvent } from '../ports.ts';
import type { Notifications } from '../ports-delivery.ts';
import { makePlayground } from '../store/playground.ts';
import { commandsFor } from '../usecases/answer-command.ts';
import { openPlaygroundGroups } from '../usecases/open-playground-groups.ts';
import type { Service } from '../usecases/service.ts';
import type { Foundation } from './foundation.ts';
import type { Cards } from './service.ts';

export interface Playground {
  readonly channel: Channel;
  /** Opens groups and accounts: at start, and after a roster came in. */
  open(): Promise<unknown>;
  router(parts: {
    readonly service: Service;
    readonly onEvent: OnEvent;
    /** Beside real platforms: only with the token, and closed where none is set. */
    readonly protected: boolean;
    readonly token: string | null;
    readonly moveClock: ((target: Date) => Promise<ClockMove>) | null;
  }): Router;
  close(): void;
}

export const openPlayground = (
  foundation: Foundation,
  campaigns: Campaigns,
  clock: Clock,
  cards: Cards,
  notifications: Notifications,
  log: Log,
): Playground => {
  const store = makePlayground(foundation.pool);
  const live = makePlaygroundLive(notifications, (person, chat) => store.unread(person, chat), log);
  const instant = instantsIn(campaigns.all()[0]?.timezone ?? 'UTC');
  const channel = makePlaygroundChannel({
    messages: store,
    clock,
    onChange: (chat) => live.changed(chat),
    show: (message) => written(shownMessage(message), instant) as object,
  });
  return {
    channel,
    open: () => openPlaygroundGroups({ doors: store, clock }, campaigns.all()),
    router: ({ service, onEvent, protected: isProtected, token, moveClock }) =>
      playgroundRouter({
        campaigns,
        clock,
        channel,
        onEvent,
        rooms: store,
        live,
        protected: isProtected,
        token,
        hints: true,
        roleNames: offered(cards.words.role),
        slotName: (kind) => (cards.words.slot as Readonly<Record<string, string>>)[kind] ?? kind,
        commands: (person) => commandHelp(service, person),
        moveClock,
      }),
    close: () => live.close(),
  };
};

/** Whom a newcomer is offered to act as, first those with something to press. */
const offeredFirst: readonly RoleName[] = [
  'inspector',
  'zone_lead',
  'liaison',
  'supervisor',
  'commander',
  'staff',
  'signatory',
  'town_contact',
  'association',
  'office',
];

const offered = (names: Readonly<Record<RoleName, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...new Set([...offeredFirst, ...(Object.keys(names) as RoleName[])])].map((role) => [role, names[role]]),
  );

/** The commands this person may use, in the words of the help. */
const commandHelp: (service: Service, person: string | null) => ReturnType<PlaygroundParts['commands']> = async (
  service,
  id,
) => {
  const [campaign] = service.campaigns.all() as [Campaign];
  const today = campaign.calendar.dayOf(service.clock.now());
  const person = id === null ? null : await service.roster.person(id, campaign.id, today);
  const book = service.cards(campaign);
  return (person ? commandsFor(person) : []).map(({ name, words: [english, chinese] }) => ({
    name: english,
    alias: chinese,
    hint: book.say(`help_${name}_does`),
    usage: book.say(`help_${name}`),
  }));
};
