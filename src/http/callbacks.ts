// The addresses that platforms call (DOORS §3). Takes the raw bytes before any parser, and hands them to the channel:
// what is in them is for its signature and codec to say.
import Router from '@koa/router';
import type { Context } from 'koa';
import type { ChannelName } from '../domain/message.ts';
import { Problem } from '../domain/problem.ts';
import type { Channel, OnEvent, RawCallback } from '../ports.ts';
import { whenWritten } from './acknowledged.ts';
import { readBytes } from './body.ts';

interface Door {
  readonly path: string;
  readonly channel: ChannelName;
  readonly methods: readonly ('GET' | 'POST')[];
}

/** Every address, whether its platform is configured or not. */
const doors: readonly Door[] = [
  { path: '/callbacks/wecom/app', channel: 'wecom', methods: ['GET', 'POST'] },
  { path: '/callbacks/dingtalk/robot', channel: 'dingtalk', methods: ['POST'] },
  { path: '/callbacks/dingtalk/card', channel: 'dingtalk', methods: ['POST'] },
  { path: '/callbacks/telegram', channel: 'telegram', methods: ['POST'] },
  { path: '/callbacks/feishu', channel: 'feishu', methods: ['POST'] },
];

const MOST_BYTES = 1024 * 1024;

/** Answers 404 at the doors of platforms that are not among `channels`. */
export const callbackRouter = (channels: readonly Channel[], onEvent: OnEvent): Router => {
  const router = new Router();
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  for (const { path, channel: name, methods } of doors) {
    const channel = byName.get(name);
    if (!channel) continue;
    router.register(path, [...methods], async (ctx: Context) => {
      const acknowledged = whenWritten(ctx);
      const { status, type, body } = await channel.receive(
        await rawCallback(ctx),
        (event) => onEvent(event, acknowledged),
        acknowledged,
      );
      ctx.status = status;
      ctx.type = type;
      ctx.body = body;
    });
  }
  return router;
};

const rawCallback = async (ctx: Context): Promise<RawCallback> => ({
  method: ctx.method,
  path: ctx.path,
  query: singles(ctx.query),
  headers: singles(ctx.headers),
  body: ctx.method === 'GET' ? new Uint8Array() : await readBytes(ctx, MOST_BYTES),
});

/** A name that comes twice means whatever its reader likes: such a request is refused. Node joins doubled headers itself. */
const singles = (values: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined || name === 'set-cookie') return [];
      if (Array.isArray(value)) throw new Problem('bad-request', { faults: [{ path: name, reason: 'comes twice' }] });
      return [[name, value]];
    }),
  );
