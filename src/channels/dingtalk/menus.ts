// The last card that was said in words in each chat: what a number there answers. Kept in the database, because whoever
// hears the number may be another process.
import type { Card } from '../../domain/card.ts';
import type { ChannelMemory } from '../../ports-channels.ts';
import { takesNumbers } from './menu.ts';

export interface Menus {
  said(chat: string, card: Card): Promise<void>;
  last(chat: string): Promise<Card | null>;
}

const keyOf = (chat: string): string => `dingtalk.menu:${chat}`;

export const makeMenus = (memory: ChannelMemory): Menus => ({
  async said(chat, card) {
    if (takesNumbers(card)) await memory.set(keyOf(chat), card);
  },
  last: (chat) => memory.get<Card>(keyOf(chat)),
});
