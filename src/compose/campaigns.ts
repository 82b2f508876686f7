// Which campaigns run: packs from their folders become versions in the database, and from then on the database is the
// truth (DESIGN §4). Where a moved campaign starts is decided once, with the first version.
import { holidaysFolder, loadHolidays } from '../campaigns/holidays.ts';
import { campaignFrom, leadBatchOf, type PackBody, shiftPack } from '../campaigns/pack-body.ts';
import { loadPack, packHash } from '../campaigns/read-pack.ts';
import type { Config } from '../config.ts';
import { type Day, makeCalendar } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import { withPhaseChanges } from '../domain/phase-change.ts';
import type { Logger } from '../log.ts';
import type { Campaigns, Clock } from '../ports.ts';
import { openServiceClock } from '../schedule/service-clock.ts';
import { makePacks } from '../store/packs.ts';
import { readPhaseChanges } from '../store/phase-changes.ts';
import { makeRosterStore } from '../store/roster-writing.ts';
import { StartProblem } from '../store/start-problem.ts';
import { importZones } from '../usecases/import-zones.ts';
import { sayFault } from '../yaml-file.ts';
import type { Foundation } from './foundation.ts';

const startKey = 'campaign.start';

/** Day 1 of the campaigns: as set, as decided before, or for a new demo the last working day; null = as the packs say. */
export const decideStart = async ({ settings }: Foundation, config: Config, realNow: Date): Promise<Day | null> => {
  const before = await settings.get<{ day: Day | null }>(startKey);
  if (before) {
    if (config.campaignStart !== null && config.campaignStart !== before.day) {
      throw new StartProblem(
        `CAMPAIGN_START is ${config.campaignStart}, but this database was started with ${before.day ?? 'the dates of the pack'}. Use that, or an empty DATA_DIR.`,
      );
    }
    return before.day;
  }
  const day = config.campaignStart ?? (config.demo ? await lastWorkingDay(realNow) : null);
  return (await settings.keep(startKey, { day })).day;
};

const demoZone = 'Asia/Shanghai';

const lastWorkingDay = async (realNow: Date): Promise<Day> => {
  const calendar = makeCalendar(demoZone, await loadHolidays(holidaysFolder));
  const today = calendar.dayOf(realNow);
  return calendar.isWorkingDay(today) ? today : calendar.plusWorkingDays(today, -1);
};

/** The clock and the campaigns for a command beside the service: what they are was decided there. */
export const openBeside = async (
  foundation: Foundation,
  config: Config,
  log: Logger,
): Promise<{ readonly clock: Clock; readonly campaigns: Campaigns }> => {
  const clock = await openServiceClock(foundation.settings, config.clockStart);
  const start = await decideStart(foundation, config, new Date());
  return { clock, campaigns: await openCampaigns(foundation, config, start, clock, log) };
};

/** Reads the packs, adds what is new as versions, and makes the campaigns from what the database holds. Throws StartProblem. */
export const openCampaigns = async (
  foundation: Foundation,
  config: Config,
  start: Day | null,
  clock: Clock,
  log: Logger,
): Promise<Campaigns> => {
  const holidays = await loadHolidays(holidaysFolder);
  const packs = makePacks(foundation.pool);
  const added = new Map<string, PackBody>();
  const order: string[] = [];
  for (const folder of config.campaigns) {
    const loaded = await loadPack(folder);
    if (!loaded.ok) throw new StartProblem(loaded.faults.map(sayFault).join('\n'));
    const body = start === null ? loaded.body : shiftPack(loaded.body, start);
    const { isNew } = await packs.add(body.plan.id, packHash(body), body, clock.now());
    if (isNew) added.set(body.plan.id, body);
    order.push(body.plan.id);
  }
  // The default campaign is the first of CAMPAIGN; packs that are in the database only come after those it names.
  const place = ({ campaign }: { readonly campaign: string }): number =>
    order.includes(campaign) ? order.indexOf(campaign) : order.length;
  const campaigns = (await packs.newest())
    .sort((a, b) => place(a) - place(b))
    .map((pack) => campaignFrom(pack.body, pack.version, holidays));
  for (const campaign of campaigns) {
    const body = added.get(campaign.id);
    if (body) await takeZones(foundation, campaign, leadBatchOf(body), clock, log);
  }
  return refreshed(foundation, campaigns);
};

/** The campaigns with the phases as the office moved them, now and whenever they are read anew (E31). */
const refreshed = async ({ pool }: Foundation, packs: readonly Campaign[]): Promise<Campaigns> => {
  const read = async (): Promise<Campaigns> => {
    const changes = await readPhaseChanges(pool);
    return listed(packs.map((campaign) => withPhaseChanges(campaign, changes)));
  };
  let now = await read();
  return {
    all: () => now.all(),
    get: (id) => now.get(id),
    async refresh() {
      now = await read();
    },
  };
};

const takeZones = async (
  foundation: Foundation,
  campaign: Campaign,
  batch: string | null,
  clock: Clock,
  log: Logger,
): Promise<void> => {
  const { faults, ...counts } = await importZones({ store: makeRosterStore(foundation.pool), clock }, campaign, batch);
  log.info({ campaign: campaign.id, version: campaign.version, ...counts }, 'campaign pack taken in');
  for (const fault of faults) log.warn({ ...fault }, 'a name of the zone table needs a decision');
};

export const listed = (campaigns: readonly Campaign[]): Campaigns => {
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  return { all: () => campaigns, get: (id) => byId.get(id) ?? null };
};
