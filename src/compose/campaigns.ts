// Which campaigns run: packs from their folders become versions in the database, and from then on the database is the
// truth (DESIGN §4). Where a moved campaign starts is decided once, with the first version.
import { holidaysFolder, loadHolidays } from '../campaigns/holidays.ts';
import { campaignFrom, leadBatchOf, type PackBody, shiftPack } from '../campaigns/pack-body.ts';
import { loadPack, packHash } from '../campaigns/read-pack.ts';
import { withSettings } from '../campaigns/settings.ts';
import type { Config } from '../config.ts';
import { type Day, type Holidays, makeCalendar } from '../domain/calendar.ts';
import type { Campaign } from '../domain/campaign.ts';
import {
  changesThatHold,
  clashes,
  inForce,
  settingsThatHold,
  standing,
  type VersionedCampaign,
} from '../domain/pack-version.ts';
import { withPhaseChanges } from '../domain/phase-change.ts';
import { sayReason } from '../domain/reason.ts';
import { campaignOn, nextMoveAfter, withZoneSpans } from '../domain/zone-map.ts';
import type { Logger } from '../log.ts';
import type { Campaigns, Clock } from '../ports.ts';
import type { Packs, PackVersion } from '../ports-packs.ts';
import { openServiceClock } from '../schedule/service-clock.ts';
import { makePacks } from '../store/packs.ts';
import { readPhaseChanges } from '../store/phase-changes.ts';
import { makeRosterStore } from '../store/roster-writing.ts';
import { readSettingChanges } from '../store/setting-changes.ts';
import { StartProblem } from '../store/start-problem.ts';
import { readZoneSpans } from '../store/zone-spans.ts';
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
): Promise<{ readonly clock: Clock; readonly campaigns: OpenCampaigns; readonly start: Day | null }> => {
  const clock = await openServiceClock(foundation.settings, config.clockStart);
  const start = await decideStart(foundation, config, new Date());
  return { clock, campaigns: await openCampaigns(foundation, config, start, clock, log), start };
};

/** A pack as it would run here: moved to day 1 of this service, with its hash. */
export const packHere = (body: PackBody, start: Day | null): { readonly body: PackBody; readonly hash: string } => {
  const moved = start === null ? body : shiftPack(body, start);
  return { body: moved, hash: packHash(moved) };
};

/** Reads the packs, adds what is new as versions, and makes the campaigns from what the database holds. Throws StartProblem. */
export const openCampaigns = async (
  foundation: Foundation,
  config: Config,
  start: Day | null,
  clock: Clock,
  log: Logger,
): Promise<OpenCampaigns> => {
  const holidays = await loadHolidays(holidaysFolder);
  const packs = makePacks(foundation.pool);
  const known = await packs.all();
  const order: string[] = [];
  for (const folder of config.campaigns) {
    const loaded = await loadPack(folder);
    if (!loaded.ok) throw new StartProblem(loaded.faults.map(sayFault).join('\n'));
    const { body, hash } = packHere(loaded.body, start);
    order.push(body.plan.id);
    // A folder that was taken in once is not taken in again: the office may have published another version since.
    if (known.some((pack) => pack.campaign === body.plan.id && pack.hash === hash)) continue;
    const next = campaignFrom(body, 0, holidays);
    const faults = clashes(versionsOf(known, holidays).get(next.id) ?? [], next);
    if (faults.length > 0) {
      throw new StartProblem(
        faults.map(({ path, reason }) => `${folder} ${path}: ${sayReason(reason, 'en')}`).join('\n'),
      );
    }
    const at = clock.now();
    await packs.add({ campaign: next.id, hash, body, at, effectiveAt: at, from: next.calendar.dayOf(at), by: null });
  }
  return running({ foundation, packs, holidays, order, clock, log });
};

export interface OpenCampaigns extends Campaigns {
  refresh(): Promise<void>;
  /** Every version of a campaign's pack, oldest first; those to come among them. */
  versions(campaign: string): readonly PackOnRecord[];
}

