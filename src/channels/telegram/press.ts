// A button was pressed. Filling in a card stays here, as steps to absolute values; an action goes on to the use cases. Each
// press is answered at once by its own toast, which costs the chat nothing; drawing follows when the chat's budget allows.
import type { Card, CardField } from '../../domain/card.ts';
import type { Answer, Log, OnEvent } from '../../ports.ts';
import type { CardDraft, ShownCard, ShownCards, ShownPlace } from '../../ports-channels.ts';
import { charLength, cutToChars } from '../chunk-text.ts';
import { nameChat } from './addresses.ts';
import { type Button, decodeButton, resolveButton } from './callback-data.ts';
import type { CallbackAnswer, TelegramClient } from './client.ts';
import { asEvent, earlierChoices, encodeText, type Incoming, valuesOf } from './codec.ts';
import { keyOf, type Redraws } from './redraws.ts';
import { isRefused } from './refusals.ts';
import { EVERYBODY, privateChatOf, type Shown } from './shown.ts';
import { words } from './words.ts';
import type { Writer } from './writer.ts';

export type Press = Extract<Incoming, { kind: 'press' }>;

export interface PressNeeds {
  readonly cards: ShownCards;
  readonly shown: Shown;
  readonly redraws: Redraws;
  readonly writer: Writer;
  readonly client: TelegramClient;
  readonly log: Log;
}

/** https://core.telegram.org/bots/api#answercallbackquery */
const TOAST_MOST = 200;
/** A toast is gone in a few seconds and shows about two lines; what is longer waits to be closed. */
const READ_AT_A_GLANCE = 60;

/** Presses whose answer is known to have arrived. */
const REMEMBERED = 1_000;

const queryOf = (press: Press): string => press.id.replace(/^press:/, '');

const toast = (text: string | undefined): CallbackAnswer => {
  if (!text) return {};
  return { text: cutToChars(text, TOAST_MOST), ...(charLength(text) > READ_AT_A_GLANCE ? { alert: true } : {}) };
};

/** What was chosen so far, for the one who pressed. */
const soFar = (card: Card, draft: CardDraft, fieldId: string): string => {
  const field = card.fields.find(({ id }) => id === fieldId);
  const labels = chosenLabels(field, draft);
  if (field?.kind === 'choice') return words.chosen(labels.join(words.separator));
  return labels.length > 0 ? words.ticked(labels) : words.nothingTicked;
};

const chosenLabels = (field: CardField | undefined, draft: CardDraft): string[] =>
  (field?.options ?? []).filter(({ id }) => draft.ticks[field?.id ?? '']?.includes(id)).map(({ label }) => label);

export const makeOnPress = ({ cards, shown, redraws, writer, client, log }: PressNeeds) => {
  const answered = new Set<string>();

  /**
   * Telegram forgets a press after a while, and takes one answer only: what nobody was told then follows as a message. A
   * press that was delivered twice was told the first time.
   */
  const answer = async (press: Press, said: CallbackAnswer): Promise<void> => {
    try {
      await client.answerPress(queryOf(press), said);
      answered.add(press.id);
      if (answered.size > REMEMBERED) answered.delete([...answered][0] ?? '');
    } catch (error) {
      if (answered.has(press.id) || (isRefused(error, 'too-late') && said.text === undefined)) return;
      log.info({ channel: 'telegram', err: error }, 'a press could not be answered');
      if (said.text === undefined) return;
      await writer
        .post(privateChatOf(press.sender), encodeText({ text: said.text }))
        .catch((failed: unknown) => log.info({ channel: 'telegram', err: failed }, 'nor told in private'));
    }
  };

  const isOwn = (view: ShownCard, press: Press): boolean => view.owner === press.sender;

  const redrawAt = (view: ShownCard, account: string, place: ShownPlace, chat: string): void =>
    redraws.want(keyOf(place), () => shown.redraw(view.card.id, account, place, chat));

  /** The message that was pressed. */
  const redraw = (view: ShownCard, { place, sender, chat }: Press): void =>
    redrawAt(view, sender, place, nameChat(chat));

  /** Shows one's own view without leaving the group where that can be had, else behind a link into the private chat. */
  const showOwn = async (press: Press, own: ShownCard, said: CallbackAnswer): Promise<void> => {
    const rendering = await shown.render(own, 'ephemeral');
    const place =
      press.chat.kind === 'group' && press.place.ephemeral === undefined
        ? await writer.whisper(press.place.chat, press.sender, queryOf(press), rendering)
        : null;
    await answer(press, place === null ? { url: await shown.linkTo(own) } : said);
  };

  const fill = async (press: Press, view: ShownCard, button: Extract<Button, { field: string; option: string }>) => {
    const { verb: kind, field, option } = button;
    const draft = await cards.fill(view.token, press.sender, { kind, field, option });
    await answer(press, toast(soFar(view.card, draft, field)));
    if (isOwn(view, press)) redraw(view, press);
  };

  const ask = async (press: Press, view: ShownCard, fieldId: string): Promise<void> => {
    const field = view.card.fields.find(({ id }) => id === fieldId);
    if (!field || !isOwn(view, press) || press.chat.kind !== 'person') return answer(press, toast(words.openPrivately));
    const place = await writer.post(nameChat(press.chat), encodeText({ text: words.ask(field.label) }), { ask: true });
    await cards.asked(view.token, press.sender, fieldId, place.message);
    await answer(press, {});
  };

  const act = async (press: Press, view: ShownCard, action: string, known: string, onEvent: OnEvent): Promise<void> => {
    const draft = await cards.draft(view.token, press.sender);
    const earlier = view.owner === EVERYBODY ? earlierChoices(view.card, draft) : {};
    const values = { ...earlier, ...valuesOf(view.card, draft) };
    const body = { kind: 'press', card: view.card.id, action, values } as const;
    const said: Answer | null = await onEvent(asEvent(press, press.id, body, known));
    if (!said?.card) return answer(press, toast(said?.toast));
    await cards.forget(view.token, press.sender);
    const own = await shown.remember(said.card, press.sender);
    // In the group a toast says enough of what was recorded; only a form or a question must be seen.
    if (!isOwn(view, press) && !said.toast) return showOwn(press, own, {});
    await answer(press, toast(said.toast));
    if (isOwn(view, press)) redraw(own, press);
    // What stands in the private chat of an earlier time must not offer what is over.
    else if (own.place && own.place.ephemeral === undefined)
      redrawAt(own, press.sender, own.place, privateChatOf(press.sender));
  };

  /** `known`: the chat as our records name it. Throws when the event could not be kept, so that it comes again. */
  return async (press: Press, known: string, onEvent: OnEvent): Promise<void> => {
    const pressed = decodeButton(press.data);
    const view = pressed && (await cards.find(pressed.token));
    const button = view && resolveButton(pressed, view.names);
    if (!view || !button) return answer(press, toast(words.outdated));
    if (view.owner !== EVERYBODY && !isOwn(view, press)) return answer(press, toast(words.notYours));
    switch (button.verb) {
      case 'tick':
      case 'untick':
      case 'choose':
        return fill(press, view, button);
      case 'write':
        return ask(press, view, button.field);
      case 'page':
        if (isOwn(view, press)) await cards.fill(view.token, press.sender, { kind: 'page', page: button.page });
        await answer(press, {});
        return redraw(view, press);
      case 'act':
        return act(press, view, button.action, known, onEvent);
      case 'open':
        return showOwn(press, await shown.ownViewOf(view, press.sender), {});
      case 'back': {
        const own = await shown.startOver(view, press.sender);
        await answer(press, {});
        return redraw(own, press);
      }
    }
  };
};
