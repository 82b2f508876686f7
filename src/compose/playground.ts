// Puts the playground together: its channel, its rooms, what watches them, and its routes.
import type Router from '@koa/router';
import type pg from 'pg';
import { makePlaygroundChannel } from '../channels/playground/channel.ts';
import type { Day } from '../domain/calendar.ts';
import type { RoleName } from '../domain/people.ts';
import { instantsIn, written } from '../http/instants.ts';
import { makePlaygroundLive, type PlaygroundLive } from '../http/playground/live.ts';
import { type CommandHelp, type PlaygroundParts, playgroundRouter, shownMessage } from '../http/playground/router.ts';
import type { Campaigns, Channel, Clock, Log } from '../ports.ts';
import type { Notifications } from '../ports-delivery.ts';
import { makePlayground } from '../store/playground.ts';
import { commandsFor } from '../usecases/answer-command.ts';
import { openPlaygroundGroups } from '../usecases/open-playground-groups.ts';
import type { Service } from '../usecases/service.ts';

export interface Playground {
  readonly channel: Channel;
  /** Opens its groups and accounts: at start, and after a roster came in. */
  open(): Promise<{ groups: number; people: number }>;
  routes(options: PlaygroundRoutes): Router;
  /** Ends the open streams, which would hold the server's closing. */
  close(): void;
}

export interface PlaygroundRoutes
  extends Pick<PlaygroundParts, 'onEvent' | 'protected' | 'token' | 'hints' | 'moveClock'> {
  readonly service: Service;
}

export const openPlayground = (
  pool: pg.Pool,
  campaigns: Campaigns,
  clock: Clock,
  notifications: Notifications,
  log: Log,
): Playground => {
  const store = makePlayground(pool);
  const live: PlaygroundLive = makePlaygroundLive(notifications, store.unread, log);
  const [first] = campaigns.all();
  const instant = instantsIn(first?.timezone ?? 'UTC');
  const channel = makePlaygroundChannel({
    messages: store,
    clock,
    onChange: live.changed,
    show: (message) => written(shownMessage(message), instant) as object,
  });
  return {
    channel,
    open: () => openPlaygroundGroups({ doors: store, clock }, campaigns.all()),
    routes: ({ service, ...options }) =>
      playgroundRouter({
        ...options,
        campaigns,
        clock,
        channel,
        rooms: store,
        live,
        roleNames: roleNames(service),
        slotName: (kind) => say(service, 'slot_name', { slot: kind }),
        commands: (person) => commandHelp(service, person),
      }),
    close: live.close,
  };
};

/** From the fewest to the many: the order in which people are offered to act as. */
const roles: readonly RoleName[] = [
  'commander',
  'supervisor',
  'liaison',
  'zone_lead',
  'inspector',
  'town_contact',
  'town_head',
  'staff',
  'department_head',
  'signatory',
  'association',
  'office',
  'archivist',
];

const say = (service: Service, key: string, data: Readonly<Record<string, unknown>> = {}): string => {
  const [campaign] = service.campaigns.all();
  return campaign ? service.cards(campaign).say(key, data) : '';
};

const roleNames = (service: Service): Record<string, string> =>
  Object.fromEntries(roles.map((role) => [role, say(service, 'role_name', { role })]));

/** The commands that this person's help lists; nobody's is everybody's. */
const commandHelp = async (service: Service, personId: string | null): Promise<CommandHelp[]> => {
  const [campaign] = service.campaigns.all();
  if (!campaign || personId === null) return [];
  const today: Day = campaign.calendar.dayOf(service.clock.now());
  const person = await service.roster.person(personId, campaign.id, today);
  return (person ? commandsFor(person) : []).map(({ name, words: [english, chinese] }) => ({
    name: english,
    alias: chinese,
    hint: say(service, `help_${name}_does`),
    usage: say(service, `help_${name}`),
  }));
};
