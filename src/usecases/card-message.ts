// A card and the message that carries it: written together, so that a press always finds the card it came from.
import type { Campaign } from '../domain/campaign.ts';
import type { CardDataOf } from '../domain/card-data.ts';
import type { CardData, CardRow, Change } from '../domain/change.ts';
import type { Address, MessageKind, Outgoing, Ref } from '../domain/message.ts';
import type { Window } from '../domain/sending.ts';
import type { Service } from './service.ts';

export interface CardOrder<K extends keyof CardDataOf> {
  /** Unique for what it is: (slot, recipient) and the like. */
  readonly key: string;
  readonly to: Address;
  readonly kind: K;
  readonly as: MessageKind;
  readonly draws: CardDataOf[K];
  /** What a press on it needs to know: ids, never texts. */
  readonly data: CardData;
  readonly about: readonly Ref[];
  readonly window: Window;
  readonly rung?: string;
  readonly closesAt?: Date;
}

export interface CardMessage {
  readonly card: CardRow;
  readonly message: Outgoing;
}

export const cardMessage = <K extends keyof CardDataOf>(
  service: Pick<Service, 'ids' | 'cards'>,
  campaign: Campaign,
  now: Date,
  order: CardOrder<K>,
): CardMessage => {
  const id = service.ids.next();
  const { to } = order;
  return {
    card: {
      id,
      campaign: campaign.id,
      kind: order.kind,
      channel: to.channel,
      chat: to.chat,
      personId: to.personId,
      data: order.data,
      state: 'open',
      createdAt: now,
      closesAt: order.closesAt ?? null,
    },
    message: {
      key: order.key,
      campaign: campaign.id,
      to,
      kind: order.as,
      about: order.about,
      ...(order.rung ? { rung: order.rung } : {}),
      message: { card: service.cards(campaign).draw(order.kind, id, order.draws) },
      ...order.window,
    },
  };
};

export const sending = (drawn: readonly CardMessage[]): Pick<Change, 'cards' | 'messages'> => ({
  cards: drawn.map((d) => d.card),
  messages: drawn.map((d) => d.message),
});
