// The card book of one campaign: templates compiled once for its calendar, then drawn on every press (ports: CardBook).
import type { Calendar } from '../domain/calendar.ts';
import type { CardBook } from '../ports.ts';
import { type CardBody, compileCard } from './compile.ts';
import { filtersFor } from './filters.ts';
import type { CardTemplates } from './load-cards.ts';
import type { Scope } from './scope.ts';
import { makeLiquid, makeWording } from './wording.ts';

/** `templates` have been checked by loadCards. Days and times are said in the calendar's zone. */
export const cardBook = (templates: CardTemplates, calendar: Calendar): CardBook => {
  const filters = filtersFor(templates.words, calendar);
  const wording = makeWording(makeLiquid(filters), filters);
  const bodies = new Map<string, (facts: object) => CardBody>(
    [...templates.cards].map(([kind, template]) => [kind, compileCard(template, wording)]),
  );
  const sayings = new Map<string, (scope: Scope) => string>(
    Object.entries(templates.sayings).map(([key, saying]) => [key, wording.text(saying.text, [key])]),
  );
  return {
    draw: (kind, id, data, state) => {
      const body = bodies.get(kind);
      if (!body) throw new Error(`no card has the kind ${kind}`);
      return { id, kind, ...body(data), state: 'open', ...state };
    },
    say: (key, data = {}) => {
      const saying = sayings.get(key);
      if (!saying) throw new Error(`no saying has the key ${key}`);
      return saying(wording.scope(data));
    },
  };
};
