// Compounds and who manages them, while a roster is laid over the records (E03, E17, E18).
import { type Day, plusDays } from '../calendar.ts';
import type { CompoundLine } from './lines.ts';
import type { CompoundRow, KnownRoster, MakeId, ManagementRow } from './rows.ts';
import { indexBy, type Mark, makeTable, type RosterTable } from './table.ts';

export interface Estates {
  readonly compounds: RosterTable<CompoundRow>;
  readonly managements: RosterTable<ManagementRow>;
  /** By name, else by alias; several, when the name is not enough (E17). */
  named(name: string, area: string | null): CompoundRow[];
  /** Hands a compound to a unit (null = to nobody); the one before has it until the day before. */
  manage(compoundId: string, unitId: string | null, from: Day | null): Mark;
}

export const makeEstates = (
  known: KnownRoster,
  lines: readonly CompoundLine[],
  since: Day | null,
  today: Day,
  makeId: MakeId,
): Estates => {
  const compounds = makeTable(known.compounds, (row) => `${row.area}/${row.name}`);
  const managements = makeTable(known.managements, (row) => row.compoundId);
  const knownAs = indexBy(known.compounds, (row) => [row.name, ...row.aliases]);
  const listedAs = indexBy(lines, (line) => [line.name, ...line.aliases]);
  return {
    compounds,
    managements,
    named: (name, area) => {
      const exact = area === null ? undefined : compounds.get(`${area}/${name}`);
      if (exact) return [exact];
      const listed = listedAs(name).flatMap((line) => compounds.get(`${line.area}/${line.name}`) ?? []);
      const all = new Map([...knownAs(name), ...listed].map((row) => [row.id, row]));
      return [...all.values()].filter((row) => area === null || row.area === area);
    },
    manage: (compoundId, unitId, from) => {
      const open = managements.get(compoundId);
      if (open?.unitId === unitId) return managements.put({ ...open, from: from ?? open.from });
      const start = from ?? (open ? today : since);
      if (open) managements.put({ ...open, to: plusDays(start ?? today, -1) });
      const id = makeId('m', `${compoundId}/${unitId ?? ''}/${start ?? ''}`);
      return managements.put({ id, compoundId, unitId, from: start, to: null });
    },
  };
};
