// DingTalk's Stream: messages and presses over a WebSocket of ours. The server ends each connection after a while and says
// so a little before; the next one is opened first and the old one closed then, so never more than two are open. Our own,
// because the vendor's client has a fixed gateway and storms it. https://opensource.dingtalk.com/developerpedia/docs/learn/stream/protocol
import { setTimeout as wait } from 'node:timers/promises';
import WebSocket from 'ws';
import { type Acknowledged, ChannelRefused, type Log } from '../../ports.ts';
import { backOffMs } from '../back-off.ts';
import { type StreamFrame, streamFrame } from './payloads.ts';
import { isTooFast } from './refusals.ts';

export interface StreamOptions {
  /** Where to connect, with a ticket that is good once. */
  readonly open: () => Promise<{ readonly endpoint: string; readonly ticket: string }>;
  /** What a callback is acknowledged with; null for a topic that nobody knows. A throw says that it was not kept. */
  readonly onCallback: (frame: StreamFrame, acknowledged: Acknowledged) => Promise<object | null>;
  readonly log: Log;
  readonly chance: () => number;
  readonly times?: Partial<StreamTimes>;
}

export interface Stream {
  open(): void;
  /** Waits for what is being answered, then stays closed. */
  close(): Promise<void>;
  readonly ready: boolean;
}

/** All in ms. */
export type StreamTimes = Readonly<Record<keyof typeof defaultTimes, number>>;

const defaultTimes = {
  connectMs: 10_000,
  /** The server says something every 20–30 s. */
  silenceMs: 75_000,
  firstBackOffMs: 1_000,
  longestBackOffMs: 60_000,
  /** What ends sooner than this is tried again like a failure, not at once. */
  steadyMs: 2_000,
  /** For acknowledgements that are still owed on a connection that ends; the server gives it ten seconds. */
  goodbyeMs: 3_000,
};

const MOST_BYTES = 4 * 1024 * 1024;

interface Link {
  readonly socket: WebSocket;
  readonly closed: Promise<void>;
  readonly since: number;
  readonly answering: Set<Promise<void>>;
  heardAt: number;
}

