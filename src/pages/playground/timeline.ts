// Orders the messages of a chat and says where a line with the time belongs. Pure.

import type { Message } from './model.ts';
import { wallOf } from './time.ts';

const QUIET_MS = 5 * 60_000;

export type TimelineItem =
  | { readonly kind: 'time'; readonly key: string; readonly label: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message };

/** `known` with the changed ones replaced in place and the new ones added, oldest first. */
export const mergeMessages = (known: readonly Message[], incoming: readonly Message[]): readonly Message[] => {
  if (incoming.length === 0) return known;
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of incoming) byId.set(message.id, message);
  return Array.from(byId.values()).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
};

/** Messages with time lines between them: at each new day, and after five quiet minutes. */
export const timelineOf = (messages: readonly Message[], offset: number): readonly TimelineItem[] => {
  const items: TimelineItem[] = [];
  let previousMs = 0;
  let previousDay = '';
  for (const message of messages) {
    const ms = Date.parse(message.at);
    const wall = wallOf(ms, offset);
    if (wall.day !== previousDay || ms - previousMs > QUIET_MS) {
      const label = wall.day === previousDay ? wall.time : `${wall.dayText}${wall.time}`;
      items.push({ kind: 'time', key: `time-${message.id}`, label });
    }
    items.push({ kind: 'message', key: message.id, message });
    previousMs = ms;
    previousDay = wall.day;
  }
  return items;
};
