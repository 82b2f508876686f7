// Translates both ways between our words and DingTalk's: messages into cards and robot messages, callbacks into events.
// Pure: it has no client and downloads nothing; a file comes out as where to get it.
import { createHash } from 'node:crypto';
import type { Card } from '../../domain/card.ts';
import type { Message } from '../../domain/message.ts';
import type { InboundEvent } from '../../ports.ts';
import type { RobotBody } from './client.ts';
import { drawForm, type FormVariables, isInteractive } from './form.ts';
import { limits } from './limits.ts';
import { menuLines } from './menu.ts';
import type { CardCallback, RobotMessage } from './payloads.ts';
import { type ReadPress, readPress } from './press.ts';
import { asMarkdown, asTexts, linesOf, linkTo, oneLine } from './texts.ts';
import { words } from './words.ts';

// ---- accounts and chats ---------------------------------------------------------------------------------------------

const personPrefix = 'person:';
export const privateChat = (userId: string): string => `${personPrefix}${userId}`;
/** Null for a group. */
export const userIdOf = (chat: string): string | null =>
  chat.startsWith(personPrefix) ? chat.slice(personPrefix.length) : null;

// ---- cards' names ---------------------------------------------------------------------------------------------------

const hash = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);

/**
 * DingTalk's id of a card: the same when the message is sent again, so that it is known, and another for each message.
 * It says which card of ours it is. `round` counts deliveries that are known to have failed.
 */
export const outTrackIdOf = (cardId: string, key: string, round = 0): string => {
  if (!/^[\w-]{1,64}$/.test(cardId)) throw new Error(`card ${cardId} cannot be sent to DingTalk: its id`);
  return `${cardId}.${hash(key, 16)}${round === 0 ? '' : `.${round}`}`;
};
/** Null for a card that is none of ours. */
export const cardIdOf = (outTrackId: string): string | null =>
  /^([\w-]{1,64})\.[0-9a-f]{16}(?:\.\d+)?$/.exec(outTrackId)?.[1] ?? null;

// ---- out ------------------------------------------------------------------------------------------------------------

/** A text that a robot says: `title` is what the chat list and the push banner show. */
export interface Said {
  readonly title: string;
  readonly text: string;
  readonly markdown: boolean;
}

export interface Encoded {
  readonly card: { readonly id: string; readonly variables: FormVariables } | null;
  /** After the card, in this order. */
  readonly said: readonly Said[];
}

export interface Drawing {
  /** There is a template, so cards can be cards. */
  readonly template: boolean;
  readonly group: boolean;
}

export const encodeMessage = ({ text, card }: Message, drawing: Drawing): Encoded => {
  const plain = text ? asTexts(text).map((part) => ({ title: oneLine(part), text: part, markdown: false })) : [];
  if (!card) return { card: null, said: plain };
  if (!drawing.template || !isInteractive(card)) return { card: null, said: [...plain, ...cardInWords(card, drawing)] };
  const { variables, overflow } = drawForm(card);
  const rest = overflow === null ? [] : asTexts([card.title, ...overflow].join('\n'));
  return {
    card: { id: card.id, variables },
    said: [...plain, ...rest.map((part) => ({ title: oneLine(card.title), text: part, markdown: false }))],
  };
};

/** What a card says where it cannot be one, with numbers to answer it by. */
export const cardInWords = (card: Card, { group }: Pick<Drawing, 'group'>): readonly Said[] => {
  const links = card.actions.flatMap(({ label, url }) => (url === undefined ? [] : [linkTo(label, url)]));
  const parts = asTexts([...linesOf(card), ...menuLines(card, group)].join('\n'));
  const title = oneLine(card.title);
  return (parts.length === 0 ? [''] : parts).map((part, i, all) => ({
    title,
    text: [
      ...(i === 0 ? [`**${asMarkdown([card.title])}**`] : []),
      ...(part === '' ? [] : [asMarkdown(part.split('\n'))]),
      ...(i === all.length - 1 ? links : []),
    ].join('  \n  '),
    markdown: true,
  }));
};

