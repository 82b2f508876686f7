// The 20:00 slot: each zone's group sees its figures, the commander and the supervisors read one digest (R04, R49, R50).
// Both print the same cut-off and the same sums, so that two people never argue over numbers.
import type { Day } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { DigestCardData } from '../domain/card-data.ts';
import { type Figures, sumOf, type Tally } from '../domain/figures.ts';
import { openStep } from '../domain/hand-over.ts';
import { coveredBy } from '../domain/pace.ts';
import { withinTheHour } from '../domain/sending.ts';
import type { Reachable } from '../ports.ts';
import { cardMessage, sending } from './card-message.ts';
import type { Service } from './service.ts';

const paceDays = 5;

export const postTally = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  const [tally, groups] = await Promise.all([service.figured.tally(campaign, day), service.roster.groups('zone')]);
  const drawn = tally.zones.flatMap(({ zone, areas, ...figures }) =>
    groups
      .filter((g) => g.serves === zone)
      .map(({ to }) =>
        cardMessage(service, campaign, now, {
          key: `tally:${campaign.id}:${day}:${to.channel}/${to.chat}`,
          to,
          kind: 'tally',
          as: 'tally',
          draws: { zone, day, cutOffAt: tally.cutOffAt, figures, areas },
          data: { zone, day },
          about: [{ kind: 'zone', id: zone }],
          window: withinTheHour(now),
        }),
      ),
  );
  await service.committer.commit(sending(drawn));
  service.wake();
};

export const sendDigest = async (service: Service, campaign: Campaign, day: Day, now: Date): Promise<void> => {
  const { calendar } = campaign;
  const days = Array.from({ length: paceDays }, (_, i) => calendar.plusWorkingDays(day, -i)).filter(
    (d) => d >= campaign.firstDay,
  );
  const [tally, commanders, supervisors, pace, messages, late, undecided, handOvers] = await Promise.all([
    service.figured.tally(campaign, day),
    service.roster.holders(campaign.id, 'commander', day),
    service.roster.holders(campaign.id, 'supervisor', day),
    service.figured.newlyCovered(campaign.id, days),
    service.figured.messagesSent(calendar.instant(day, '00:00'), now),
    service.lists.reachedTop(campaign.id, day),
    service.lists.undecided(campaign.id),
    service.handOvers.on(campaign.id, day),
  ]);
  const book = service.cards(campaign);
  const facts = { day, cutOffAt: tally.cutOffAt, officialCalendar: calendar.isOfficial(day), messages };
  const city: DigestCardData = {
    ...facts,
    title: book.say('digest_title'),
    figures: tally.city,
    zones: tally.zones,
    coveredBy: coveredBy(tally.city.compounds.known - tally.city.compounds.covered, pace, day, calendar),
    paceDays: days.length,
    decisions: undecided.map((u) => book.say('decision_undecided', { ...u })),
    waiting: handOvers.flatMap((h) => {
      const step = openStep(h);
      return step ? [{ zone: h.zone, step }] : [];
    }),
    late: late.map((l) => book.say('late_line', { ...l, place: '' })),
  };
  const mails: { to: Reachable; data: DigestCardData }[] = [
    ...unique(commanders).map((to) => ({ to, data: city })),
    ...[...Map.groupBy(supervisors, (s) => s.personId).values()].flatMap((own) =>
      own[0]
        ? [
            {
              to: own[0],
              data: zonesDigest(
                city,
                tally,
                own.map((s) => s.scope),
              ),
            },
          ]
        : [],
    ),
  ];
  const drawn = mails.flatMap(({ to, data }) =>
    to.to
      ? cardMessage(service, campaign, now, {
          key: `digest:${campaign.id}:${day}:${to.personId}`,
          to: to.to,
          kind: 'digest',
          as: 'digest',
          draws: data,
          data: { day },
          about: [],
          window: withinTheHour(now),
        })
      : [],
  );
  await service.committer.commit(sending(drawn));
  service.wake();
};

const unique = (people: readonly Reachable[]): Reachable[] => [...new Map(people.map((p) => [p.personId, p])).values()];

/** A supervisor's digest: the own zones only, with their sum on top (1.7 "who sees what"). */
const zonesDigest = (city: DigestCardData, tally: Tally, zones: readonly string[]): DigestCardData => {
  const own = tally.zones.filter((z) => zones.includes(z.zone));
  const figures: Figures = sumOf(own);
  return {
    ...city,
    title: own.map((z) => z.zone).join('、'),
    figures,
    zones: own,
    coveredBy: null,
    decisions: [],
    late: [],
    waiting: city.waiting.filter(({ zone }) => zones.includes(zone)),
    messages: { sent: 0, people: 0, most: 0, answers: 0 },
  };
};
