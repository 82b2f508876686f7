// Roles while a roster is laid over them: who gets one, and which end because somebody else holds the seat or the
// person moved on (E14). Rows end, they are never deleted.
import { type Day, plusDays } from '../calendar.ts';
import type { RoleName, ScopeKind } from '../people.ts';
import type { HoldingRow, MakeId } from './rows.ts';
import { indexBy, type Mark, makeTable, type RosterTable } from './table.ts';

/** The campaign a role belongs to (null = every one), and the batch it came with. */
export interface HoldingOf {
  readonly campaign: string | null;
  readonly batch: string | null;
}

const anyCampaign: HoldingOf = { campaign: null, batch: null };

export interface Roles {
  readonly table: RosterTable<HoldingRow>;
  hold(personId: string, role: RoleName, scopeKind: ScopeKind, scope: string, of?: HoldingOf): Mark;
  /** The person does not hold this, or no longer. */
  lack(personId: string, role: RoleName): void;
  /** Ends what the file contradicts. Call it after the last line. */
  settle(): void;
}

/** A seat has the holders that the file names, and no others. */
const SEATS: ReadonlySet<RoleName> = new Set([
  'town_contact',
  'town_head',
  'signatory',
  'department_head',
  'commander',
  'supervisor',
  'liaison',
  'zone_lead',
]);
/** Of these a person holds what the file says, and no others. */
const PERSONAL: ReadonlySet<RoleName> = new Set(['staff', 'inspector', 'department_head']);

/** `since` = the first day of a role that is new; null = it has always been so. */
export const makeRoles = (known: readonly HoldingRow[], since: Day | null, today: Day, makeId: MakeId): Roles => {
  const seatOf = (row: Pick<HoldingRow, 'role' | 'campaign' | 'scope'>) =>
    `${row.role}/${row.campaign ?? ''}/${row.scope}`;
  const ownOf = (row: Pick<HoldingRow, 'role' | 'personId'>) => `${row.role}/${row.personId}`;
  const table = makeTable(known, (row) => `${row.personId}/${seatOf(row)}`);
  const named = new Map<string, Set<string>>();
  const name = (key: string, id?: string) => {
    const ids = named.get(key) ?? new Set<string>();
    named.set(key, id ? ids.add(id) : ids);
  };
  const knownBySeat = indexBy(known, (row) => [seatOf(row), ownOf(row)]);

  return {
    table,
    hold: (personId, role, scopeKind, scope, { campaign, batch } = anyCampaign) => {
      const seat = seatOf({ role, campaign, scope });
      const open = table.get(`${personId}/${seat}`);
      const row: HoldingRow = open
        ? { ...open, batch: batch ?? open.batch }
        : {
            id: makeId('r', `${personId}/${seat}/${since ?? ''}`),
            personId,
            role,
            campaign,
            scopeKind,
            scope,
            from: since,
            to: null,
            batch,
          };
      const mark = table.put(row);
      if (SEATS.has(role)) name(seat, row.id);
      if (PERSONAL.has(role)) name(ownOf(row), row.id);
      return mark;
    },
    lack: (personId, role) => name(ownOf({ personId, role })),
    settle: () => {
      for (const [key, ids] of named) {
        for (const row of knownBySeat(key)) {
          if (!ids.has(row.id)) table.put({ ...row, to: plusDays(today, -1) });
        }
      }
    },
  };
};
