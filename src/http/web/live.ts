// Tells open pages that something was recorded or sent: hints without content, so that they hold nothing that somebody may
// not see, and losing one costs a later look and nothing else. Server-sent events; other processes through the database.
import { PassThrough } from 'node:stream';
import type { Notifications } from '../../ports-delivery.ts';

export interface PageLive {
  changed(): void;
  open(): PassThrough;
  close(): void;
}

const TOPIC = 'pages';
/** Proxies and web views close what is silent for long. */
const BEAT_MS = 25_000;
/** A morning's thousand presses need one look a while. */
const HINT_AFTER_MS = 1_000;

export const makePageLive = (notifications: Notifications): PageLive => {
  const open = new Set<PassThrough>();
  let hint: NodeJS.Timeout | null = null;
  let telling: NodeJS.Timeout | null = null;

  const changedHere = (): void => {
    hint ??= setTimeout(() => {
      hint = null;
      for (const stream of open) stream.write('event: changed\ndata: {}\n\n');
    }, HINT_AFTER_MS).unref();
  };
  const beat = setInterval(() => {
    for (const stream of open) stream.write(': still here\n\n');
  }, BEAT_MS).unref();
  notifications.on(TOPIC, changedHere);

  return {
    changed() {
      changedHere();
      telling ??= setTimeout(() => {
        telling = null;
        notifications.tell(TOPIC);
      }, HINT_AFTER_MS).unref();
    },
    open() {
      const stream = new PassThrough();
      open.add(stream);
      stream.once('close', () => open.delete(stream));
      stream.write(': open\n\n');
      return stream;
    },
    close() {
      clearInterval(beat);
      if (hint) clearTimeout(hint);
      if (telling) clearTimeout(telling);
      for (const stream of open) stream.end();
    },
  };
};
