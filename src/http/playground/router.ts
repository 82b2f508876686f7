// The playground API (DOORS §4): what the page asks and posts. Speaking and pressing go through the channel's own door,
// like the callbacks of any platform.
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Day } from '../../domain/calendar.ts';
import type { Campaign } from '../../domain/campaign.ts';
import { Problem } from '../../domain/problem.ts';
import { nextSlots } from '../../domain/slots.ts';
import type { Campaigns, Channel, Clock, OnEvent } from '../../ports.ts';
import type { PlaygroundMessage, PlaygroundMessages, PlaygroundRooms } from '../../ports-playground.ts';
import { whenWritten } from '../acknowledged.ts';
import { checkToken } from '../api/auth.ts';
import { readBytes, readJson } from '../body.ts';
import { instantsIn, written } from '../instants.ts';
import type { PlaygroundLive } from './live.ts';
import { asQuery, clockBody, messagesQuery, peopleQuery, read } from './schemas.ts';

/** A command as the composer completes it. */
export interface CommandHelp {
  readonly name: string;
  readonly alias: string;
  readonly hint: string;
  readonly usage: string;
}

export interface ClockMove {
  readonly now: Date;
  readonly slotsRun: readonly { readonly campaign: string; readonly kind: string; readonly day: Day }[];
  readonly waiting: number;
}

export interface PlaygroundParts {
  readonly campaigns: Campaigns;
  readonly clock: Clock;
  readonly channel: Channel;
  readonly onEvent: OnEvent;
  readonly rooms: PlaygroundRooms & Pick<PlaygroundMessages, 'look'>;
  readonly live: PlaygroundLive;
  /** Beside real platforms: only with the API's token. */
  readonly protected: boolean;
  readonly token: string | null;
  /** Leads a first-time visitor. */
  readonly hints: boolean;
  /** How roles are called, in the order in which they are offered. */
  readonly roleNames: Readonly<Record<string, string>>;
  readonly slotName: (kind: string) => string;
  commands(person: string | null): Promise<readonly CommandHelp[]>;
  /** Null where the clock may not be moved. */
  readonly moveClock: ((target: Date) => Promise<ClockMove>) | null;
}

/** A picture in base64, and what stands around it. */
const MOST_SAY_BYTES = 15 * 1024 * 1024;
const MOST_PRESS_BYTES = 1024 * 1024;
const SLOTS_OFFERED = 12;

/** A message as the page reads it; absent parts are left out. */
export const shownMessage = ({ id, at, changedAt, from, text, image, card }: PlaygroundMessage): object => ({
  id,
  at,
  changedAt,
  from: from ?? 'bot',
  ...(text === null ? {} : { text }),
  ...(image === null ? {} : { image }),
  ...(card === null ? {} : { card }),
});