/** A version of a pack, made a campaign of. */
export interface PackOnRecord extends VersionedCampaign {
  readonly hash: string;
  /** A PackBody as JSON. */
  readonly body: unknown;
  readonly importedAt: Date;
  readonly takenAt: Date | null;
  readonly leadBatch: string | null;
}

const versionsOf = (packs: readonly PackVersion[], holidays: Holidays): Map<string, PackOnRecord[]> =>
  Map.groupBy(
    packs.map((pack) => ({
      ...pack,
      campaign: campaignFrom(pack.body, pack.version, holidays),
      leadBatch: leadBatchOf(pack.body as PackBody),
    })),
    (pack) => pack.campaign.id,
  );

interface Parts {
  readonly foundation: Foundation;
  readonly packs: Packs;
  readonly holidays: Holidays;
  /** The default campaign is the first of CAMPAIGN; packs that are in the database only come after those it names. */
  readonly order: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * The campaigns as they run now, and whenever they are read anew: the pack that stands from a day on (E30), with the phases
 * as the office moved them (E31), and the settings and zones it changed (R01, R08). A version that comes into force brings its zone table into the records.
 */
const running = async ({ foundation, packs, holidays, order, clock, log }: Parts): Promise<OpenCampaigns> => {
  const place = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  let mark: string | null = null;
  let versions = new Map<string, PackOnRecord[]>();
  const read = async (): Promise<void> => {
    const present = await packs.mark();
    if (present !== mark) versions = versionsOf(await packs.all(), holidays);
    mark = present;
  };
  const takeDueZones = async (): Promise<boolean> => {
    const due = [...versions.values()].flatMap((own) => inForce(own, clock.now()) ?? []).filter((one) => !one.takenAt);
    for (const { campaign, leadBatch } of due) {
      await takeZones(foundation, campaign, leadBatch, clock, log);
      await packs.taken(campaign.id, campaign.version, clock.now());
    }
    return due.length > 0;
  };
  const laid = async (): Promise<() => Campaigns> => {
    const { pool } = foundation;
    const [phases, spans, settings] = await Promise.all([
      readPhaseChanges(pool),
      readZoneSpans(pool),
      readSettingChanges(pool),
    ]);
    const now = clock.now();
    const all = [...versions.values()].flatMap((own) => {
      const campaign = standing(own, now);
      if (!campaign) return [];
      const set = withSettings(campaign, settingsThatHold(own, settings, now));
      return withZoneSpans(withPhaseChanges(set, changesThatHold(own, phases, now)), spans.get(campaign.id) ?? []);
    });
    return daily(
      all.sort((a, b) => place(a.id) - place(b.id)),
      clock,
    );
  };
  const readAll = async (): Promise<() => Campaigns> => {
    await read();
    if (await takeDueZones()) await read();
    return laid();
  };
  let now = await readAll();
  return {
    all: () => now().all(),
    get: (id) => now().get(id),
    versions: (campaign) => versions.get(campaign) ?? [],
    async refresh() {
      now = await readAll();
    },
  };
};

/** The campaigns with the zones of today, whichever day that is by the clock. */
const daily = (campaigns: readonly Campaign[], clock: Clock): (() => Campaigns) => {
  const fresh = campaigns.map((campaign) => {
    let laid: { readonly from: Date; readonly until: Date | null; readonly campaign: Campaign } | null = null;
    return (now: Date): Campaign => {
      if (laid && laid.from <= now && (laid.until === null || now < laid.until)) return laid.campaign;
      const today = campaign.calendar.dayOf(now);
      const next = nextMoveAfter(campaign, today);
      laid = {
        from: now,
        until: next === null ? null : campaign.calendar.instant(next, '00:00'),
        campaign: campaignOn(campaign, today),
      };
      return laid.campaign;
    };
  });
  let last = listed([]);
  return () => {
    const now = clock.now();
    const all = fresh.map((one) => one(now));
    if (all.some((campaign, i) => campaign !== last.all()[i])) last = listed(all);
    return last;
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
