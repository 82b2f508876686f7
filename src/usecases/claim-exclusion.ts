// "I live in no managed compound": said by the person, confirmed or refused by whoever answers for the department (R10,
// E15). Only the confirmation takes the duty off; a claim that was wrong is turned back by naming a compound.
import { plusDays } from '../domain/calendar.ts';
import { ticksOf } from '../domain/card.ts';
import { allOf, type Change } from '../domain/change.ts';
import { dutiesExcluded, type Exclusion, type Home } from '../domain/home.ts';
import type { Outgoing } from '../domain/message.ts';
import type { Person } from '../domain/people.ts';
import { may } from '../domain/rights.ts';
import { inWorkingHours } from '../domain/sending.ts';
import type { OpenExclusion } from '../ports-people.ts';
import { dutiesMoved } from './move-duties.ts';
import { actOf, eventOf, type Outcome, type Situation, saying } from './service.ts';
import { answered } from './show-card.ts';

const excluded =
  /(?:不|没有?|冇)住?在?(?:任何|物业|管理|商品房?)*小区|自建房|不住小区|不在小区住|(?:住|在)(?:单位)?宿舍/u;

/** 不住在物业小区, 自建房: what the button says, in words. */
export const saysExcluded = (text: string): boolean => text.length <= 30 && excluded.test(text.replace(/\s/gu, ''));

export const claimExclusion = async (s: Situation): Promise<Outcome> => {
  const { person } = s;
  if (person.lives === 'excluded') return answered(s, 'exclusion_known');
  const open = await s.service.people.openExclusions(s.campaign.id, [person.id]);
  if (person.lives === 'exclusion_claimed' || open.length > 0) return answered(s, 'exclusion_claimed');
  const claim: Exclusion = {
    id: s.service.ids.next(),
    campaign: s.campaign.id,
    personId: person.id,
    state: 'claimed',
    version: 1,
    claimedAt: s.now,
    toldAt: null,
    decidedAt: null,
    decidedById: null,
  };
  const shown = answered(s, 'exclusion_claimed');
  return {
    answer: shown.answer,
    change: allOf([
      shown.change,
      {
        homes: [{ personId: person.id, compoundId: person.compoundId, lives: 'exclusion_claimed' }],
        exclusions: [claim],
        events: [eventOf(s, 'person.exclusion_claimed', { kind: 'person', id: person.id })],
      },
    ]),
  };
};

/** What the card of whoever decides keeps. */
export interface ExclusionsPending {
  readonly persons: readonly string[];
}

/** 1 = confirm, 2 = refuse, for those that are ticked. Whoever was faster has decided; the other is told. */
export const decideExclusions = async (s: Situation, { persons }: ExclusionsPending): Promise<Outcome> => {
  if (s.event.body.kind !== 'press') return saying(s, 'card_refreshed');
  const ticked = ticksOf(s.event.body.values, 'people').filter((id) => persons.includes(id));
  const meant = ticked.length > 0 ? ticked : persons.length === 1 ? persons : [];
  if (meant.length === 0) return saying(s, 'tick_people');
  const open = await s.service.people.openExclusions(s.campaign.id, meant);
  if (open.length === 0) return answered(s, 'exclusion_decided_already');
  const mine = open.filter((claim) => mayDecide(s, claim));
  if (mine.length === 0) return saying(s, 'not_allowed', { instead: s.service.cards(s.campaign).say('instead_head') });
  const confirmed = s.event.body.action === 'answer:1';
  const change = await decided(s, mine, confirmed);
  const key = confirmed ? 'exclusion_confirmed' : 'exclusion_refused';
  const names = mine.map((claim) => claim.name);
  const all = mine.length === persons.length;
  // Others on the card still wait: it stays as it is.
  const shown = all ? answered(s, key, { names }) : saying(s, key, { names });
  return { answer: shown.answer, change: allOf([change, shown.change]) };
};

/** Nobody decides about himself. */
const mayDecide = (s: Situation, claim: OpenExclusion): boolean =>
  claim.exclusion.personId !== s.person.id &&
  may(s.person, 'excuse', {
    organisation: claim.organisation,
    department: claim.department === null ? null : `${claim.organisation ?? ''}/${claim.department}`,
    area: claim.area,
  });

const decided = async (s: Situation, claims: readonly OpenExclusion[], confirmed: boolean): Promise<Change> => {
  const { people, roster, campaigns } = s.service;
  const ids = claims.map(({ exclusion }) => exclusion.personId);
  const [duties, known, reach] = await Promise.all([
    people.homeDuties(
      campaigns.all().map((campaign) => campaign.id),
      ids,
      s.today,
    ),
    Promise.all(ids.map((id) => roster.person(id, s.campaign.id, s.today))),
    roster.reach(ids),
  ]);
  const homes = known.flatMap((person): { person: Person; home: Home }[] => {
    if (!person) return [];
    if (confirmed) return [{ person, home: { personId: person.id, compoundId: null, lives: 'excluded' } }];
    const lives = person.compoundId === null ? ('unknown' as const) : ('known' as const);
    return [{ person, home: { personId: person.id, compoundId: person.compoundId, lives } }];
  });
  const book = s.service.cards(s.campaign);
  const said = book.say(confirmed ? 'exclusion_confirmed_you' : 'exclusion_refused_you', { by: s.person.name });
  const messages = ids.flatMap((id): Outgoing[] => {
    const to = reach.get(id)?.to;
    return to
      ? [
          {
            key: `exclusion:${s.inbound}:${id}`,
            campaign: s.campaign.id,
            to,
            kind: 'notice',
            about: [{ kind: 'person', id }],
            message: { text: said },
            ...inWorkingHours(s.campaign.calendar, s.campaign.settings, s.now),
          },
        ]
      : [];
  });
  return allOf([
    {
      homes: homes.map(({ home }) => home),
      formerHomes: homes.flatMap(({ person, home }) =>
        person.compoundId !== null && home.compoundId === null
          ? [{ personId: person.id, compoundId: person.compoundId, until: plusDays(s.today, -1) }]
          : [],
      ),
      exclusions: claims.map(({ exclusion }) => ({
        ...exclusion,
        state: confirmed ? ('confirmed' as const) : ('refused' as const),
        version: exclusion.version + 1,
        decidedAt: s.now,
        decidedById: s.person.id,
      })),
      events: ids.map((id) =>
        eventOf(s, confirmed ? 'person.excluded' : 'person.exclusion_refused', { kind: 'person', id }),
      ),
      messages,
    },
    confirmed ? dutiesMoved(s.service, dutiesExcluded(duties), actOf(s)) : {},
  ]);
};
