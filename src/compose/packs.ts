// The office's desk for packs: reads what was sent, makes it the campaign it would be here, and publishes it (E30).
import { holidaysFolder, loadHolidays } from '../campaigns/holidays.ts';
import { campaignFrom, type PackBody } from '../campaigns/pack-body.ts';
import { type LoadedPack, loadPack, readPack } from '../campaigns/read-pack.ts';
import type { Config } from '../config.ts';
import type { Day } from '../domain/calendar.ts';
import { inForce } from '../domain/pack-version.ts';
import { Problem } from '../domain/problem.ts';
import type { PackServices } from '../http/api/services.ts';
import { createLog } from '../log.ts';
import type { Clock } from '../ports.ts';
import { makePacks } from '../store/packs.ts';
import { type PackOrder, type PublishedPack, publishPack } from '../usecases/publish-pack.ts';
import { type OpenCampaigns, openBeside, packHere } from './campaigns.ts';
import { type Foundation, layFoundation } from './foundation.ts';

export interface PackOffice extends PackServices {
  publishFolder(folder: string, from: Day | null): Promise<PublishedPack>;
}

export const openPackOffice = async (
  foundation: Foundation,
  campaigns: OpenCampaigns,
  start: Day | null,
  clock: Clock,
): Promise<PackOffice> => {
  const holidays = await loadHolidays(holidaysFolder);
  const desk = {
    packs: makePacks(foundation.pool),
    clock,
    versions: (id: string) => campaigns.versions(id),
    refresh: () => campaigns.refresh(),
  };
  const publish = (loaded: LoadedPack, from: Day | null, by: PackOrder['by']): Promise<PublishedPack> => {
    if (!loaded.ok) {
      throw new Problem('pack-refused', {
        faults: loaded.faults.map(({ file, line, path, reason }) => ({
          path: `${file}${line === null ? '' : `:${line}`}${path && ` ${path}`}`,
          reason,
        })),
      });
    }
    const { body, hash }: { body: PackBody; hash: string } = packHere(loaded.body, start);
    return publishPack(desk, { campaign: campaignFrom(body, 0, holidays), body, hash, from, by });
  };
  return {
    publish: async (texts, from, by) => publish(await readPack(texts), from, by),
    publishFolder: async (folder, from) => publish(await loadPack(folder), from, null),
    lines(id) {
      const versions = campaigns.versions(id);
      const present = inForce(versions, clock.now())?.campaign.version ?? 0;
      return versions.toReversed().map(({ campaign, hash, importedAt, effectiveAt }) => ({
        version: campaign.version,
        hash,
        importedAt,
        effectiveAt,
        stands: campaign.version === present ? 'now' : campaign.version > present ? 'later' : 'replaced',
        checklists: campaign.strands.flatMap((strand) =>
          strand.checklist === null ? [] : [{ strand: strand.id, id: strand.checklist }],
        ),
        letter: campaign.letter?.id ?? null,
      }));
    },
  };
};

/** The desk beside a running service, for a command; `close` when done. */
export const openPackOfficeBeside = async (
  config: Config,
): Promise<{ readonly office: PackOffice; close(): Promise<void> }> => {
  const log = createLog({ level: 'warn', secrets: config.secrets });
  const foundation = await layFoundation(config, log, false);
  try {
    const { clock, campaigns, start } = await openBeside(foundation, config, log);
    const office = await openPackOffice(foundation, campaigns, start, clock);
    return { office, close: () => foundation.close() };
  } catch (error) {
    await foundation.close();
    throw error;
  }
};
