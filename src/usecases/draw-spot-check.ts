// /spotcheck 5 全部落实 东区组团 由张工: draws compounds at random from a stated frame and gives each to somebody who looks
// again (R38). Frame and seed are kept with the draw. All of it is private: the compound's company does not hear of it before.
import type { Assignment } from '../domain/assignment.ts';
import type { Day } from '../domain/calendar.ts';
import { areasOf, checklistOf, inspectingStrand, zoneOf, zonesOf } from '../domain/campaign.ts';
import type { Change } from '../domain/change.ts';
import { hasRole, type Person } from '../domain/people.ts';
import { may } from '../domain/rights.ts';
import { areasIn, type Scope, scopesNamed, subjectOf } from '../domain/scope.ts';
import { inWorkingHours } from '../domain/sending.ts';
import { drawFrom, readSpotWords, type SpotCheck, type SpotWords, spotInspectors } from '../domain/spot-check.ts';
import type { Inspector } from '../domain/zone-plan.ts';
import type { PlannedRow, Reachable } from '../ports.ts';
import type { FrameRow } from '../ports-city-town.ts';
import { cardMessage, sending } from './card-message.ts';
import { findPerson } from './find-person.ts';
import { spotCard } from './redraw-card.ts';
import { replyCard } from './reply-card.ts';
import { eventOf, type Outcome, type Situation, saying } from './service.ts';

const mostListed = 10;

export const answerSpotCheck = async (s: Situation, text: string): Promise<Outcome> => {
  const scopes = ownScopes(s);
  if (scopes.length === 0)
    return saying(s, 'not_allowed', { instead: s.service.cards(s.campaign).say('instead_supervisor') });
  if (text === '') return latestDraws(s, scopes);
  const words = readSpotWords(text);
  const most = s.campaign.settings.spotCheckMax;
  if (words.n === null || words.n > most)
    return saying(s, 'spot_number', { usage: s.service.cards(s.campaign).say('help_spotcheck'), most });
  const named = words.place === '' ? scopes : scopesMeant(s, words.place, scopes);
  if (!Array.isArray(named)) return named as Outcome;
  const chosen = words.by === '' ? null : await findPerson(s, words.by, (person) => mayLook(person, scopes));
  if (chosen?.kind === 'said') return chosen.outcome;
  return draw(s, { ...words, n: words.n }, named, chosen?.person ?? null);
};

/** The zones, or the city, that this person may draw in. */
const ownScopes = (s: Situation): Scope[] =>
  may(s.person, 'spot_check')
    ? [{ kind: 'city' }]
    : zonesOf(s.campaign)
        .filter((zone) => may(s.person, 'spot_check', { zone }))
        .map((name) => ({ kind: 'zone', name }));

const scopesMeant = (s: Situation, place: string, own: readonly Scope[]): Scope[] | Outcome => {
  const named = scopesNamed(s.campaign, place);
  const [first] = named.filter((scope) => may(s.person, 'spot_check', subjectOf(s.campaign, scope)));
  if (first) return [first];
  return named.length > 0
    ? saying(s, 'spot_other_zone', { names: own.map((scope) => nameOf(s, scope)) })
    : saying(s, 'place_unknown', { words: place, nearest: own.map((scope) => nameOf(s, scope)).slice(0, 4) });
};

const nameOf = (s: Situation, scope: Scope): string =>
  scope.kind === 'city' ? s.service.cards(s.campaign).say('whole_city') : scope.name;

/** Whoever may inspect, and in the zones of the draw. */
const mayLook = (person: Person, scopes: readonly Scope[]): boolean =>
  may(person, 'inspect', { personId: person.id }) &&
  (scopes.some((scope) => scope.kind === 'city') ||
    scopes.some((scope) => scope.kind === 'zone' && person.roles.some((r) => r.scope === scope.name)) ||
    hasRole(person, 'office'));

