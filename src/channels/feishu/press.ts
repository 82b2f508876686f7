// A button was pressed. In a private chat the acknowledgement carries the card that takes the pressed one's place. A
// group's card is the same for everybody, so what one person gets there is a card that nobody else sees, sent after the
// acknowledgement; where that cannot be had, it follows in private.
import type { Card } from '../../domain/card.ts';
import type { Message } from '../../domain/message.ts';
import {
  type Acknowledged,
  type Answer,
  ChannelRefused,
  ChannelUnreachable,
  type Log,
  type OnEvent,
} from '../../ports.ts';
import type { FollowUps, ShownCards, SingleUse } from '../../ports-channels.ts';
import type { Afterwards } from '../afterwards.ts';
import { viewToken } from '../view-token.ts';
import { drawCard } from './cards.ts';
import type { FeishuClient } from './client.ts';
import { asEvent, encodeAck, type Incoming, privateChat } from './codec.ts';
import { words } from './words.ts';

export type Press = Extract<Incoming, { kind: 'press' }>;

export interface PressNeeds {
  readonly client: FeishuClient;
  readonly cards: ShownCards;
  readonly followUps: FollowUps;
  readonly singleUse: SingleUse;
  readonly log: Log;
  readonly afterwards: Afterwards;
}

/** Where one callback's events go, and when the answer to it has been written. */
export interface Taking {
  readonly onEvent: OnEvent;
  readonly acknowledged: Acknowledged;
}

/** Handles a press, and gives the body of its acknowledgement. Throws when the event could not be kept. */
export type OnPress = (press: Press, take: Taking) => Promise<string>;

export const makeOnPress = ({ client, cards, followUps, singleUse, log, afterwards }: PressNeeds): OnPress => {
  /** A drawing that a newer one has replaced would be taken for the newer one's answer. */
  const isOutdated = async ({ value, from }: Press): Promise<boolean> =>
    value.view !== undefined && (await cards.of(value.card, from.sender))?.token !== value.view;

  /** A group's card as this person sees it from now on; null for a card that is the person's anyway. */
  const remember = async ({ value, from }: Press, card: Card): Promise<string | null> => {
    if (value.place === 'person' && value.view === undefined) return null;
    const token = viewToken(card, from.sender);
    await cards.show({ token, owner: from.sender, card, names: {} });
    return token;
  };

  const takeBack = async ({ value, message }: Press): Promise<void> => {
    if (value.place !== 'own' || message === '') return;
    await client
      .takeBackWhisper(message)
      .catch((error: unknown) => log.info({ channel: 'feishu', err: error }, 'an old card of one person stays'));
  };

  const whisper = async (press: Press, card: Card, view: string): Promise<void> => {
    const { from } = press;
    const { json, texts } = drawCard(card, { place: 'own', view });
    const key = `answer:feishu/${from.id}`;
    try {
      await client.whisper(from.chat.id, from.sender, json);
    } catch (error) {
      if (!(error instanceof ChannelRefused) && !(error instanceof ChannelUnreachable)) throw error;
      // A group of topics knows no such cards.
      log.info({ channel: 'feishu', err: error }, 'a card for one person in a group goes to the private chat');
      return followUps.post('feishu', privateChat(from.sender), { card }, key);
    }
    if (texts.length > 0) await followUps.post('feishu', privateChat(from.sender), { text: texts.join('\n') }, key);
    await takeBack(press);
  };

  /** An answer that nobody received follows in private, and so does what a card has no room for. */
  const follow = ({ from }: Press, { acknowledged }: Taking, answer: Answer, texts: readonly string[] = []): void => {
    const key = `answer:feishu/${from.id}`;
    const post = (message: Message) => followUps.post('feishu', privateChat(from.sender), message, key);
    afterwards.add('following up an answer', async () => {
      if (!(await acknowledged)) await post(answer.card ? { card: answer.card } : { text: answer.toast ?? '' });
      else if (texts.length > 0) await post({ text: texts.join('\n') });
    });
  };

  const inToast = (press: Press, take: Taking, toast: string | undefined): string => {
    if (toast !== undefined) follow(press, take, { toast });
    return encodeAck({ toast });
  };

  const inPlace = (press: Press, take: Taking, answer: Answer, card: Card, view: string | null): string => {
    const { json, texts } = drawCard(card, { place: 'person', view: view ?? undefined });
    follow(press, take, answer, texts);
    return encodeAck(answer, json);
  };

  return async (press, take) => {
    const { from, value, values } = press;
    if (await isOutdated(press)) {
      afterwards.add('taking back an old card', () => takeBack(press));
      return inToast(press, take, words.outdated);
    }
    const body = { kind: 'press', card: value.card, action: value.action, values } as const;
    const answer = await take.onEvent(asEvent(from, body));
    if (!answer?.card) return inToast(press, take, answer?.toast);
    const { card } = answer;
    const view = await remember(press, card);
    if (value.place === 'person') return inPlace(press, take, answer, card, view);
    // Delivered twice, it is shown once.
    if (view !== null && (await singleUse.take(`feishu:${from.id}`)))
      afterwards.add('showing a card to one person', () => take.acknowledged.then(() => whisper(press, card, view)));
    return encodeAck({ toast: answer.toast ?? words.shownBelow });
  };
};
