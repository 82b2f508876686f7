// A card as Telegram shows it: words, and every field as buttons. All pages of the keyboard are shown one under the other.
import type { Card } from '../../domain/card.ts';
import type { CardPlace, PreviewCard } from '../../domain/card-preview.ts';
import { decodeButton } from './callback-data.ts';
import { encodeCard, encodeOverflow, type Rendering } from './codec.ts';

const token = 'preview';
const MOST_PAGES = 20;

const rendered = (card: Card, place: CardPlace, page: number): Rendering =>
  encodeCard({
    token,
    card,
    draft: { ticks: {}, texts: {}, page },
    audience: place,
    privateLink: place === 'group' ? 'https://t.me/dudao' : null,
    back: false,
  });

const linesIn = (html: string): string[] =>
  html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .split('\n')
    .filter((line) => line !== '');

type Button = Rendering['keyboard'][number][number];

const turnsPage = (button: Button): boolean =>
  'callback_data' in button && decodeButton(button.callback_data)?.verb === 'page';
const textsOf = (row: readonly Button[]): string[] => row.map(({ text }) => text);

export const previewCard: PreviewCard = (card, place) => {
  const { text, keyboard } = rendered(card, place, 0);
  const rows = keyboard.filter((row) => !row.some(turnsPage)).map(textsOf);
  const isPaged = keyboard.some((row) => row.some(turnsPage));
  for (let page = 1; isPaged && page < MOST_PAGES; page += 1) {
    const { keyboard: next } = rendered(card, place, page);
    const fresh = next
      .filter((row) => !row.some(turnsPage))
      .map(textsOf)
      .filter((row) => !rows.some((known) => known.join('\n') === row.join('\n')));
    if (fresh.length === 0) break;
    rows.push(...fresh);
  }
  const [title = '', ...lines] = linesIn(text);
  return {
    channel: 'telegram',
    messages: [
      ...encodeOverflow(card).map((part) => ({ kind: 'text' as const, lines: linesIn(part.text) })),
      { kind: 'card', title, lines, inputs: [], buttons: rows },
    ],
  };
};
