// What stands where: remembers each card as its audience sees it, draws it, and knows where its message is.
import type { Card } from '../../domain/card.ts';
import type { Message } from '../../domain/message.ts';
import type { CardDraft, ShownCard, ShownCards, ShownPlace } from '../../ports-channels.ts';
import { viewToken } from '../view-token.ts';
import { nameChat } from './addresses.ts';
import { namesOf } from './callback-data.ts';
import type { TelegramClient } from './client.ts';
import { encodeCard, encodeOverflow, fingerprint, type Rendering, withMentions } from './codec.ts';
import type { KeyboardNeeds } from './keyboard.ts';
import type { Writer } from './writer.ts';

export const EVERYBODY = '';
const blank: CardDraft = { ticks: {}, texts: {}, page: 0 };
/** What a start link carries, so that it cannot be taken for a binding code. */
const LINK = 'card_';

export interface Shown {
  /** This audience sees this card from now on. */
  remember(card: Card, owner: string): Promise<ShownCard>;
  /** Draws a view for one who looks at it in a private chat or by an ephemeral message, or the group's for all. */
  render(view: ShownCard, audience: KeyboardNeeds['audience']): Promise<Rendering>;
  /** One's own view of a group's card: what he or she is in the middle of, else the group's card to fill in. */
  ownViewOf(view: ShownCard, account: string): Promise<ShownCard>;
  /** The group's card anew, as one's own. */
  startOver(view: ShownCard, account: string): Promise<ShownCard>;
  /** Posts a view as a message of its own. */
  post(
    chat: string,
    view: ShownCard,
    audience: 'group' | 'person',
    mentions?: Message['mentions'],
  ): Promise<ShownPlace>;
  /** Brings the message at a place to what its view says now; posts it anew where the message is gone. */
  redraw(cardId: string, owner: string, place: ShownPlace, chat: string): Promise<void>;
  /** Opens a view in the private chat. */
  linkTo(view: ShownCard): Promise<string>;
  /** The view that a start link names; null when it names none. */
  linked(payload: string): Promise<ShownCard | null>;
  isLink(payload: string): boolean;
}

export interface ShownNeeds {
  readonly cards: ShownCards;
  readonly writer: Writer;
  readonly me: TelegramClient['me'];
}

export const makeShown = ({ cards, writer, me }: ShownNeeds): Shown => {
  const remember = (card: Card, owner: string): Promise<ShownCard> =>
    cards.show({ token: viewToken(card, owner), owner, card, names: namesOf(card) });

  const linkTo = async ({ token }: ShownCard): Promise<string> =>
    `https://t.me/${(await me()).username}?start=${LINK}${token}`;

  const render = async (view: ShownCard, audience: KeyboardNeeds['audience']): Promise<Rendering> => {
    const { token, card, owner } = view;
    const mine = owner !== EVERYBODY;
    const [draft, everybodys, privateLink] = await Promise.all([
      mine ? cards.draft(token, owner) : blank,
      mine ? cards.of(card.id, EVERYBODY) : null,
      audience === 'person' ? null : linkTo(view),
    ]);
    const back = everybodys !== null && everybodys.card.state === 'open' && everybodys.card.kind !== card.kind;
    return encodeCard({ token, card, draft, audience, privateLink, back });
  };

  const post: Shown['post'] = async (chat, view, audience, mentions = []) => {
    const rendering = await render(view, audience);
    for (const part of encodeOverflow(view.card)) await writer.post(chat, part);
    const place = await writer.post(chat, withMentions(rendering, mentions));
    await cards.drawn(view.token, place, fingerprint(rendering));
    return place;
  };

  const audienceOf = (view: ShownCard, place: ShownPlace): KeyboardNeeds['audience'] => {
    if (view.owner === EVERYBODY) return 'group';
    return place.ephemeral === undefined ? 'person' : 'ephemeral';
  };

  const startOver = async (view: ShownCard, account: string): Promise<ShownCard> => {
    const everybodys = view.owner === EVERYBODY ? view : await cards.of(view.card.id, EVERYBODY);
    return everybodys ? remember(everybodys.card, account) : view;
  };

  return {
    remember,
    render,
    post,
    startOver,
    linkTo,

    async ownViewOf(view, account) {
      if (view.owner === account) return view;
      const own = await cards.of(view.card.id, account);
      // A copy of the group's card is taken anew, since others may have gone on.
      return own && own.card.kind !== view.card.kind ? own : remember(view.card, account);
    },

    async redraw(cardId, owner, place, chat) {
      const view = await cards.of(cardId, owner);
      if (!view) return;
      const rendering = await render(view, audienceOf(view, place));
      const print = fingerprint(rendering);
      if (print === view.drawn && isSame(place, view.place)) return;
      const home = owner === EVERYBODY ? (await writer.find(chat)).id : place.chat;
      if (home === place.chat && (await writer.change(place, owner, rendering)))
        return cards.drawn(view.token, place, print);
      if (place.ephemeral === undefined) await post(chat, view, owner === EVERYBODY ? 'group' : 'person');
    },

    isLink: (payload) => payload.startsWith(LINK),
    linked: (payload) => cards.find(payload.slice(LINK.length)),
  };
};

const isSame = (a: ShownPlace, b: ShownPlace | null): boolean =>
  b !== null && a.chat === b.chat && a.message === b.message && a.ephemeral === b.ephemeral;

/** The private chat of an account, in our words. */
export const privateChatOf = (account: string): string => nameChat({ kind: 'person', id: account, topic: null });
