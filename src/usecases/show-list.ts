// 名单: the list behind a card's numbers, in private and for those who may see it (R52, 1.7); and 已阅.
import type { ReportCardData } from '../domain/card-data.ts';
import { may } from '../domain/rights.ts';
import { type Scope, subjectOf } from '../domain/scope.ts';
import { reportOf } from './answer-command.ts';
import { replyCard } from './reply-card.ts';
import { acknowledgeNotice, showUnread } from './send-notice.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';

export const showList = async (s: Situation): Promise<Outcome> => {
  const card = s.scene.card;
  if (!card) return saying(s, 'card_closed');
  if (card.kind === 'notice') return showUnread(s);
  const zone = typeof card.data.zone === 'string' ? card.data.zone : null;
  if (card.kind === 'assignment' && zone !== null) return listed(s, await dayList(s, zone, String(card.data.day)));
  const scope: Scope = zone === null ? { kind: 'city' } : { kind: 'zone', name: zone };
  const allowed = may(s.person, 'see_figures', subjectOf(s.campaign, scope)) || card.personId === s.person.id;
  if (!allowed)
    return saying(s, 'not_allowed_report', { place: zone ?? s.service.cards(s.campaign).say('whole_city') });
  return listed(s, await reportOf(s, scope));
};

/** The list goes to the person alone; a press in a group says so. */
const listed = (s: Situation, data: ReportCardData): Outcome => ({
  ...replyCard(s, data, true),
  answer: { toast: s.service.cards(s.campaign).say('list_sent') },
});

/** Who has which compound today, all of them. */
const dayList = async (s: Situation, zone: string, day: string): Promise<ReportCardData> => {
  const book = s.service.cards(s.campaign);
  const planned = await s.service.planning.zoneDay(s.campaign.id, zone, day);
  const rows = planned.map((row) => ({
    name: `${row.compound} · ${row.assignment.area ?? ''}`,
    detail: row.recordedAt ? book.say('record_by', { at: row.recordedAt, by: row.recordedBy }) : row.inspector,
  }));
  return { title: book.say('report_title', { place: zone }), cutOffAt: s.now, figures: null, rows, total: rows.length };
};

/** 已阅: noted once, with the time (R36). */
export const acknowledge = (s: Situation): Outcome | Promise<Outcome> => {
  const row = s.scene.card;
  if (row?.kind === 'notice' && row.data.notice !== undefined) return acknowledgeNotice(s);
  const shown = s.scene.view;
  if (!row) return saying(s, 'card_closed');
  const said = saying(s, 'acknowledged');
  if (row.state === 'answered' || shown?.state === 'answered') return said;
  const event = eventOf(s, `${row.kind}.acknowledged`, { kind: 'card', id: row.id });
  const closed = row.personId === null ? {} : { cards: [{ ...row, state: 'answered' as const }] };
  return { ...said, change: { ...closed, events: [event] } };
};