export const playgroundRouter = (parts: PlaygroundParts): Router => {
  const { campaigns, clock, rooms, live } = parts;
  const router = new Router({ prefix: '/playground/api' });

  const stage = (): { campaign: Campaign; now: Date; today: Day } => {
    const [campaign] = campaigns.all();
    if (!campaign) throw new Problem('not-found', { what: 'campaign', id: '' });
    const now = clock.now();
    return { campaign, now, today: campaign.calendar.dayOf(now) };
  };
  const everyCampaign = (): string[] => campaigns.all().map(({ id }) => id);
  const send = (ctx: Context, body: object): void => {
    ctx.body = written(body, instantsIn(stage().campaign.timezone));
    ctx.set('Cache-Control', 'no-store');
  };
  const known = async (as: string): Promise<void> => {
    if (!(await rooms.person(as))) throw new Problem('not-found', { what: 'person', id: as });
  };
  /** Any group may be looked into by anybody here, rights are the use cases' matter; a private chat only by its owner. */
  const visible = async (chat: string, as: string | null): Promise<void> => {
    const found = await rooms.look(as, chat, null);
    if (as !== null && !found.person) throw new Problem('not-found', { what: 'person', id: as });
    if (!found.chat) throw new Problem('not-found', { what: 'chat', id: chat });
  };

  router.use((ctx, next) => {
    if (parts.protected) checkToken(ctx, parts.token);
    return next();
  });

  router.get('/me', (ctx) => {
    const { campaign, now, today } = stage();
    send(ctx, {
      campaign: { id: campaign.id, title: campaign.title },
      now,
      day: today,
      canMoveClock: parts.moveClock !== null,
      nextSlots: nextSlots(campaign.slots, campaign.calendar, now, SLOTS_OFFERED).map(({ kind, day, at }) => ({
        kind,
        day,
        at,
        label: parts.slotName(kind),
      })),
      hints: parts.hints,
    });
  });

  router.get('/people', async (ctx) => {
    const { q, role, limit } = read(peopleQuery, ctx.query);
    const { campaign, today } = stage();
    const name = role === undefined ? [] : [parts.roleNames[role] ?? role];
    const words = [...q.split(/\s+/).filter((word) => word !== ''), ...name];
    const people = await rooms.people(campaign, today, words, parts.roleNames, limit);
    send(ctx, {
      items: people.map(({ id, name, roles, organisation, department }) => ({
        id,
        name,
        roles: roles.map((held) => ({ ...held, label: parts.roleNames[held.role] ?? held.role })),
        title: [organisation, department].filter((part) => part !== null).join(' ') || null,
      })),
    });
  });

  router.get('/commands', async (ctx) => {
    const { as = null } = read(asQuery, ctx.query);
    if (as !== null) await known(as);
    send(ctx, { items: await parts.commands(as) });
  });

  router.get('/chats', async (ctx) => {
    const { as = null } = read(asQuery, ctx.query);
    if (as !== null) await known(as);
    const { today } = stage();
    send(ctx, { items: await rooms.chats(everyCampaign(), today, as) });
  });

  router.get('/chats/:id/messages', async (ctx) => {
    const { as = null, after, limit } = read(messagesQuery, ctx.query);
    const { id: chat } = ctx.params as { id: string };
    await visible(chat, as);
    const items = await rooms.messages(chat, as, after, limit);
    const next = items.at(-1)?.seq ?? after;
    if (as !== null && items.length > 0) {
      await rooms.read(as, chat, next);
      live.read(as, chat);
    }
    // Followed by changes; shown by when they came.
    send(ctx, { items: items.toSorted((a, b) => a.born - b.born).map(shownMessage), next: String(next) });
  });

  for (const [door, limit] of [
    ['/say', MOST_SAY_BYTES],
    ['/press', MOST_PRESS_BYTES],
  ] as const) {
    router.post(door, async (ctx) => {
      if (!ctx.is('json')) throw new Problem('unsupported-type', { accepted: ['application/json'] });
      const acknowledged = whenWritten(ctx);
      const body = await readBytes(ctx, limit);
      const callback = { method: ctx.method, path: ctx.path, query: {}, headers: {}, body };
      const ack = await parts.channel.receive(callback, (event) => parts.onEvent(event, acknowledged), acknowledged);
      ctx.status = ack.status;
      ctx.body = ack.body;
      ctx.type = ack.type;
    });
  }

  router.post('/clock', async (ctx) => {
    const body = read(clockBody, await readJson(ctx, 10_000));
    if (!parts.moveClock) throw new Problem('clock-fixed');
    const target = body.advanceTo ?? new Date(clock.now().getTime() + (body.advanceBy ?? 0));
    if (target < clock.now()) {
      throw new Problem('bad-request', { faults: [{ path: 'advanceTo', reason: 'the clock never goes back' }] });
    }
    const move = await parts.moveClock(target);
    live.moved(instantsIn(stage().campaign.timezone)(move.now));
    send(ctx, move);
  });

  router.get('/stream', async (ctx) => {
    const { as } = read(asQuery.required(), ctx.query);
    await known(as);
    const { today } = stage();
    const chats = new Set((await rooms.chats(everyCampaign(), today, as)).map(({ id }) => id));
    const stream = live.open({ person: as, chats });
    ctx.req.once('close', () => stream.destroy());
    ctx.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    ctx.body = stream;
  });

  return router;
};
