// /assign: a zone lead, a liaison or the office gives an inspector a compound, for today or a day to come (R07). Whoever had
// it and whoever has it now hear of it; the group's card shows it.
import type { Day } from '../domain/calendar.ts';
import { areasOf, type Campaign, checklistOf, phaseOn, strandOf, zoneOf, zonesOf } from '../domain/campaign.ts';
import { allOf, type Change } from '../domain/change.ts';
import type { DomainEvent } from '../domain/event.ts';
import { type HandOut, handOut } from '../domain/hand-out.ts';
import type { Outgoing } from '../domain/message.ts';
import { hasRole, type Person } from '../domain/people.ts';
import { may } from '../domain/rights.ts';
import { inWorkingHours } from '../domain/sending.ts';
import { spokenSpan } from '../domain/spoken-day.ts';
import { campaignOn } from '../domain/zone-map.ts';
import type { Lists } from '../ports.ts';
import { askWhich } from './ask-which.ts';
import { findPerson } from './find-person.ts';
import { redrawGroupCards } from './record-answers.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';

type Named = Awaited<ReturnType<Lists['compoundsIn']>>[number];
type Given = Extract<HandOut, { kind: 'given' }>;

export const answerAssign = async (s: Situation, text: string): Promise<Outcome> => {
  const zones = zonesOf(s.campaign).filter((zone) => may(s.person, 'assign', { zone }));
  if (zones.length === 0) return saying(s, 'assign_not_allowed');
  if (text === '') return saying(s, 'assign_form');
  const span = spokenSpan(text, s.today);
  const wrongDay = refusedDay(s, span);
  if (wrongDay) return wrongDay;
  const day = span?.days?.from ?? s.today;
  return assignOn({ ...s, campaign: campaignOn(s.campaign, day) }, span ? span.rest : text, day);
};

/** The campaign is that of the day: an area may have moved until then. */
const assignOn = async (s: Situation, words: string, day: Day): Promise<Outcome> => {
  const zones = zonesOf(s.campaign).filter((zone) => may(s.person, 'assign', { zone }));
  const named = await s.service.lists.compoundsIn(
    words,
    zones.flatMap((zone) => areasOf(s.campaign, zone)),
  );
  const found = await findPerson(s, withoutPlaces(s.campaign, words, named), (person) =>
    zones.some((zone) => hasRole(person, 'inspector', zone)),
  );
  if (found.kind === 'said') return found.outcome;
  const chosen = compoundsMeant(s, words, named, found.person);
  if (chosen.kind === 'ask') return chosen.outcome;
  if (chosen.compounds.length === 0) return noCompound(s, found.rest, zones);
  return give(s, found.person, chosen.compounds, day);
};

/** A day that is none, is over, or on which nobody is sent: the nearest that will do is said. */
const refusedDay = (s: Situation, span: ReturnType<typeof spokenSpan>): Outcome | null => {
  if (!span) return null;
  const { calendar } = s.campaign;
  const day = span.days?.from;
  if (day === undefined) return saying(s, 'day_unknown', { words: span.words, today: s.today });
  if (day < s.today) return saying(s, 'day_past', { day, today: s.today });
  if (!calendar.isWorkingDay(day)) return saying(s, 'day_off', { day, nearest: calendar.plusWorkingDays(day, 1) });
  if (!phaseOn(strandOf(s.campaign, 'zone'), day)) return saying(s, 'day_outside', { day });
  return null;
};

/** What is left is the person's name: compounds, areas and small words are taken out. */
const withoutPlaces = (campaign: Campaign, words: string, named: readonly Named[]): string => {
  const places = [...named.map((n) => n.words), ...areasOf(campaign)].sort((a, b) => b.length - a.length);
  return places
    .reduce((rest, place) => rest.replaceAll(place, ' '), words)
    .replace(/[、，,]|(^|\s)(给|由|和)(?=\s)|(^|\s)(给|由)(?=\S)|检查/g, ' ')
    .trim();
};

type Meant =
  | { readonly kind: 'compounds'; readonly compounds: readonly Named[] }
  | { readonly kind: 'ask'; readonly outcome: Outcome };

/** A name that several compounds have is the one in the inspector's zone, in an area that is named, or is asked (E17). */
const compoundsMeant = (s: Situation, words: string, named: readonly Named[], person: Person): Meant => {
  const compounds: Named[] = [];
  for (const [name, all] of Map.groupBy(named, (n) => n.words)) {
    const near = all.filter(({ area }) => hasRole(person, 'inspector', zoneOf(s.campaign, area) ?? ''));
    const here = near.filter(({ area }) => words.includes(area));
    const likely = here.length > 0 ? here : near.length > 0 ? near : all;
    const [one, ...others] = likely;
    if (!one) continue;
    if (others.length > 0) {
      const typed = s.event.body.kind === 'text' ? s.event.body.text : words;
      const readings = likely.map((k) => ({
        label: `${k.name} · ${k.area}`,
        says: typed.replace(name, `${k.area} ${k.words}`),
      }));
      return { kind: 'ask', outcome: askWhich(s, 'which_compound', name, readings) };
    }
    compounds.push(one);
  }
  return { kind: 'compounds', compounds };
};

