// A card that only asks whether it arrived: how the office tries a group's way before the campaign begins.
import type { Campaign } from '../domain/campaign.ts';
import type { Address } from '../domain/message.ts';
import { cardMessage, sending } from './card-message.ts';
import type { Service } from './service.ts';

/** The key of its message in the outbox. It goes out at once, and is of no use after ten minutes. */
export const sendTestCard = async (
  service: Pick<Service, 'ids' | 'cards' | 'clock' | 'committer' | 'wake'>,
  campaign: Campaign,
  to: Address,
): Promise<string> => {
  const now = service.clock.now();
  const book = service.cards(campaign);
  const key = `test:${service.ids.next()}`;
  const card = cardMessage(service, campaign, now, {
    key,
    to,
    kind: 'notice',
    as: 'notice',
    draws: {
      from: book.say('test_card_from'),
      title: book.say('test_card_title'),
      text: book.say('test_card_text'),
      urgent: false,
      version: 1,
      readers: null,
      sent: null,
    },
    data: {},
    about: [],
    window: { notBefore: now, expiresAt: new Date(now.getTime() + 10 * 60_000) },
  });
  await service.committer.commit(sending([card]));
  service.wake();
  return key;
};
