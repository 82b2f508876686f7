// The fourth platform: a page with the same chats, people and cards as the others (DESIGN §5), reached through the same
// port. Its "vendor" is our own database, so there is no client and no signature; http/ asks for the token.
import { randomUUID } from 'node:crypto';
import { Problem } from '../../domain/problem.ts';
import { type Ack, type Channel, ChannelRefused, type Clock, type OnEvent, type RawCallback } from '../../ports.ts';
import type { PlaygroundMessage, PlaygroundMessages, PlaygroundSpeaker } from '../../ports-playground.ts';
import { decodeBody, decodePress, decodeSay, encodeAck, encodeMessage, ownPost } from './codec.ts';
import { pressPayload, sayPayload } from './payloads.ts';

export interface PlaygroundChannelOptions {
  readonly messages: PlaygroundMessages;
  readonly clock: Clock;
  /** Something came or changed in a chat: for those who watch it. */
  readonly onChange?: (chat: string) => void;
  /** How a message is shown to the page; the page's router writes instants in the campaign's zone. */
  readonly show?: (message: PlaygroundMessage) => object;
  readonly newEventId?: () => string;
  /** How long a crowd's presses are gathered before open pages hear of them. */
  readonly touchMs?: number;
  /** What could not be noted after the acknowledgement. */
  readonly onFault?: (error: unknown) => void;
}

const TOUCH_MS = 500;
const REMEMBER_MS = 30_000;

/** `receive` throws a Problem for what it cannot take; http/ turns it into problem+json. */
export const makePlaygroundChannel = ({
  messages,
  clock,
  onChange = () => {},
  show = ({ id, at, text, image }) => ({ id, at, text, image }),
  newEventId = randomUUID,
  touchMs = TOUCH_MS,
  onFault = () => {},
}: PlaygroundChannelOptions): Channel => {
  /** Who was let in where, a moment ago: a crowd that presses the same card again is not looked up again. */
  const letIn = new Map<string, PlaygroundSpeaker>();
  let letInSince = 0;
  const speakerIn = async (as: string, chat: string, card: string | null): Promise<PlaygroundSpeaker> => {
    if (performance.now() - letInSince > REMEMBER_MS) {
      letIn.clear();
      letInSince = performance.now();
    }
    const key = `${as} ${chat} ${card ?? ''}`;
    const known = letIn.get(key);
    if (known) return known;
    const speaker = await lookUp(as, chat, card);
    letIn.set(key, speaker);
    return speaker;
  };
  const lookUp = async (as: string, chat: string, card: string | null): Promise<PlaygroundSpeaker> => {
    const found = await messages.look(as, chat, card);
    if (!found.person) throw new Problem('not-found', { what: 'person', id: as });
    if (!found.chat) throw new Problem('not-found', { what: 'chat', id: chat });
    if (card !== null && !found.card) throw new Problem('not-found', { what: 'card', id: card });
    return found.person;
  };

  /** Whoever pressed has the new view in the acknowledgement; other open pages hear of it a moment later, once for a crowd. */
  const touched = new Map<string, { chat: string; card: string }>();
  const touch = (chat: string, card: string): void => {
    if (touched.size === 0) setTimeout(() => void tellTouched(), touchMs);
    touched.set(`${chat} ${card}`, { chat, card });
  };
  const tellTouched = async (): Promise<void> => {
    const all = [...touched.values()];
    touched.clear();
    for (const { chat, card } of all) {
      await messages.touchCard(chat, card, clock.now()).catch(onFault);
      onChange(chat);
    }
  };

  const say = async (body: Uint8Array, onEvent: OnEvent): Promise<Ack> => {
    const said = decodeBody(body, sayPayload);
    const speaker = await speakerIn(said.as, said.chat, null);
    const eventId = said.id ?? newEventId();
    const quoted = said.replyTo === undefined ? null : await messages.words(said.chat, said.replyTo);
    const events = decodeSay(said, eventId, quoted);
    // The words stand in the chat before anybody answers them, as in any chat.
    const post = await messages.put(ownPost(said, eventId, speaker, clock.now()));
    onChange(said.chat);
    const [answer = null] = await inTurn(events, onEvent);
    return encodeAck(answer, show(post));
  };

  const press = async (body: Uint8Array, onEvent: OnEvent): Promise<Ack> => {
    const pressed = decodeBody(body, pressPayload);
    await speakerIn(pressed.as, pressed.chat, pressed.card);
    const answer = await onEvent(decodePress(pressed, pressed.id ?? newEventId()));
    if (answer?.card) touch(pressed.chat, pressed.card);
    return encodeAck(answer);
  };

  return {
    name: 'playground',
    supports: {
      update: 'anytime',
      ticks: 100,
      choices: 500,
      textField: true,
      ownView: true,
      mention: false,
      image: true,
      recognisesRepeats: true,
    },

    async send(chat, message, key) {
      await messages.put({ id: key, chat, at: clock.now(), from: null, image: null, ...encodeMessage(message) });
      onChange(chat);
      return { message: key };
    },

    async update(chat, sent, message) {
      if (!(await messages.change(sent.message ?? '', encodeMessage(message), clock.now()))) {
        throw new ChannelRefused('gone', 'this message is not in the chat any more', { fatal: true });
      }
      onChange(chat);
    },

    async receive({ method, path, body }: RawCallback, onEvent) {
      if (method === 'POST' && path.endsWith('/say')) return say(body, onEvent);
      if (method === 'POST' && path.endsWith('/press')) return press(body, onEvent);
      throw new Problem('not-found', { what: 'address', id: path });
    },
  };
};

/** One after the other, as they were sent. */
const inTurn = async (events: Parameters<OnEvent>[0][], onEvent: OnEvent): Promise<Awaited<ReturnType<OnEvent>>[]> => {
  const answers = [];
  for (const event of events) answers.push(await onEvent(event));
  return answers;
};