/** Those who may be given a compound of these zones: the zone's inspectors, whoever was named, in the end the drawer. */
const lookers = async (s: Situation, zones: readonly string[], chosen: Person | null) => {
  const known = await Promise.all(
    zones.map(async (zone) => [zone, await s.service.planning.inspectors(s.campaign.id, zone, s.today)] as const),
  );
  const byZone = new Map<string, readonly Inspector[]>(known);
  const extra = (person: Person): Inspector => ({ personId: person.id, unitId: person.unitId, load: 0, areas: [] });
  return (zone: string): Inspector[] => {
    const own = byZone.get(zone) ?? [];
    const more = [...(chosen ? [chosen] : []), ...(own.length === 0 ? [s.person] : [])];
    return [...own, ...more.filter((p) => !own.some((i) => i.personId === p.id)).map(extra)];
  };
};

const draw = async (
  s: Situation,
  words: SpotWords & { readonly n: number },
  scopes: readonly Scope[],
  chosen: Person | null,
): Promise<Outcome> => {
  const { campaign, service } = s;
  const areas = [...new Set(scopes.flatMap((scope) => areasIn(campaign, scope)))];
  const frame = await service.spotChecks.frame(campaign.id, words.frameKind, areas, s.today);
  if (frame.length === 0) return saying(s, 'spot_frame_empty', { frame: words.frameKind });
  const check: SpotCheck = {
    id: service.ids.next(),
    campaign: campaign.id,
    at: s.now,
    byId: s.person.id,
    byName: s.person.name,
    frameKind: words.frameKind,
    place: scopes.map((scope) => nameOf(s, scope)).join('、'),
    seed: service.seed(),
    n: words.n,
    frame: frame.map(({ id, first }) => ({ id, first })),
  };
  const ids = drawFrom(check.frame, check.seed, check.n, service.digest);
  const drawn = ids.map((id) => frame.find((row) => row.id === id) as FrameRow);
  const zones = Map.groupBy(drawn, (row) => zoneOf(campaign, row.area) ?? '');
  const of = await lookers(s, [...zones.keys()], chosen);
  const given = new Map<string, string>();
  for (const [zone, own] of zones) {
    const who = spotInspectors(own, of(zone), chosen?.id ?? null);
    for (const row of own) given.set(row.id, who.get(row.id) ?? s.person.id);
  }
  return outcomeOf(s, check, drawn, given);
};

const outcomeOf = async (
  s: Situation,
  check: SpotCheck,
  drawn: readonly FrameRow[],
  given: ReadonlyMap<string, string>,
): Promise<Outcome> => {
  const { campaign, service } = s;
  const dueOn = campaign.calendar.plusWorkingDays(s.today, campaign.settings.spotCheckDueWorkingDays);
  const reach = await service.roster.reach([...new Set(given.values())]);
  const assigned = drawn.map((row) => ({
    row,
    assignment: spotAssignment(s, row, given.get(row.id) ?? s.person.id, dueOn),
  }));
  const cards = [...Map.groupBy(assigned, ({ assignment }) => assignment.personId)].flatMap(([person, own]) => {
    const to = reach.get(person);
    if (!to?.to) return [];
    return cardMessage(service, campaign, s.now, {
      key: `spot:${check.id}:${person}`,
      to: to.to,
      kind: 'assignment',
      as: 'assignment',
      draws: spotCard(
        campaign,
        to.name,
        s.today,
        dueOn,
        own.map(({ row, assignment }) => plannedRow(row.name, to.name, assignment)),
      ),
      data: { spot: check.id, person, dueOn },
      about: own.map(({ assignment }) => ({ kind: 'assignment', id: assignment.id })),
      window: inWorkingHours(campaign.calendar, campaign.settings, s.now),
    });
  });
  const book = service.cards(campaign);
  const answer = replyCard(
    s,
    {
      title: book.say('spot_title', { n: drawn.length, place: check.place }),
      cutOffAt: s.now,
      figures: null,
      rows: [
        {
          name: book.say('spot_frame', { frame: check.frameKind, size: check.frame.length, dueOn }),
          detail: book.say('spot_seed', { seed: check.seed }),
        },
        ...assigned.map(({ row, assignment }, i) => ({
          name: `${i + 1} ${row.name} · ${row.area}`,
          detail: inspectorLine(s, reach.get(assignment.personId), row),
        })),
      ],
      total: assigned.length + 1,
    },
    true,
  );
  const inGroup = s.event.chat.kind === 'group' ? { toast: book.say('list_sent') } : null;
  return {
    answer: inGroup,
    change: {
      ...answer.change,
      ...sendingWith(answer.change, cards),
      ...drawChange(
        s,
        check,
        assigned.map((a) => ({ ...a, firstId: a.row.recordId })),
      ),
    },
  };
};