export const robotBody = ({ title, text, markdown }: Said): RobotBody =>
  markdown
    ? { msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title, text }) }
    : { msgKey: 'sampleText', msgParam: JSON.stringify({ content: text }) };

/** The same by a session's address, where people can be rung: their ids must stand in the text too (docs 0699). */
export const sessionBody = ({ title, text, markdown }: Said, mentions: readonly string[] = []): object => {
  const rung = mentions.slice(0, limits.mentions);
  const marks = rung.map((userId) => `@${userId}`).join(' ');
  const said = marks === '' ? text : `${text}${markdown ? '  \n  ' : '\n'}${marks}`;
  const at = rung.length === 0 ? {} : { at: { atUserIds: rung, isAtAll: false } };
  return markdown
    ? { msgtype: 'markdown', markdown: { title, text: said }, ...at }
    : { msgtype: 'text', text: { content: said }, ...at };
};

export interface CardAddress {
  readonly templateId: string;
  readonly robotCode: string;
  readonly callback: 'STREAM' | { readonly routeKey: string };
}

/** https://open.dingtalk.com/document/orgapp/create-and-deliver-cards */
export const encodeDelivery = (
  chat: string,
  outTrackId: string,
  variables: FormVariables,
  { templateId, robotCode, callback }: CardAddress,
): object => {
  const userId = userIdOf(chat);
  const space = {
    supportForward: false,
    lastMessageI18n: { ZH_CN: variables.title },
    searchSupport: { searchDesc: variables.title },
    notification: { alertContent: variables.title, notificationOff: false },
  };
  return {
    cardTemplateId: templateId,
    outTrackId,
    ...(callback === 'STREAM'
      ? { callbackType: 'STREAM' }
      : { callbackType: 'HTTP', callbackRouteKey: callback.routeKey }),
    userIdType: 1,
    cardData: { cardParamMap: { ...variables, lastMessage: variables.title } },
    ...(userId === null
      ? {
          openSpaceId: `dtv1.card//IM_GROUP.${chat}`,
          imGroupOpenSpaceModel: space,
          imGroupOpenDeliverModel: { robotCode },
        }
      : {
          openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
          imRobotOpenSpaceModel: space,
          imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
        }),
  };
};

/** For everybody who has not acted; in a private chat for its person too, whose own view would hide it. */
export const encodeUpdate = (chat: string, outTrackId: string, card: Card): object => {
  const { variables } = drawForm(card);
  const userId = userIdOf(chat);
  return {
    outTrackId,
    cardData: { cardParamMap: { ...variables, lastMessage: variables.title } },
    ...(userId === null ? {} : { privateData: { [userId]: { cardParamMap: variables } } }),
  };
};

/** What the presser sees now: a card in the place of the old one, or the same with a line about what is missing. */
export type OwnView = FormVariables | Pick<FormVariables, 'tip'>;

export const ownView = ({ card, toast }: { readonly card?: Card; readonly toast?: string }): OwnView | null => {
  if (card) return { ...drawForm(card).variables, tip: toast ?? '' };
  return toast === undefined ? null : { tip: toast };
};

/** The answer inside the acknowledgement; nobody else sees it (docs card/01-0007 and 0010). */
export const encodeAnswer = (view: OwnView | null): object =>
  view === null
    ? {}
    : {
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        userPrivateData: { cardParamMap: view },
      };

/** The same when the acknowledgement was not in time. */
export const encodeOwnUpdate = (outTrackId: string, userId: string, view: OwnView): object => ({
  outTrackId,
  privateData: { [userId]: { cardParamMap: view } },
});

// ---- in -------------------------------------------------------------------------------------------------------------

type At = Omit<InboundEvent, 'body'>;

