// Takes a roster file into the records: good rows in, bad rows listed with sheet and line, and the same file again
// changes nothing (R09, R12). Reading the file is done before (reports/roster-file.ts).
import type { Day } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { DomainEvent } from '../domain/event.ts';
import { checkRoster } from '../domain/roster/check.ts';
import type { RosterContext, RosterFault, RosterSheet } from '../domain/roster/lines.ts';
import { planRoster, type RosterCounts } from '../domain/roster/plan.ts';
import { rosterRefs } from '../domain/roster/refs.ts';
import type { KnownRoster, RosterRefs, RosterRows } from '../domain/roster/rows.ts';
import type { Clock, Ids } from '../ports.ts';
import { naturalId } from './natural-id.ts';

export interface RosterFile {
  readonly name: string;
  /** sha256 of the bytes, hex. */
  readonly hash: string;
  readonly sheets: readonly RosterSheet[];
  /** Why the file, or a part of it, could not be read. */
  readonly faults: readonly RosterFault[];
}

export interface RosterImport extends RosterCounts {
  readonly id: string;
  readonly faults: readonly RosterFault[];
}

export interface RosterWrite {
  readonly at: Date;
  readonly rows: RosterRows;
  /** Kept as the record of an import; null for what did not come from a file. */
  readonly import: (RosterImport & { readonly hash: string }) | null;
  readonly events: readonly DomainEvent[];
}

export interface RosterStore {
  /**
   * Reads what is known of `refs`, asks `decide`, and writes its answer, in one transaction; one after another, so that
   * two imports never decide on the same state.
   */
  change(refs: RosterRefs, decide: (known: KnownRoster) => RosterWrite): Promise<void>;
}

export interface RosterDeps {
  readonly store: RosterStore;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface RosterOrder {
  readonly file: RosterFile;
  /** The running campaigns, at least one: their zones and offices are what a roster must fit. The event is the first one's. */
  readonly campaigns: readonly [Campaign, ...Campaign[]];
  /** Null = the service itself, at its first start. */
  readonly by: { readonly id: string; readonly name: string } | null;
}

export const importRoster = async (deps: RosterDeps, order: RosterOrder): Promise<RosterImport> => {
  const { file, campaigns, by } = order;
  const [campaign] = campaigns;
  const at = deps.clock.now();
  const today: Day = campaign.calendar.dayOf(at);
  const context = contextOf(campaigns);
  const checked = checkRoster(file.sheets, context);
  const id = deps.ids.next();

  let result: RosterImport | null = null;
  await deps.store.change(rosterRefs(checked.lines), (known) => {
    const plan = planRoster(checked.lines, known, context, today, naturalId);
    const faults = inOrder(file.sheets, [...file.faults, ...checked.faults, ...plan.faults]);
    const imported = { id, ...plan.counts, faults };
    result = imported;
    return {
      at,
      rows: plan.rows,
      import: { ...imported, hash: file.hash },
      events: [
        {
          campaign: campaign.id,
          at,
          kind: 'roster.imported',
          subject: { kind: 'roster_import', id },
          by,
          inbound: null,
          data: { file: file.name, ...plan.counts, faults: faults.length, ...endedIn(plan.rows) },
        },
      ],
    };
  });
  if (!result) throw new Error('the store did not ask what to write');
  return result;
};

const contextOf = (campaigns: readonly Campaign[]): RosterContext => {
  const all = (pick: (campaign: Campaign) => readonly string[]) => [...new Set(campaigns.flatMap(pick))];
  return {
    areas: all((c) => c.zones.map((row) => row.area)),
    zones: all((c) => c.zones.map((row) => row.zone)),
    bureaus: all((c) => [c.organisation.leadBureau]),
    associations: all((c) => [c.organisation.association]),
  };
};

/** Ids of the roles and managements that the file ended, for whoever asks later why somebody lost a seat. */
export const endedIn = ({ holdings, managements }: RosterRows) => ({
  endedRoles: holdings.filter((row) => row.to !== null).map((row) => row.id),
  endedManagements: managements.filter((row) => row.to !== null).map((row) => row.id),
});

/** As the clerk goes through the file: sheet by sheet, downwards. */
const inOrder = (sheets: readonly RosterSheet[], faults: readonly RosterFault[]): RosterFault[] => {
  const place = new Map(sheets.map((sheet, i) => [sheet.name, i]));
  return [...faults].sort((a, b) => (place.get(a.sheet) ?? -1) - (place.get(b.sheet) ?? -1) || a.line - b.line);
};
