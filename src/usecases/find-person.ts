// Finds the person whom a command names first: 张三, or 张三（东区街道） where several are called so. Several are shown with
// their organisation to choose from; a name nobody has is answered with the nearest ones. One query.
import type { Person } from '../domain/people.ts';
import { askWhich, mostReadings } from './ask-which.ts';
import { type Outcome, type Situation, saying } from './service.ts';

export type FoundPerson =
  | {
      readonly kind: 'person';
      readonly person: Person;
      /** What stands after the name. */
      readonly rest: string;
    }
  | { readonly kind: 'said'; readonly outcome: Outcome };

/** More people than anybody chooses among; of a name that is had by more, some are not looked at. */
const most = 200;

/** A name, perhaps with an organisation in brackets; or an id, as a tapped answer says it. */
const shape = /^\s*(?:#(?<id>\w+)|(?<name>[^\s，,、：:；;（(]+)(?:[（(](?<place>[^）)]*)[）)])?)[\s，,、：:；;]*/;

/**
 * `fits` says whom the command may be about at all: the asker's right, and the role it takes. Nobody else is named to him,
 * not even among the nearest.
 */
export const findPerson = async (
  s: Situation,
  text: string,
  fits: (person: Person) => boolean,
): Promise<FoundPerson> => {
  const match = shape.exec(text);
  const { id, name, place } = match?.groups ?? {};
  if (!match || (id === undefined && name === undefined)) return said(saying(s, 'name_missing'));
  const words = name ?? '';
  const found = await s.service.roster.named(s.campaign.id, id ?? null, words, s.today, most);
  const exact = found.filter((f) => f.exact);
  const meant = exact.filter(({ person }) => fits(person) && isAt(person, place));
  const rest = text.slice(match[0].length).trim();
  const [one] = meant;
  if (one && meant.length === 1) return { kind: 'person', person: one.person, rest };
  if (!one) {
    if (exact.length > 0 && !exact.some(({ person }) => fits(person)))
      return said(saying(s, 'person_not_yours', { name: exact[0]?.person.name ?? words }));
    const near = found.filter(({ person }) => fits(person)).map(({ person }) => labelOf(s, person));
    return said(saying(s, 'person_unknown', { words, nearest: near.slice(0, mostReadings) }));
  }
  if (meant.length > mostReadings)
    return said(saying(s, 'person_many', { name: one.person.name, n: meant.length, example: labelOf(s, one.person) }));
  const typed = s.event.body.kind === 'text' ? s.event.body.text : text;
  const readings = meant.map(({ person }) => ({
    label: labelOf(s, person),
    says: typed.replace(match[0].trim(), `#${person.id} `).replace(/ {2,}/g, ' '),
  }));
  return said(askWhich(s, 'which_person', words, readings));
};

const said = (outcome: Outcome): FoundPerson => ({ kind: 'said', outcome });

/** Where people look for somebody: the organisation with its department, the area, the zone of a role. */
const placesOf = (person: Person): string[] => [
  `${person.organisation ?? ''}${person.department ?? ''}`,
  person.area ?? '',
  ...person.roles.map((holding) => holding.scope),
];

const isAt = (person: Person, place: string | undefined): boolean =>
  !place || placesOf(person).some((name) => name.includes(place));

/** 张三（东区街道住房城乡建设局物业股）: what is shown is also what can be typed. */
const labelOf = (s: Situation, person: Person): string =>
  s.service.cards(s.campaign).say('person_label', {
    name: person.name,
    place: placesOf(person).find((place) => place !== '') ?? '',
  });
