// Tells open pages of the playground that something happened in a chat they sit in: hints without content, so losing one
// costs a later look and nothing else. Server-sent events; other processes are told through the database.
import { PassThrough } from 'node:stream';
import type { Log } from '../../ports.ts';
import type { Notifications } from '../../ports-delivery.ts';

export interface Watcher {
  readonly person: string;
  readonly chats: ReadonlySet<string>;
}

export interface PlaygroundLive {
  /** Something came or changed in a chat. */
  changed(chat: string): void;
  /** Somebody has read a chat: for the other pages of the same person. */
  read(person: string, chat: string): void;
  /** The clock was moved; the instant as the API writes it. */
  moved(now: string): void;
  open(watcher: Watcher): PassThrough;
  close(): void;
}

const TOPIC = 'playground';
const CLOCK_TOPIC = 'playground.clock';
/** Proxies and web views close what is silent for long. */
const BEAT_MS = 25_000;
/** Many messages in a moment need one count. */
const COUNT_AFTER_MS = 200;

export const makePlaygroundLive = (
  notifications: Notifications,
  unread: (person: string, chat: string) => Promise<number>,
  log: Pick<Log, 'warn'>,
): PlaygroundLive => {
  const open = new Map<PassThrough, Watcher>();
  const counting = new Map<string, NodeJS.Timeout>();

  const write = (stream: PassThrough, type: string, facts: object): void => {
    stream.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...facts })}\n\n`);
  };

  const count = (person: string, chat: string): void => {
    const key = `${person} ${chat}`;
    if (counting.has(key)) return;
    const tell = async (): Promise<void> => {
      counting.delete(key);
      const n = await unread(person, chat);
      for (const [stream, watcher] of open) if (watcher.person === person) write(stream, 'unread', { chat, unread: n });
    };
    counting.set(
      key,
      setTimeout(
        () => tell().catch((error) => log.warn({ err: error }, 'unread messages were not counted')),
        COUNT_AFTER_MS,
      ),
    );
  };

  const changedHere = (chat: string): void => {
    for (const [stream, { person, chats }] of open) {
      if (!chats.has(chat)) continue;
      write(stream, 'message', { chat });
      count(person, chat);
    }
  };

  const movedHere = (now: string): void => {
    for (const stream of open.keys()) write(stream, 'clock', { now });
  };

  const beat = setInterval(() => {
    for (const stream of open.keys()) stream.write(': still here\n\n');
  }, BEAT_MS).unref();

  notifications.on(TOPIC, changedHere);
  notifications.on(CLOCK_TOPIC, movedHere);

  return {
    changed(chat) {
      changedHere(chat);
      notifications.tell(TOPIC, chat);
    },
    read: count,
    moved(now) {
      movedHere(now);
      notifications.tell(CLOCK_TOPIC, now);
    },
    open(watcher) {
      const stream = new PassThrough();
      open.set(stream, watcher);
      stream.once('close', () => open.delete(stream));
      stream.write(': open\n\n');
      return stream;
    },
    close() {
      clearInterval(beat);
      for (const timer of counting.values()) clearTimeout(timer);
      for (const stream of open.keys()) stream.end();
    },
  };
};
