// /who: whom I am to the service; /who 张工: who that is, for those who may see the roster; /who 东区组团: who is in charge
// there. About people it speaks in private only (E29, 1.7).
import { type Campaign, zoneOf } from '../domain/campaign.ts';
import type { Person, RoleName } from '../domain/people.ts';
import { may } from '../domain/rights.ts';
import { type Scope, scopesNamed } from '../domain/scope.ts';
import { findPerson } from './find-person.ts';
import { replyCard } from './reply-card.ts';
import { type Outcome, type Situation, saying } from './service.ts';

type Line = { readonly name: string; readonly detail: string };

export const answerWho = async (s: Situation, text: string): Promise<Outcome> => {
  if (text === '') return portrait(s, s.person);
  const [scope, ...others] = scopesNamed(s.campaign, text);
  if (scope && others.length === 0) return inCharge(s, scope);
  if (s.event.chat.kind !== 'person') return saying(s, 'refusal_other_person', { role: 'liaison' });
  const found = await findPerson(s, text, (person) => person.id === s.person.id || maySee(s, person));
  if (found.kind === 'person') return portrait(s, found.person);
  return scope ? inCharge(s, scope) : found.outcome;
};

const maySee = (s: Situation, person: Person): boolean =>
  may(s.person, 'see_roster', {
    organisation: person.organisation,
    department: person.department === null ? null : `${person.organisation ?? ''}/${person.department}`,
    area: person.area,
    personId: person.id,
  }) || person.roles.some((held) => held.role === 'inspector' && may(s.person, 'see_roster', { zone: held.scope }));

const portrait = async (s: Situation, person: Person): Promise<Outcome> => {
  const { people, roster, scenes } = s.service;
  const [absences, reach, [home]] = await Promise.all([
    people.absences(person.id, s.today),
    roster.reach([person.id]),
    person.compoundId === null ? [] : scenes.compounds([person.compoundId], s.today),
  ]);
  const book = s.service.cards(s.campaign);
  const line = (name: string, detail: string): Line => ({ name: book.say(name), detail });
  const works = [person.organisation, person.department].filter((part) => part !== null).join(' · ');
  const rows: Line[] = [
    ...(works === '' ? [] : [line('who_works', works)]),
    ...person.roles.map(({ role, scope, scopeKind, to, deputyFor }) =>
      line(
        'who_role',
        book.say('who_role_of', {
          role,
          scope: scopeKind === 'city' || scopeKind === 'unit' ? '' : scope,
          to,
          deputy: deputyFor != null,
        }),
      ),
    ),
    ...(home || person.lives !== 'unknown'
      ? [line('who_lives', home ? `${home.name}（${home.area}）` : book.say('who_lives_nowhere'))]
      : []),
    ...absences.map(({ from, to }) => line('who_away', book.say('who_days', { from, to }))),
    line('who_account', book.say(reach.get(person.id)?.to ? 'who_reachable' : 'who_unreachable')),
  ];
  return replyCard(
    s,
    { title: person.name, cutOffAt: s.now, timeless: true, figures: null, rows, total: rows.length },
    true,
  );
};

/** The four levels over a zone, the town's people over an area. */
const levels = (campaign: Campaign, scope: Scope): readonly (readonly [RoleName, string | null])[] => {
  const zone = scope.kind === 'zone' ? scope.name : scope.kind === 'area' ? zoneOf(campaign, scope.name) : null;
  const above: (readonly [RoleName, string | null])[] = [
    ['commander', null],
    ['supervisor', zone],
    ['liaison', zone],
    ['zone_lead', zone],
  ];
  return scope.kind === 'area' ? [...above, ['town_head', scope.name], ['town_contact', scope.name]] : above;
};

const inCharge = async (s: Situation, scope: Scope): Promise<Outcome> => {
  const book = s.service.cards(s.campaign);
  const rows = await Promise.all(
    levels(s.campaign, scope).map(async ([role, place]): Promise<Line> => {
      const holders = await s.service.roster.holders(s.campaign.id, role, s.today);
      const names = holders.filter((held) => place === null || held.scope === place).map((held) => held.name);
      return {
        name: book.say('role_name', { role }),
        detail: names.length > 0 ? book.say('names', { names: [...new Set(names)] }) : book.say('vacant'),
      };
    }),
  );
  const title = scope.kind === 'city' ? book.say('whole_city') : scope.name;
  return replyCard(s, { title, cutOffAt: s.now, timeless: true, figures: null, rows, total: rows.length });
};
