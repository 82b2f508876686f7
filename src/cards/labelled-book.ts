// Where several campaigns speak in the same chats, each card's title begins with the name of its own.
import type { CampaignBook } from '../ports.ts';

/** The books as they are for a single campaign; a campaign without a short title keeps its titles. */
export const labelledBooks =
  (books: CampaignBook, several: () => boolean): CampaignBook =>
  (campaign) => {
    const book = books(campaign);
    const label = campaign.shortTitle;
    if (!several() || label === null) return book;
    return {
      ...book,
      draw: (kind, id, data, state) => {
        const card = book.draw(kind, id, data, state);
        return { ...card, title: `【${label}】${card.title}` };
      },
    };
  };
