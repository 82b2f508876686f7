// Reads what a spot check is drawn from, and what came of it (R38).
import type pg from 'pg';
import type { FrameKind } from '../domain/spot-check.ts';
import type { PlannedRow } from '../ports.ts';
import type { FrameRow, SpotChecks, SpotSummary } from '../ports-city-town.ts';
import * as rows from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a compound `k` with its newest valid record `r` must be, to be in the frame. */
const frameConditions: Readonly<Record<FrameKind, string>> = {
  covered: 'r.id is not null',
  all_yes: `r.id is not null and not exists (select from jsonb_each_text(r.answers) a where a.value = 'no')`,
  self_check: `'self_check' = any(r.flags)`,
  unsigned: `exists (select from letter l where l.campaign = $1 and l.unit_id = m.unit_id and l.state not in ('signed', 'signed_late'))`,
  suspicious: `'suspicious' = any(r.flags)`,
  fixed_on_spot: `exists (select from finding f where f.campaign = $1 and f.compound_id = k.id and f.state = 'fixed_on_spot')`,
};

export const makeSpotChecks = (pool: pg.Pool): SpotChecks => ({
  async frame(campaign, kind, areas, today) {
    const found = await pool.query<FrameRow>(
      `select k.id, k.name, k.area, m.unit_id as "unitId", r.id as "recordId", coalesce('self_check' = any(r.flags), false) as first,
          coalesce((select array_agg(distinct i.inspector_id) from inspection i where i.campaign = $1 and i.compound_id = k.id and i.live), '{}') as "recordedBy"
        from compound k
        left join lateral (select unit_id from management where compound_id = k.id and (from_on is null or from_on <= $3::date)
          and (to_on is null or $3::date <= to_on) order by from_on desc nulls last limit 1) m on true
        left join lateral (select id, answers, flags from inspection i where i.campaign = $1 and i.compound_id = k.id and i.live
          and not 'doubtful' = any(i.flags) order by i.entered_at desc limit 1) r on true
        where k.area = any($2) and k.status = 'listed' and ${frameConditions[kind]}
          and not exists (select from assignment a where a.campaign = $1 and a.compound_id = k.id and a.kind = 'spot' and a.state in ('open', 'partial'))
        order by k.id collate "C"`,
      [campaign, areas, today],
    );
    return found.rows;
  },
  async toCompare(campaign) {
    const found = await pool.query<{ draw: Row; again: Row; first: Row | null; byId: string }>(
      `select to_jsonb(d) as draw, to_jsonb(i) as again, to_jsonb(f) as first, c.by_id as "byId"
        from spot_draw d join inspection i on i.assignment_id = d.assignment_id and i.live join spot_check c on c.id = d.spot_check_id
        left join inspection f on f.id = d.first_id
        where d.campaign = $1 and d.outcome is null order by i.entered_at limit 200`,
      [campaign],
    );
    return found.rows.map((row) => ({
      draw: rows.decodeSpotDraw(row.draw),
      again: rows.decodeInspection(row.again),
      first: row.first && rows.decodeInspection(row.first),
      byId: row.byId,
    }));
  },
  async rowsOf(spotCheck, person) {
    const found = await pool.query<Omit<PlannedRow, 'assignment'> & { assignment: Row }>(
      `select to_jsonb(a) as assignment, k.name as compound, p.name as inspector, i.entered_at as "recordedAt", i.inspector_name as "recordedBy"
        from spot_draw d join assignment a on a.id = d.assignment_id join compound k on k.id = d.compound_id join person p on p.id = a.person_id
        left join inspection i on i.assignment_id = a.id and i.live
        where d.spot_check_id = $1 and a.person_id = $2 and a.state not in ('lapsed', 'reassigned') order by d.place`,
      [spotCheck, person],
    );
    return found.rows.map((row) => ({ ...row, assignment: rows.decodeAssignment(row.assignment) }));
  },
  async latest(campaign, areas, limit) {
    const found = await pool.query<SpotSummary>(
      `select c.at, c.by_name as by, c.place, c.frame_kind as "frameKind", jsonb_array_length(c.frame) as "frameSize", c.seed,
          count(*)::int as drawn, count(d.outcome)::int as looked, (count(*) filter (where d.outcome = 'mismatch'))::int as mismatches
        from spot_check c join spot_draw d on d.spot_check_id = c.id join compound k on k.id = d.compound_id
        where c.campaign = $1 and k.area = any($2) group by c.id order by c.at desc, c.id limit $3`,
      [campaign, areas, limit],
    );
    return found.rows;
  },
});