const noCompound = async (s: Situation, words: string, zones: readonly string[]): Promise<Outcome> => {
  if (words === '') return saying(s, 'assign_form');
  const areas = zones.flatMap((zone) => areasOf(s.campaign, zone));
  const near = await s.service.lists.compounds(s.campaign.id, words, 8);
  const nearest = near.filter(({ area }) => areas.includes(area)).map(({ name }) => name);
  return saying(s, 'assign_compound_unknown', { words, nearest: nearest.slice(0, 4) });
};

const give = async (s: Situation, person: Person, compounds: readonly Named[], day: Day): Promise<Outcome> => {
  const { campaign } = s;
  const elsewhere = compounds.find(({ area }) => !hasRole(person, 'inspector', zoneOf(campaign, area) ?? ''));
  if (elsewhere) {
    return saying(s, 'assign_other_zone', {
      name: person.name,
      compound: elsewhere.name,
      zone: zoneOf(campaign, elsewhere.area) ?? elsewhere.area,
    });
  }
  const { away, standings } = await s.service.planning.standings(
    campaign.id,
    compounds.map((k) => k.id),
    person.id,
    day,
  );
  if (away !== null) return saying(s, 'assign_away', { name: person.name, from: away.from, to: away.to });
  const outs = standings.map((standing) => ({
    standing,
    out: handOut(
      standing,
      {
        campaign: campaign.id,
        zone: zoneOf(campaign, standing.area) ?? '',
        day,
        personId: person.id,
        checklist: checklistOf(campaign, 'zone').id,
        at: s.now,
      },
      () => s.service.ids.next(),
    ),
  }));
  const claimed = outs.find(({ out }) => out.kind === 'claimed_it');
  if (claimed) return saying(s, 'assign_claimed', { name: person.name, compound: claimed.standing.name });
  const moves = outs.flatMap(({ standing, out }) => (out.kind === 'given' ? [{ name: standing.name, ...out }] : []));
  if (moves.length === 0) return saying(s, 'assign_has_it', { name: person.name, day });
  const names = moves.map((m) => m.name);
  const change: Change = {
    assignments: moves.flatMap(({ from, given }) => (from ? [from, given] : [given])),
    events: moves.flatMap((move) => eventsOf(s, move)),
    messages: day === s.today ? await tell(s, person, moves) : [],
  };
  return {
    ...saying(s, 'assign_done', { name: person.name, day, compounds: names }),
    change: allOf([change, redrawGroupCards(s, change)]),
  };
};

const eventsOf = (s: Situation, { from, given }: Given): DomainEvent[] => {
  const facts = { person: given.personId, compound: given.compoundId, reasons: given.reasons };
  return [
    ...(from ? [eventOf(s, 'assignment.reassigned', { kind: 'assignment', id: from.id }, { to: given.id })] : []),
    eventOf(s, 'assignment.given', { kind: 'assignment', id: given.id }, facts),
  ];
};

/** For today it cannot wait for the morning's card: one line to whoever has it now, one to each who had it. */
const tell = async (
  s: Situation,
  person: Person,
  moves: readonly (Given & { name: string })[],
): Promise<Outgoing[]> => {
  const before = Map.groupBy(
    moves.filter((m) => m.from !== null),
    (m) => m.from?.personId ?? '',
  );
  const reach = await s.service.roster.reach([person.id, ...before.keys()]);
  const line = (personId: string, key: string, own: readonly { name: string }[]): Outgoing[] => {
    const to = reach.get(personId)?.to;
    const facts = { by: s.person.name, name: person.name, compounds: own.map((m) => m.name) };
    if (!to || personId === s.person.id) return [];
    return [
      {
        key: `assign:${s.inbound}:${personId}`,
        campaign: s.campaign.id,
        to,
        kind: 'assignment',
        about: moves.map((m) => ({ kind: 'assignment', id: m.given.id })),
        message: { text: s.service.cards(s.campaign).say(key, facts) },
        ...inWorkingHours(s.campaign.calendar, s.campaign.settings, s.now),
      },
    ];
  };
  return [
    ...line(person.id, 'assign_told', moves),
    ...[...before].flatMap(([personId, own]) => line(personId, 'assign_taken', own)),
  ];
};
