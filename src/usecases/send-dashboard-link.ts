// /dashboard: a one-time link to the pages, to the asker alone, wherever it was asked for.
import { LOGIN_MINUTES } from '../domain/link.ts';
import { commandsFor } from './answer-command.ts';
import { replyCard } from './reply-card.ts';
import { type Outcome, type Situation, saying } from './service.ts';

export const sendDashboardLink = (s: Situation): Outcome => {
  if (!commandsFor(s.person).some(({ name }) => name === 'dashboard')) return saying(s, 'dashboard_not_for');
  const minutes = LOGIN_MINUTES.chat;
  const { link, url } = s.service.links.make({
    purpose: 'login',
    campaign: s.campaign.id,
    personId: s.person.id,
    now: s.now,
    minutes,
  });
  const title = s.service.cards(s.campaign).say('dashboard_title');
  const sent = replyCard(
    s,
    { title, cutOffAt: s.now, timeless: true, figures: null, rows: [], total: 0, link: { url, minutes } },
    true,
  );
  return { answer: null, change: { ...sent.change, links: [link] } };
};