export const makeStream = (options: StreamOptions): Stream => {
  const { log, chance } = options;
  const times: StreamTimes = { ...defaultTimes, ...options.times };
  let live: Link | null = null;
  /** The one before, until it is closed. */
  let retired: Promise<void> = Promise.resolve();
  let renewing: Promise<void> | null = null;
  let stopping = new AbortController();
  let wanted = false;
  let failures = 0;
  let refused = '';
  let watch: NodeJS.Timeout | null = null;

  const backOff = (): Promise<void> => {
    const limits = { firstMs: times.firstBackOffMs, longestMs: times.longestBackOffMs };
    return wait(backOffMs(Math.max(1, failures), limits, chance()), undefined, { signal: stopping.signal });
  };

  /** Resolves once it is open. */
  const dial = async (): Promise<Link> => {
    const { endpoint, ticket } = await options.open();
    const url = new URL(endpoint);
    url.searchParams.set('ticket', ticket);
    const socket = new WebSocket(url, {
      maxPayload: MOST_BYTES,
      handshakeTimeout: times.connectMs,
      perMessageDeflate: false,
    });
    const closed = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const now = performance.now();
    const link: Link = { socket, closed: closed.promise, since: now, answering: new Set(), heardAt: now };
    socket.on('open', () => opened.resolve());
    socket.on('error', (error) => {
      // The address carries the ticket, and an error may carry the address.
      opened.reject(new Error(`the connection failed: ${(error as { code?: string }).code ?? error.name}`));
    });
    socket.on('message', (data) => hear(link, String(data)));
    socket.on('close', (code) => {
      opened.reject(new Error(`closed (${code}) before it was open`));
      closed.resolve();
      if (live === link) lost(link, `closed (${code})`);
    });
    await opened.promise;
    return link;
  };

  /** Opens the next connection, however often that takes, and then lets the old one go. One at a time. */
  const renew = (): void => {
    if (!wanted || renewing) return;
    renewing = renewed()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) log.error({ channel: 'dingtalk', err: error }, 'the Stream connection ended');
      })
      .finally(() => {
        renewing = null;
        // It may have been lost again before anybody could ask for the next one.
        if (live === null) renew();
      });
  };

  const renewed = async (): Promise<void> => {
    if (failures > 0) await backOff();
    for (;;) {
      stopping.signal.throwIfAborted();
      await retired;
      try {
        const next = await dial();
        if (!wanted) {
          next.socket.terminate();
          return await next.closed;
        }
        const old = live;
        live = next;
        if (old) retired = retire(old);
        log.info({ channel: 'dingtalk' }, 'the Stream is connected');
        refused = '';
        return;
      } catch (error) {
        failures += 1;
        tellFailure(error);
        await backOff();
      }
    }
  };

  /** A wrong secret, or an app that is not published, is the operator's to put right: said once, asked again each minute. */
  const tellFailure = (error: unknown): void => {
    if (error instanceof ChannelRefused && !isTooFast(error.code)) {
      failures = Math.max(failures, 30);
      if (refused === error.code) return;
      refused = error.code;
      const text =
        'DingTalk refuses the Stream: see docs/dingtalk.md for client id, secret, Stream mode, published version';
      log.error({ channel: 'dingtalk', code: error.code, said: error.message }, text);
      return;
    }
    log.warn({ channel: 'dingtalk', err: error, failures }, 'the Stream could not be opened');
  };

  /** Closes it once its acknowledgements are written. */
  const retire = async ({ socket, closed, answering }: Link): Promise<void> => {
    const end = new AbortController();
    const cut = wait(times.goodbyeMs, undefined, { signal: end.signal }).then(
      () => socket.terminate(),
      () => {},
    );
    await Promise.race([Promise.all(answering), closed, cut]);
    if (socket.readyState === WebSocket.OPEN) socket.close(1000);
    await closed;
    end.abort();
  };

  const steady = (link: Link): void => {
    failures = performance.now() - link.since < times.steadyMs ? failures + 1 : 0;
  };

  const lost = (link: Link, reason: string): void => {
    live = null;
    if (!wanted) return;
    steady(link);
    log.warn({ channel: 'dingtalk', reason }, 'the Stream lost its connection');
    renew();
  };

  const hear = (link: Link, data: string): void => {
    link.heardAt = performance.now();
    const read = streamFrame.safeParse(parsed(data));
    if (!read.success) {
      log.warn({ channel: 'dingtalk' }, 'a frame of the Stream cannot be read');
      return;
    }
    const frame = read.data;
    if (frame.type !== 'SYSTEM') answer(link, frame);
    // A ping wants its own data back.
    else if (frame.topic !== 'disconnect') void acknowledge(link, frame, 200, frame.data);
    else if (live === link) {
      steady(link);
      renew();
    }
  };

  const answer = (link: Link, frame: StreamFrame): void => {
    const acknowledged = Promise.withResolvers<boolean>();
    const work: Promise<void> = options
      .onCallback(frame, acknowledged.promise)
      .then(
        (data) => acknowledge(link, frame, data === null ? 404 : 200, JSON.stringify(data ?? {})),
        (error: unknown) => {
          log.error({ channel: 'dingtalk', err: error, topic: frame.topic }, 'a callback could not be kept');
          return acknowledge(link, frame, 500, '{}');
        },
      )
      .then(acknowledged.resolve)
      .finally(() => link.answering.delete(work));
    link.answering.add(work);
  };

  /** Whether it was written. */
  const acknowledge = ({ socket }: Link, { messageId }: StreamFrame, code: number, data: string): Acknowledged => {
    if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(false);
    const message = code === 200 ? 'OK' : code === 404 ? 'not found' : 'internal error';
    const answer = { code, message, headers: { messageId, contentType: 'application/json' }, data };
    return new Promise((resolve) => socket.send(JSON.stringify(answer), (error) => resolve(!error)));
  };

  /** Nobody is there any more, though nothing says so. */
  const look = (): void => {
    if (live && performance.now() - live.heardAt > times.silenceMs) live.socket.terminate();
  };

  return {
    open() {
      if (wanted) return;
      wanted = true;
      stopping = new AbortController();
      watch = setInterval(look, times.silenceMs / 4);
      renew();
    },

    async close() {
      wanted = false;
      stopping.abort();
      if (watch) clearInterval(watch);
      await Promise.race([renewing, wait(times.goodbyeMs)]);
      const last = live;
      live = null;
      if (last) await retire(last);
      await retired;
    },

    get ready() {
      return live !== null;
    },
  };
};

const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
};
