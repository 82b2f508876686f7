// What the office sees of the service: deliveries by channel, groups, people without an account, slots that ran.
import type pg from 'pg';
import type { Selfcheck, ServiceState } from '../ports.ts';

export const makeSelfcheck = (pool: pg.Pool): Selfcheck => ({
  async state(campaign, today, dayStart) {
    const { rows } = await pool.query<{
      state: Omit<ServiceState, 'firstStart' | 'backedUpAt'> & { firstStart: string | null; backedUpAt: string | null };
    }>(
      `select jsonb_build_object(
         'channels', coalesce((select jsonb_agg(c order by c.channel) from (
            select channel, count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'failed') as failed,
                count(*) filter (where state = 'unknown') as unknown, count(*) filter (where state in ('waiting', 'sending')) as waiting
              from outbox where (campaign = $1 or campaign is null) and verb = 'send' and not_before >= $3 group by channel) c), '[]'),
         'bound', jsonb_build_object(
            'zone', coalesce((select jsonb_agg(distinct serves_name) from chat_group where serves_kind = 'zone'), '[]'),
            'area', coalesce((select jsonb_agg(distinct serves_name) from chat_group where serves_kind = 'area'), '[]')),
         'withoutAccount', (select jsonb_build_object('n', count(*), 'names', coalesce(jsonb_agg(name) filter (where place <= 10), '[]')) from (
            select p.name, row_number() over (order by p.name, p.id) as place from person p
              where (p.left_on is null or p.left_on > $2::date)
                and exists (select from role_holding h where h.person_id = p.id and (h.campaign is null or h.campaign = $1))
                and not exists (select from binding b where b.person_id = p.id and b.lost_at is null)) w),
         'slotsDone', coalesce((select jsonb_agg(kind) from slot where campaign = $1 and day = $2::date and done_at is not null), '[]'),
         'backedUpAt', (select value ->> 'takenAt' from setting where key = 'backup.last'),
         'firstStart', (select value from setting where key = 'service.first_start')) as state`,
      [campaign, today, dayStart],
    );
    const state = rows[0]?.state;
    if (!state) throw new Error('the state of the service could not be read');
    const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
    return { ...state, firstStart: instant(state.firstStart), backedUpAt: instant(state.backedUpAt) };
  },
});
