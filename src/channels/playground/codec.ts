// Translates between the playground page and our own words, in both directions. Pure: looks nothing up, stores nothing.
import type * as z from 'zod';
import type { Answer } from '../../domain/change.ts';
import type { Message } from '../../domain/message.ts';
import { Problem } from '../../domain/problem.ts';
import type { Ack, InboundEvent } from '../../ports.ts';
import type { PlaygroundPost, PlaygroundSpeaker } from '../../ports-playground.ts';
import { MOST_PICTURE_BYTES, type PressPayload, type SayPayload } from './payloads.ts';

const BOT_MENTION = '@督导';

/** Throws Problem `bad-json` or `bad-request`. */
export const decodeBody = <T extends z.ZodType>(body: Uint8Array, schema: T): z.output<T> => {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    throw new Problem('bad-json', { reason: (error as Error).message });
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  throw new Problem('bad-request', {
    faults: read.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: message })),
  });
};

const chatOf = (id: string): InboundEvent['chat'] => ({ kind: id.startsWith('person:') ? 'person' : 'group', id });

export const decodePress = ({ as, chat, card, action, values }: PressPayload, eventId: string): InboundEvent => ({
  channel: 'playground',
  id: eventId,
  sender: as,
  chat: chatOf(chat),
  body: { kind: 'press', card, action, values },
});

/** The words first, then the file: a picture belongs to what was said with it. `quoted` = the words it replies to. */
export const decodeSay = (said: SayPayload, eventId: string, quoted: string | null): InboundEvent[] => {
  const { as, chat, text, mention = text.includes(BOT_MENTION), file } = said;
  const about = { channel: 'playground', sender: as, chat: chatOf(chat) } as const;
  const events: InboundEvent[] = [];
  if (text.trim() !== '') {
    const body = { kind: 'text', text, mentionsBot: mention, ...(quoted === null ? {} : { quoted }) } as const;
    events.push({ ...about, id: eventId, body });
  }
  if (file) {
    const body = { kind: 'file', name: file.name, type: file.type, bytes: bytesOf(file.base64) } as const;
    events.push({ ...about, id: events.length > 0 ? `${eventId}:file` : eventId, body });
  }
  return events;
};

/** Throws Problem `too-large`. */
const bytesOf = (base64: string): Uint8Array => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MOST_PICTURE_BYTES) throw new Problem('too-large', { limit: MOST_PICTURE_BYTES, unit: 'bytes' });
  return bytes;
};

/** What the chat shows of somebody's own words. A file that is no picture is only named. */
export const ownPost = (said: SayPayload, eventId: string, from: PlaygroundSpeaker, at: Date): PlaygroundPost => {
  const { chat, text, file } = said;
  const picture = file?.type.startsWith('image/') ? `data:${file.type};base64,${file.base64}` : null;
  const shown = [text, file && picture === null ? `[${file.name}]` : ''].filter((line) => line !== '').join('\n');
  return { id: `said:${eventId}`, chat, at, from, text: shown === '' ? null : shown, image: picture, card: null };
};

export const encodeMessage = ({ text, card }: Message): Pick<PlaygroundPost, 'text' | 'card'> => ({
  text: text ?? null,
  card: card ?? null,
});

/** `message` = what the speaker's own words became. */
export const encodeAck = (answer: Answer | null, message?: object): Ack => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify({ accepted: true, ...(message ? { message } : {}), ...answer }),
});
