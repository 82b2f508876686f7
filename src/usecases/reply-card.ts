// Sends a report card as the answer to one event: into the chat that asked, or to the asker alone.
import type { ReportCardData } from '../domain/card-data.ts';
import type { Address } from '../domain/message.ts';
import type { Outcome, Situation } from './service.ts';

/** The chat the event came from. */
const here = (s: Situation): Address => ({
  channel: s.event.channel,
  chat: s.event.chat.id,
  personId: s.event.chat.kind === 'person' ? s.person.id : null,
});

/** The asker's own chat with the bot, as every channel's codec reads it. */
const inPrivate = (s: Situation): Address => ({
  channel: s.event.channel,
  chat: `person:${s.event.sender}`,
  personId: s.person.id,
});

/** The card goes out after everything that was said before it; what names people goes `privately`. */
export const replyCard = (s: Situation, data: ReportCardData, privately = false): Outcome => {
  const card = s.service.cards(s.campaign).draw('report', s.service.ids.next(), data);
  const to = privately ? inPrivate(s) : here(s);
  return {
    answer: null,
    change: {
      messages: [
        {
          key: `answer:${s.inbound}`,
          campaign: s.campaign.id,
          to,
          kind: 'answer',
          about: [],
          message: { card },
          notBefore: s.now,
        },
      ],
    },
  };
};
