// The records of one import in the making: tables by kind, what is looked up in them, and what is to be written in the end.
import { type Day, plusDays } from '../calendar.ts';
import { type Employers, makeEmployers } from './employers.ts';
import { type Estates, makeEstates } from './estates.ts';
import type { RosterContext } from './lines.ts';
import { mentionsOf } from './mentions.ts';
import { type Mention, makePeople, type People } from './people.ts';
import type { AnyLine } from './refs.ts';
import { makeRoles, type Roles } from './roles.ts';
import type { KnownRoster, MakeId, RosterRows } from './rows.ts';
import { type Mark, makeTable } from './table.ts';

export interface RosterDesk {
  readonly employers: Employers;
  readonly estates: Estates;
  readonly people: People;
  readonly roles: Roles;
  readonly makeId: MakeId;
  readonly today: Day;
  /** The first day of what is new; null = it has always been so. */
  readonly since: Day | null;
  /** Puts somebody to work for a company's unit. */
  putAtCompany(named: Mention, organisationId: string, unitId: string): { readonly id: string; readonly mark: Mark };
  putZoneArea(campaign: string, zone: string, area: string): Mark;
  /** Ends what the lines contradict, and gives everything to write. Call it once, at the end. */
  finish(): RosterRows;
}

export const makeDesk = (
  lines: readonly AnyLine[],
  known: KnownRoster,
  context: Pick<RosterContext, 'bureaus' | 'associations'>,
  today: Day,
  makeId: MakeId,
): RosterDesk => {
  const since = known.first ? null : today;
  const employers = makeEmployers(known, context, makeId);
  const estates = makeEstates(
    known,
    lines.filter((line) => line.kind === 'compound'),
    since,
    today,
    makeId,
  );
  const mentions = lines.flatMap((line) => mentionsOf(line, employers));
  const people = makePeople(known.people, mentions, employers.namesOf, makeId);
  const roles = makeRoles(known.holdings, since, today, makeId);
  const zoneAreas = makeTable(known.zoneAreas, (row) => row.area);
  const placed = new Set<string>();

  return {
    employers,
    estates,
    people,
    roles,
    makeId,
    today,
    since,
    // He may at the same time be somebody's staff (E04): that weighs more. Of several units the first counts (E05).
    putAtCompany: (named, organisationId, unitId) => {
      const person = people.put(named, (old) => {
        if (placed.has(old.id)) return {};
        const kind = employers.organisations.byId(old.organisationId ?? '')?.kind ?? 'company';
        return { ...(kind === 'company' && { organisationId }), unitId };
      });
      placed.add(person.id);
      return person;
    },
    putZoneArea: (campaign, zone, area) => {
      const open = zoneAreas.get(area);
      if (open?.zone === zone) return zoneAreas.put(open);
      if (open) zoneAreas.put({ ...open, to: plusDays(today, -1) });
      const from = open ? today : null;
      const id = makeId('za', `${campaign}/${zone}/${area}/${from ?? ''}`);
      return zoneAreas.put({ id, campaign, zone, area, from, to: null });
    },
    finish: () => {
      roles.settle();
      return {
        organisations: employers.organisations.writes(),
        companies: employers.companies.writes(),
        units: employers.units.writes(),
        compounds: estates.compounds.writes(),
        managements: estates.managements.writes(),
        people: people.table.writes(),
        holdings: roles.table.writes(),
        zoneAreas: zoneAreas.writes(),
      };
    },
  };
};