export type Inbound =
  | { readonly kind: 'words'; readonly event: InboundEvent }
  | { readonly kind: 'file'; readonly at: At; readonly downloadCode: string; readonly name: string }
  /** Somebody outside the corp, or the robot is not published: there is no account to know them by. */
  | { readonly kind: 'nobody' }
  /** The month's messages are used up: there is no text in it. */
  | { readonly kind: 'used_up' };

/** Everything that tells two real acts apart, where the platform gives them no id. */
const eventIdOf = (...facts: readonly string[]): string => `e${hash(facts.join('\n'), 40)}`;

export const decodeRobotMessage = (said: RobotMessage): readonly Inbound[] => {
  if (said.errorCode === '20001') return [{ kind: 'used_up' }];
  if (said.senderStaffId === '') return [{ kind: 'nobody' }];
  const group = said.conversationType === '2';
  const id = said.msgId || eventIdOf(said.conversationId, said.senderStaffId, JSON.stringify(said));
  const at: At = {
    channel: 'dingtalk',
    id,
    sender: said.senderStaffId,
    chat: group ? { kind: 'group', id: said.conversationId } : { kind: 'person', id: privateChat(said.senderStaffId) },
  };
  if (group && said.conversationId === '') return [];
  const inWords = (content: string): Inbound[] => {
    const text = content.trim();
    return text === '' ? [] : [{ kind: 'words', event: { ...at, body: { kind: 'text', text, mentionsBot: true } } }];
  };
  const file = (downloadCode: string, name: string, n: number): Inbound[] =>
    downloadCode === '' ? [] : [{ kind: 'file', at: n === 0 ? at : { ...at, id: `${id}#${n}` }, downloadCode, name }];
  const { content } = said;
  switch (said.msgtype) {
    case 'text':
      return inWords(said.text?.content ?? '');
    case 'audio':
      return inWords(content?.recognition ?? '');
    case 'picture':
      return file(content?.downloadCode ?? '', 'picture', 0);
    case 'file':
      return file(content?.downloadCode ?? '', content?.fileName || 'file', 0);
    case 'richText': {
      const parts = content?.richText ?? [];
      const pictures = parts.filter((part) => part.downloadCode !== '');
      // The words first: a picture belongs to what was said with it.
      return [
        ...inWords(parts.map((part) => part.text).join('')),
        ...pictures.flatMap((part, i) => file(part.downloadCode, 'picture', i + 1)),
      ];
    }
    default:
      return [];
  }
};

export type Press =
  | { readonly kind: 'press'; readonly event: InboundEvent; readonly outTrackId: string }
  | { readonly kind: 'no_action' }
  | { readonly kind: 'nothing' };

/** `deliveryId` names the delivery of the callback where there is one; a second delivery of it has the same. */
export const decodePress = (said: CardCallback, deliveryId: string): Press => {
  const read: ReadPress = readPress(said);
  if (read.kind !== 'press') return read;
  const { outTrackId, userId } = said;
  const facts = [outTrackId, userId, deliveryId, read.action, JSON.stringify(read.values)];
  return {
    kind: 'press',
    outTrackId,
    event: {
      channel: 'dingtalk',
      id: eventIdOf(...facts),
      sender: userId,
      chat: chatOf(said),
      // A card that is none of ours is answered like one that is over.
      body: { kind: 'press', card: cardIdOf(outTrackId) ?? outTrackId, action: read.action, values: read.values },
    },
  };
};

/** Where DingTalk does not say, the answer goes to the presser alone. */
const chatOf = ({ spaceId, spaceType, userId }: CardCallback): InboundEvent['chat'] => {
  const [, group = spaceId] = /^dtv1\.card\/\/IM_GROUP\.(.+)$/.exec(spaceId) ?? [];
  const inGroup = spaceType === 'IM_GROUP' || (spaceType === '' && group.startsWith('cid'));
  return inGroup && group !== '' ? { kind: 'group', id: group } : { kind: 'person', id: privateChat(userId) };
};

/** For a sender without an account, by the session's address. */
export const refusalOfNobody: Said = { title: '', text: words.notOfTheCorp, markdown: false };
