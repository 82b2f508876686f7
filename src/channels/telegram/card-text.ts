// A card's words as Telegram shows them: HTML within its limits. What its buttons say is in keyboard.ts. Pure.
import type { Card, CardField } from '../../domain/card.ts';
import type { CardDraft } from '../../ports-channels.ts';
import { charLength, chunksOfChars, cutToChars } from '../chunk-text.ts';
import { isShort } from './keyboard.ts';
import { words } from './words.ts';

/** 4,096 code points after entity parsing (https://core.telegram.org/bots/api#sendmessage), less what rings people. */
export const TEXT_MOST = 3_990;
/** Editing an ephemeral message refuses more, whatever its documentation says (tdlib/telegram-bot-api#881). */
const EPHEMERAL_MOST = 1_024;
const FIELDS_MOST = 2_000;
const FIELDS_LEAST = 400;
/** What title, state and answers need beside lines and questions. */
const KEPT_FREE = 1_000;

/** https://core.telegram.org/bots/api#html-style */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>]/g, (character) => escapes[character] ?? '');

const sizeOf = (lines: readonly string[]): number => lines.reduce((n, line) => n + charLength(line) + 1, 0);

/** As much as fits, the last line perhaps in part; `note` says where the rest is. */
const fitting = (lines: readonly string[], most: number, note: string): string[] => {
  if (sizeOf(lines) <= most) return [...lines];
  let room = most - charLength(note) - 1;
  const kept: string[] = [];
  for (const line of lines) {
    if (room < 2) break;
    kept.push(cutToChars(line, room - 1));
    room -= charLength(line) + 1;
  }
  return charLength(note) < most ? [...kept, note] : [];
};

/** What a field says in the text: its question, and what was chosen or written so far. */
const fieldLine = (field: CardField, draft: CardDraft): string[] => {
  const labels = (field.options ?? [])
    .filter(({ id }) => draft.ticks[field.id]?.includes(id))
    .map(({ label }) => label);
  const text = draft.texts[field.id];
  switch (field.kind) {
    case 'ticks':
      return labels.length > 0 ? [`${field.label}：${labels.join(words.separator)}`] : [];
    case 'choice':
      if (isShort(field)) return [[field.label, ...labels.map((label) => `✓ ${label}`)].join(' ')];
      return [`${field.label}：${labels.join(words.separator) || words.chooseFirst}`];
    case 'text':
      return text ? [`${field.label}：${text}`] : [];
  }
};

/** The card as HTML, as long as its audience may have it. An ephemeral card goes on in the private chat only. */
export const textOfCard = (card: Card, draft: CardDraft, ephemeral: boolean): string => {
  const most = ephemeral ? EPHEMERAL_MOST : TEXT_MOST;
  const note = ephemeral ? words.goesOnPrivately : words.goesOn;
  const title = cutToChars(card.title.replace(/\s+/g, ' ').trim(), 250);
  const state = card.stateText ? cutToChars(card.stateText, 250) : '';
  const fields = card.state === 'open' ? card.fields.flatMap((field) => fieldLine(field, draft)) : [];
  const room = most - charLength(title) - charLength(state) - 6;
  const below = fitting(fields, Math.min(FIELDS_MOST, Math.max(FIELDS_LEAST, room - sizeOf(card.lines))), note);
  const above = fitting(card.lines, room - sizeOf(below), note);
  return [
    [`<b>${escapeHtml(title)}</b>`, ...above.map(escapeHtml)],
    below.map(escapeHtml),
    state ? [`<i>${escapeHtml(state)}</i>`] : [],
  ]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
};

/** What must be sent besides a card that does not fit into its message: all of it, word for word. Plain text, in parts. */
export const overflowOf = ({ lines, fields, state }: Card): string[] => {
  const questions = state === 'open' ? fields.filter(({ kind }) => kind === 'choice').map(({ label }) => label) : [];
  // A question with its answer marked is a little longer than the question.
  const asked = sizeOf(questions) * 1.25;
  const fits = asked <= FIELDS_MOST && sizeOf(lines) + asked <= TEXT_MOST - KEPT_FREE;
  return fits ? [] : chunksOfChars([...lines, ...questions].join('\n'), TEXT_MOST);
};