const sendingWith = (first: Change, cards: readonly ReturnType<typeof cardMessage>[]): Change => {
  const more = sending(cards);
  return { cards: more.cards ?? [], messages: [...(first.messages ?? []), ...(more.messages ?? [])] };
};

const inspectorLine = (s: Situation, who: Reachable | undefined, row: FrameRow): string => {
  const book = s.service.cards(s.campaign);
  const name = who?.name ?? '';
  return book.say('spot_given', { name, reached: who?.to !== null && who !== undefined, first: row.first });
};

const drawChange = (
  s: Situation,
  check: SpotCheck,
  assigned: readonly { readonly assignment: Assignment; readonly firstId: string | null }[],
): Change => {
  return {
    spotChecks: [check],
    assignments: assigned.map((a) => a.assignment),
    spotDraws: assigned.map(({ assignment, firstId }, i) => ({
      assignmentId: assignment.id,
      spotCheckId: check.id,
      campaign: s.campaign.id,
      place: i + 1,
      compoundId: assignment.compoundId as string,
      firstId,
      againId: null,
      outcome: null,
      items: [],
      version: 1,
    })),
    events: [
      eventOf(
        s,
        'spot_check.drawn',
        { kind: 'spot_check', id: check.id },
        {
          frame: check.frameKind,
          size: check.frame.length,
          seed: check.seed,
          drawn: assigned.map((a) => a.assignment.compoundId),
        },
      ),
      ...assigned.map(({ assignment: { id, personId, compoundId, reasons } }) =>
        eventOf(s, 'assignment.given', { kind: 'assignment', id }, { person: personId, compound: compoundId, reasons }),
      ),
    ],
  };
};

const spotAssignment = (s: Situation, row: FrameRow, personId: string, dueOn: Day): Assignment => ({
  id: s.service.ids.next(),
  campaign: s.campaign.id,
  strand: inspectingStrand(s.campaign, 'zone'),
  kind: 'spot',
  personId,
  checklist: checklistOf(s.campaign, inspectingStrand(s.campaign, 'zone')).id,
  compoundId: row.id,
  area: row.area,
  zone: zoneOf(s.campaign, row.area),
  organisation: null,
  department: null,
  reasons: ['spot_check'],
  from: s.today,
  to: dueOn,
  state: 'open',
  version: 1,
  givenAt: s.now,
  doneAt: null,
  draft: null,
});

const plannedRow = (compound: string, inspector: string, assignment: Assignment): PlannedRow => ({
  assignment,
  compound,
  inspector,
  recordedAt: null,
  recordedBy: null,
});

/** The last draws and what came of them. */
const latestDraws = async (s: Situation, scopes: readonly Scope[]): Promise<Outcome> => {
  const book = s.service.cards(s.campaign);
  const areas = scopes.some((scope) => scope.kind === 'city')
    ? areasOf(s.campaign)
    : scopes.flatMap((scope) => areasIn(s.campaign, scope));
  const draws = await s.service.spotChecks.latest(s.campaign.id, areas, mostListed);
  if (draws.length === 0) return saying(s, 'spot_none', { usage: book.say('help_spotcheck') });
  const rows = draws.map((d) => ({
    name: book.say('spot_drawn', { at: d.at, by: d.by, place: d.place }),
    detail: book.say('spot_stands', {
      frame: d.frameKind,
      size: d.frameSize,
      drawn: d.drawn,
      looked: d.looked,
      mismatches: d.mismatches,
      seed: d.seed,
    }),
  }));
  const card = { title: book.say('spot_latest'), cutOffAt: s.now, figures: null, rows, total: rows.length };
  const inGroup = s.event.chat.kind === 'group' ? { toast: book.say('list_sent') } : null;
  return { ...replyCard(s, card, true), answer: inGroup };
};
