// Lists that commands and digests read: the first rows and the count of all.
import type pg from 'pg';
import type { CompoundNow, Lists } from '../ports.ts';

export const makeCommandLists = (pool: pg.Pool): Lists => {
  const list = async <T>(text: string, values: unknown[]): Promise<T[]> => (await pool.query(text, values)).rows as T[];
  const counted = async <T>(text: string, values: unknown[]): Promise<{ rows: T[]; total: number }> => {
    const rows = await list<T & { total: number }>(text, values);
    return { rows, total: Number(rows[0]?.total ?? 0) };
  };
  return {
    unsigned: (campaign, areas, limit) =>
      counted(
        `select unit, area, state, (select count(*)::int from nudge n where n.campaign = $1 and n.about_kind = 'letter' and n.about_id = letter.id and n.step like 'reminder%') as reminders, count(*) over ()::int as total from letter where campaign = $1 and state not in ('signed', 'signed_late')
          and ($2::text[] is null or area = any($2)) order by unit limit $3`,
        [campaign, areas, limit],
      ),
    overdue: (campaign, areas, today, limit) =>
      counted(
        `select compound_name as compound, area, item, state, coalesce(promised_on, due_on) as "dueOn", count(*) over ()::int as total from finding
          where campaign = $1 and area = any($2) and state in ('open', 'notified', 'claimed', 'reopened') and coalesce(promised_on, due_on) < $3::date
          order by coalesce(promised_on, due_on), compound_name limit $4`,
        [campaign, areas, today, limit],
      ),
    reachedTop: (campaign, day) =>
      list(
        // A nudge about an assignment is about a home inspection: the only one that is reminded of.
        `select case about_kind when 'assignment' then 'home' else about_kind end as about, count(*)::int as n
          from nudge where campaign = $1 and "on" = $2::date and step = 'rung_3' group by 1 order by 1`,
        [campaign, day],
      ),
    undecided: (campaign) =>
      list(`select unit, zone from letter where campaign = $1 and state = 'undecided' order by unit limit 20`, [
        campaign,
      ]),
    async compoundsIn(text, areas) {
      const found = await list<{ id: string; name: string; area: string; words: string }>(
        `select k.id, k.name, k.area, w.words from compound k cross join lateral unnest(k.name || k.aliases) w(words)
          where k.area = any($2) and k.status <> 'merged' and length(w.words) > 1 and position(w.words in $1) > 0 order by length(w.words) desc, k.id limit 20`,
        [text, areas],
      );
      const whole = found.filter(
        (f) => !found.some((longer) => longer.words !== f.words && longer.words.includes(f.words)),
      );
      return [...new Map(whole.map((f) => [f.id, f])).values()];
    },
    compounds: (campaign, text, limit) =>
      list<CompoundNow>(
        `select k.id, k.name, k.area, i.entered_at as "recordedAt", i.inspector_name as "recordedBy",
            coalesce((select jsonb_agg(jsonb_build_object('item', f.item, 'state', f.state, 'dueOn', coalesce(f.promised_on, f.due_on)) order by f.opened_at) from finding f
              where f.campaign = $1 and f.compound_id = k.id and f.state in ('open', 'notified', 'claimed', 'reported', 'reopened')), '[]') as findings
          from compound k
          left join lateral (select entered_at, inspector_name from inspection i where i.campaign = $1 and i.compound_id = k.id and i.live order by entered_at desc limit 1) i on true
          where k.status <> 'merged' and (k.name ilike '%' || $2 || '%' or $2 = any(k.aliases) or k.pinyin ilike '%' || $2 || '%')
          order by (k.name = $2) desc, length(k.name), k.id limit $3`,
        [campaign, text.replace(/[\\%_]/g, '\\$&'), limit],
      ),
  };
};
