// Puts a campaign's zone table into the records: which area belongs to which zone, and who holds the four levels (R03, R08).
// Once for each version of a pack: what the office changes afterwards stands until the next version.
import type { Campaign } from '../domain/campaign.ts';
import type { RosterFault } from '../domain/roster/lines.ts';
import { planRoster, type RosterCounts } from '../domain/roster/plan.ts';
import { rosterRefs } from '../domain/roster/refs.ts';
import { rolesFromZones } from '../domain/roster/zone-roles.ts';
import { endedIn, type RosterDeps } from './import-roster.ts';
import { naturalId } from './natural-id.ts';

export interface ZonesImport extends RosterCounts {
  /** Names of the table that fit several people: somebody must say which (column = the role). */
  readonly faults: readonly RosterFault[];
}

/** People already in a roster are found by name within their organisation; others are made, and a later roster finds them. */
export const importZones = async (
  deps: Pick<RosterDeps, 'store' | 'clock'>,
  campaign: Campaign,
  leadBatch: string | null,
): Promise<ZonesImport> => {
  const lines = rolesFromZones(campaign, leadBatch);
  const at = deps.clock.now();
  const today = campaign.calendar.dayOf(at);
  const context = { bureaus: [campaign.organisation.leadBureau], associations: [campaign.organisation.association] };
  let result: ZonesImport | null = null;
  await deps.store.change(rosterRefs(lines), (known) => {
    // The roles of a campaign's first table have held since it began, whenever the pack came in.
    const first = known.zoneAreas.length === 0;
    const { rows, counts, faults } = planRoster(lines, { ...known, first }, context, today, naturalId);
    result = { ...counts, faults };
    return {
      at,
      rows,
      import: null,
      events: [
        {
          campaign: campaign.id,
          at,
          kind: 'zones.imported',
          subject: { kind: 'campaign', id: campaign.id },
          by: null,
          inbound: null,
          data: { version: campaign.version, ...counts, faults, ...endedIn(rows) },
        },
      ],
    };
  });
  if (!result) throw new Error('the store did not ask what to write');
  return result;
};
