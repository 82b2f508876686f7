// The settings that the office set, oldest first (R01).
import type pg from 'pg';
import type { SettingChange } from '../domain/office/records.ts';

export const readSettingChanges = async (pool: pg.Pool): Promise<SettingChange[]> => {
  const { rows } = await pool.query<SettingChange>(
    `select id, campaign, key, value, by_id as "byId", by_name as "byName", at from setting_change order by at, id`,
  );
  return rows;
};
