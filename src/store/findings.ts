// Reads findings with the records behind them. Each question is an index look-up: what a town still has to do is small.
import type pg from 'pg';
import type { Seen } from '../domain/suspicion.ts';
import type { Findings, LastMove, NotedFinding } from '../ports-city-town.ts';
import * as rows from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

interface NotedRow extends Omit<NotedFinding, 'finding'> {
  readonly finding: Row;
}

export const makeFindings = (pool: pg.Pool): Findings => ({
  async noted({ campaign, states, ids, compounds, areas, zones, units, limit }) {
    const placed = areas !== undefined || zones !== undefined || units !== undefined;
    const found = await pool.query<NotedRow>(
      `select to_jsonb(f) as finding, coalesce(i.entered_at, f.opened_at) as "checkedAt",
          jsonb_build_object('id', coalesce(i.inspector_id, ''), 'name', coalesce(i.inspector_name, '')) as inspector,
          m.unit_id as "unitId", e.remark
        from finding f
        left join inspection i on i.id = f.inspection_ids[1]
        left join lateral (select unit_id from management where compound_id = f.compound_id and to_on is null order by from_on desc nulls last limit 1) m on true
        left join lateral (select data->>'remark' as remark from event where subject_kind = 'finding' and subject_id = f.id
          and kind in ('finding.claimed', 'finding.reported') order by id desc limit 1) e on true
        where f.campaign = $1 and f.state = any($2) and ($3::text[] is null or f.id = any($3)) and ($4::text[] is null or f.compound_id = any($4))
          and (not $5 or f.area = any($6) or f.zone = any($7) or m.unit_id = any($8))
        order by f.opened_at, f.id limit $9`,
      [campaign, states, ids ?? null, compounds ?? null, placed, areas ?? [], zones ?? [], units ?? [], limit],
    );
    return found.rows.map((row) => ({ ...row, finding: rows.decodeFinding(row.finding) }));
  },
  async lastMove(id) {
    const found = await pool.query<LastMove>(
      `select at, by_name as by from event where subject_kind = 'finding' and subject_id = $1 order by id desc limit 1`,
      [id],
    );
    return found.rows[0] ?? null;
  },
  async recordsSince(campaign, since, atLeast) {
    const found = await pool.query<Seen>(
      `select id, "inspectorId", "inspectorName", "enteredAt", answers, zone, flags from (
          select id, inspector_id as "inspectorId", inspector_name as "inspectorName", entered_at as "enteredAt", answers, zone, flags,
              count(*) over (partition by inspector_id) as n
            from inspection where campaign = $1 and recorded_at >= $2 and live) r
        where n >= $3`,
      [campaign, since, atLeast],
    );
    return found.rows;
  },
  async failures(ids) {
    const found = await pool.query<{ id: string; n: number }>(
      `select subject_id as id, count(*)::int as n from event
        where subject_kind = 'finding' and subject_id = any($1) and kind = 'finding.reopened' group by subject_id`,
      [ids],
    );
    return new Map(found.rows.map(({ id, n }) => [id, n]));
  },
});
