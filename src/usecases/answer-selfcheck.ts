// /selfcheck: what the office sees of the service itself. Only what is wrong gets a line; all well is one line too.
import { areasOf, zonesOf } from '../domain/campaign.ts';
import { may } from '../domain/rights.ts';
import { dueSlots, isCalledFor } from '../domain/slots.ts';
import { replyCard } from './reply-card.ts';
import { type Outcome, type Situation, saying } from './service.ts';

const mostNames = 10;

export const answerSelfcheck = async (s: Situation): Promise<Outcome> => {
  if (!may(s.person, 'administer')) return saying(s, 'selfcheck_not_allowed');
  const { campaign, service } = s;
  const book = service.cards(campaign);
  const state = await service.selfcheck.state(campaign.id, s.today, campaign.calendar.instant(s.today, '00:00'));
  const firstStart = state.firstStart ?? s.now;
  const unrun = dueSlots(campaign.slots, campaign.calendar, firstStart, s.now)
    .filter(({ kind, day }) => day === s.today && isCalledFor(campaign, kind, day) && !state.slotsDone.includes(kind))
    .map(({ kind, at }) => book.say('selfcheck_slot', { kind, at }));
  const without = [
    ...zonesOf(campaign).filter((zone) => !state.bound.zone.includes(zone)),
    ...areasOf(campaign).filter((area) => !state.bound.area.includes(area)),
  ];
  const names = (all: readonly string[]): string =>
    book.say('selfcheck_names', { names: all.slice(0, mostNames), n: all.length });
  const rows = [
    ...state.channels.map(({ channel, sent, failed, unknown, waiting }) => ({
      name: book.say('selfcheck_channel', { channel }),
      detail: book.say('selfcheck_deliveries', { sent, failed, unknown, waiting }),
    })),
    {
      name: book.say('selfcheck_backup'),
      detail: state.backedUpAt
        ? book.say('selfcheck_backup_at', { at: state.backedUpAt })
        : book.say('selfcheck_backup_none'),
    },
    ...(without.length > 0 ? [{ name: book.say('selfcheck_groups'), detail: names(without) }] : []),
    ...(state.withoutAccount.n > 0
      ? [
          {
            name: book.say('selfcheck_people'),
            detail: book.say('selfcheck_names', { names: state.withoutAccount.names, n: state.withoutAccount.n }),
          },
        ]
      : []),
    ...(unrun.length > 0 ? [{ name: book.say('selfcheck_slots'), detail: names(unrun) }] : []),
  ];
  const well =
    without.length === 0 && unrun.length === 0 && state.channels.every((c) => c.failed === 0 && c.unknown === 0);
  return replyCard(
    s,
    {
      title: book.say(well ? 'selfcheck_well' : 'selfcheck_title'),
      cutOffAt: s.now,
      figures: null,
      rows,
      total: rows.length,
    },
    true,
  );
};
