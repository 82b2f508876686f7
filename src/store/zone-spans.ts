// Which zone each area belonged to from when to when (R08): a row for each time it moved.
import type pg from 'pg';
import type { ZoneSpan } from '../domain/campaign.ts';

/** By campaign. */
export const readZoneSpans = async (pool: pg.Pool): Promise<ReadonlyMap<string, ZoneSpan[]>> => {
  const { rows } = await pool.query<ZoneSpan & { campaign: string }>(
    `select campaign, zone, area, from_on as "from", to_on as "to" from zone_area order by campaign, area, from_on nulls first`,
  );
  return Map.groupBy(rows, (row) => row.campaign);
};
