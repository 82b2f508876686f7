// What a newcomer finds: the demo roster in an empty database, imported through the same door as a clerk's own file.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import type { Logger } from '../log.ts';
import type { Campaigns, Clock } from '../ports.ts';
import { readRosterFile } from '../reports/roster-file.ts';
import { makeRosterStore } from '../store/roster-writing.ts';
import { StartProblem } from '../store/start-problem.ts';
import { importRoster, type RosterImport } from '../usecases/import-roster.ts';
import type { Foundation } from './foundation.ts';
import { newIds } from './service.ts';

/** Takes one roster file into the records. */
export const takeRoster = async (
  foundation: Foundation,
  campaigns: Campaigns,
  clock: Clock,
  file: { readonly name: string; readonly bytes: Uint8Array },
  by: { readonly id: string; readonly name: string } | null,
): Promise<RosterImport> => {
  const all = campaigns.all();
  const [first, ...others] = all;
  if (!first) throw new StartProblem('no campaign is loaded: set CAMPAIGN to a pack folder');
  const roster = await readRosterFile(file.bytes, file.name);
  // A file that is no table at all changes nothing, not even the list of imports.
  if (roster.sheets.length === 0)
    throw new Problem('unreadable-file', { reason: roster.faults.map((fault) => fault.reason).join('；') });
  return importRoster(
    { store: makeRosterStore(foundation.pool), clock, ids: newIds },
    { file: roster, campaigns: [first, ...others], by },
  );
};

/** True when it was taken in now. A database that has a roster keeps it. */
export const takeDemoRoster = async (
  foundation: Foundation,
  campaigns: Campaigns,
  clock: Clock,
  folder: string,
  log: Logger,
): Promise<boolean> => {
  const { rows } = await foundation.pool.query<{ any: boolean }>('select exists (select from roster_import) as any');
  if (rows[0]?.any) return false;
  const path = join(folder, 'demo-roster.xlsx');
  const bytes = await readFile(path).catch(() => null);
  if (!bytes) {
    log.warn({ path }, 'the pack has no demo roster');
    return false;
  }
  const { faults, ...counts } = await takeRoster(foundation, campaigns, clock, { name: basename(path), bytes }, null);
  log.info({ ...counts, faults: faults.length }, 'demo roster taken in');
  return true;
};
