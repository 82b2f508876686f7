// Notices and who has read them (R36).
import type pg from 'pg';
import type { Notice } from '../domain/notice.ts';
import type { Addressee, Bulletin } from '../ports.ts';
import { decodeReach, type ReachRow, reachColumns, reachJoin } from './roster-reading.ts';
import { decodeNotice } from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

export const makeBulletin = (pool: pg.Pool): Bulletin => ({
  async notice(id) {
    const { rows } = await pool.query<{ n: Row; replaced: boolean }>(
      'select to_jsonb(n) as n, exists (select from notice x where x.campaign = n.campaign and x.by_id = n.by_id and x.replaces_id = n.id) as replaced from notice n where id = $1',
      [id],
    );
    return rows[0] ? { ...decodeNotice(rows[0].n), replaced: rows[0].replaced } : null;
  },
  async lastBy(campaign, personId): Promise<Notice | null> {
    const { rows } = await pool.query<{ n: Row }>(
      'select to_jsonb(n) as n from notice n where campaign = $1 and by_id = $2 order by at desc, id desc limit 1',
      [campaign, personId],
    );
    return rows[0] ? decodeNotice(rows[0].n) : null;
  },
  async audience(campaign, zones, areas, today) {
    const { rows } = await pool.query<ReachRow & { scope: string }>(
      `select distinct on (p.id) h.scope, ${reachColumns} from role_holding h join person p on p.id = h.person_id ${reachJoin}
        where ((h.role in ('liaison', 'zone_lead', 'inspector') and h.scope_kind = 'zone' and h.scope = any($2))
            or (h.role in ('town_contact', 'town_head') and h.scope_kind = 'area' and h.scope = any($3)))
          and (h.campaign is null or h.campaign = $1) and (h.from_on is null or h.from_on <= $4::date) and (h.to_on is null or $4::date <= h.to_on)
          and (p.left_on is null or p.left_on > $4::date)
        order by p.id, h.scope`,
      [campaign, zones, areas, today],
    );
    return rows.map((row): Addressee => ({ ...decodeReach(row), scope: row.scope }));
  },
  async readers(noticeId) {
    const { rows } = await pool.query<{ personId: string; readAt: Date }>(
      'select person_id as "personId", read_at as "readAt" from notice_reading where notice_id = $1',
      [noticeId],
    );
    return new Map(rows.map(({ personId, readAt }) => [personId, readAt]));
  },
  async cards(noticeId) {
    const { rows } = await pool.query<{ id: string }>(
      `select card_id as id from outbox where key like 'notice:' || $1 || ':%' and card_id is not null`,
      [noticeId],
    );
    return rows.map(({ id }) => id);
  },
});
