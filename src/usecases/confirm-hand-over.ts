// 确认并上报: the step a hand-over waited for is taken, with its time and a word about it, and the next one up hears of it;
// after the supervisor the towns do (R35).
import { areasOf } from '../domain/campaign.ts';
import { textOf } from '../domain/card.ts';
import { allOf, type Change } from '../domain/change.ts';
import { confirmed, type HandOver, type HandOverPress, type StepTaken } from '../domain/hand-over.ts';
import { may } from '../domain/rights.ts';
import { inWorkingHours } from '../domain/sending.ts';
import { type CardMessage, cardMessage, sending } from './card-message.ts';
import { handOverCard, placesOf, supervisorsOf } from './prepare-hand-over.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';
import { show } from './show-card.ts';
import { withHandOvers, type ZoneDays, zoneDays } from './zone-day.ts';

export const confirmHandOver = async (s: Situation): Promise<Outcome> => {
  const card = s.scene.card;
  const asked = card?.data.handOver as HandOverPress | undefined;
  if (!card || !asked || s.event.body.kind !== 'press') return saying(s, 'card_closed');
  if (!asked.zones.every((zone) => may(s.person, 'hand_over', { zone })))
    return saying(s, 'not_allowed', { instead: s.service.cards(s.campaign).say('instead_help') });
  const days = await zoneDays(s.service, s.campaign, asked.day);
  const by: StepTaken = {
    id: s.person.id,
    name: s.person.name,
    at: s.now.toISOString(),
    note: textOf(s.event.body.values, 'note') || null,
  };
  const moved = asked.zones.flatMap((zone) => {
    const before = days.handOvers.get(zone);
    return (before && confirmed(before, asked.step, by, { figures: days.zones.get(zone)?.figures, at: by.at })) ?? [];
  });
  if (moved.length === 0) return saying(s, 'handover_already');
  const later = withHandOvers(days, moved);
  const change: Change = {
    handOvers: moved,
    events: moved.map((h) =>
      eventOf(
        s,
        'hand_over.confirmed',
        { kind: 'hand_over', id: h.id },
        { zone: h.zone, day: h.day, step: asked.step, note: by.note },
      ),
    ),
  };
  const onward = await handedOn(s, asked, moved, later);
  const shown = shownConfirmed(s, asked, later);
  return { answer: shown.answer, change: allOf([change, sending(onward), shown.change]) };
};

/** What the next one reads. The zone lead's word is in the liaison's card of the slot, so it goes no further by itself. */
const handedOn = async (
  s: Situation,
  asked: HandOverPress,
  moved: readonly HandOver[],
  days: ZoneDays,
): Promise<CardMessage[]> => {
  const zones = moved.map((h) => h.zone);
  if (asked.step === 'zone_lead') return [];
  if (asked.step === 'supervisor') return toTowns(s, asked, zones, days);
  const above = await supervisorsOf(s.service, s.campaign, zones, s.today);
  return above.flatMap((own) => {
    const order = { ...own, step: 'supervisor', day: asked.day, days, tomorrow: null, as: 'handover' } as const;
    const drawn = handOverCard(s.service, s.campaign, s.now, order);
    const window = inWorkingHours(s.campaign.calendar, s.campaign.settings, s.now);
    return drawn ? [{ ...drawn, message: { ...without(drawn.message, 'expiresAt'), ...window } }] : [];
  });
};

const without = <T extends object, K extends keyof T>(from: T, key: K): Omit<T, K> => {
  const { [key]: _gone, ...rest } = from;
  return rest;
};

/** Each town hears how its own area stands: its contact, or whoever of it can be reached. */
const toTowns = async (
  s: Situation,
  asked: HandOverPress,
  zones: readonly string[],
  days: ZoneDays,
): Promise<CardMessage[]> => {
  const { service, campaign } = s;
  const [contacts, heads, groups] = await Promise.all([
    service.roster.holders(campaign.id, 'town_contact', s.today),
    service.roster.holders(campaign.id, 'town_head', s.today),
    service.roster.groups('area'),
  ]);
  const areas = zones.flatMap((zone) => areasOf(campaign, zone).map((area) => ({ zone, area })));
  return areas.flatMap(({ zone, area }) => {
    const person = [...contacts, ...heads].find((h) => h.scope === area && h.to !== null);
    const to = person?.to ?? groups.find((g) => g.serves === area)?.to;
    const place = days.areas.get(area);
    if (!to || !place) return [];
    const word = days.zones.get(zone)?.taken.filter(({ step }) => step === 'supervisor') ?? [];
    return [
      cardMessage(service, campaign, s.now, {
        key: `handover:${campaign.id}:${asked.day}:town:${area}`,
        to,
        kind: 'handover',
        as: 'handover',
        draws: {
          person: person?.name ?? area,
          step: 'town',
          day: asked.day,
          cutOffAt: days.cutOffAt,
          places: [{ ...place, taken: word }],
          tomorrow: null,
        },
        data: {},
        about: [{ kind: 'area', id: area }],
        window: inWorkingHours(campaign.calendar, campaign.settings, s.now),
      }),
    ];
  });
};

/** On its own card the step is shown as taken; a reminder that carried it is about other things too, and only says so. */
const shownConfirmed = (s: Situation, asked: HandOverPress, days: ZoneDays): Outcome => {
  const book = s.service.cards(s.campaign);
  const said = book.say(`handover_${asked.step}`);
  if (s.scene.card?.kind !== 'handover') return saying(s, `handover_${asked.step}`);
  const places = placesOf(days, asked.zones);
  return show(s, {
    kind: 'handover',
    draws: { person: s.person.name, step: asked.step, day: asked.day, cutOffAt: days.cutOffAt, places, tomorrow: null },
    data: s.scene.card.data,
    state: 'answered',
    said,
  });
};
