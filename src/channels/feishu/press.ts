// A button was pressed. In a private chat the acknowledgement carries the card that takes the pressed one's place. A
// group's card is the same for everybody, so what one person gets there is a card that nobody else sees, sent after the
// acknowledgement; where that cannot be had, it follows in private.
import type { Card } from '../../domain/card.ts';
import { type Answer, ChannelRefused, ChannelUnreachable, type Log, type OnEvent } from '../../ports.ts';
import type { FollowUps, ShownCards, SingleUse } from '../../ports-channels.ts';
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
  /** Goes on after the acknowledgement. */
  readonly afterwards: (what: string, work: () => Promise<unknown>) => void;
}

/** Handles a press, and gives the body of its acknowledgement. Throws when the event could not be kept. */
export type OnPress = (press: Press, onEvent: OnEvent) => Promise<string>;

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

  const inPlace = async (press: Press, answer: Answer, card: Card, view: string | null): Promise<string> => {
    const { from } = press;
    const { json, texts } = drawCard(card, { place: 'person', view: view ?? undefined });
    if (texts.length > 0)
      await followUps.post('feishu', from.chat.id, { text: texts.join('\n') }, `answer:feishu/${from.id}`);
    return encodeAck(answer, json);
  };

  return async (press, onEvent) => {
    const { from, value, values } = press;
    if (await isOutdated(press)) {
      afterwards('taking back an old card', () => takeBack(press));
      return encodeAck({ toast: words.outdated });
    }
    const body = { kind: 'press', card: value.card, action: value.action, values } as const;
    const answer = await onEvent(asEvent(from, body));
    if (!answer?.card) return encodeAck(answer);
    const { card } = answer;
    const view = await remember(press, card);
    if (value.place === 'person') return inPlace(press, answer, card, view);
    // Delivered twice, it is shown once.
    if (view !== null && (await singleUse.take(`feishu:${from.id}`)))
      afterwards('showing a card to one person', () => whisper(press, card, view));
    return encodeAck({ toast: answer.toast ?? words.shownBelow });
  };
};
