// The pages of the city–town strand: reports of towns, spot checks with what came of them, and what was referred with its whole story.
import type pg from 'pg';
import { areasOf } from '../../domain/campaign.ts';
import type { CityTownListings, ReferralRow, SpotCheckRow, TownReportRow } from '../../ports-listings.ts';
import { decodeFinding } from '../rows.ts';
import { keyParts, pageOf } from './paging.ts';

/** A spot check `c` as one row; the frame itself is asked for by its id. */
const spotColumns = `c.id, c.at, jsonb_build_object('id', c.by_id, 'name', c.by_name) as by, c.frame_kind as "frameKind", c.place, c.seed, c.n,
  jsonb_array_length(c.frame) as "frameSize",
  coalesce((select jsonb_agg(jsonb_build_object('compound', jsonb_build_object('id', d.compound_id, 'name', k.name),
        'inspector', jsonb_build_object('id', a.person_id, 'name', coalesce(p.name, '')), 'assignment', a.id, 'state', a.state,
        'first', d.first_id, 'again', d.again_id, 'outcome', d.outcome, 'items', d.items) order by d.place)
      from spot_draw d join assignment a on a.id = d.assignment_id left join compound k on k.id = d.compound_id left join person p on p.id = a.person_id
      where d.spot_check_id = c.id), '[]') as drawn`;

export const cityTownListings = (pool: pg.Pool): CityTownListings => ({
  async townReports(query) {
    const { rows } = await pool.query<TownReportRow>(
      `select a.area, coalesce((select jsonb_agg(jsonb_build_object('version', r.version, 'text', r.text, 'figures', r.figures, 'cutOffAt', r.cut_off_at,
              'late', r.late, 'by', jsonb_build_object('id', r.by_id, 'name', r.by_name)) order by r.version desc)
            from town_report r where r.campaign = $1 and r.area = a.area), '[]') as versions
        from unnest($2::text[]) a(area) where $3::text is null or a.area collate "C" > $3 order by a.area collate "C" limit $4`,
      [query.campaign.id, areasOf(query.campaign), ...keyParts(query, 1), query.limit + 1],
    );
    return pageOf(
      rows,
      query.limit,
      (row) => [row.area],
      (row) => ({ ...row, versions: row.versions.map((v) => ({ ...v, cutOffAt: new Date(v.cutOffAt) })) }),
    );
  },

  async spotChecks(query) {
    const { rows } = await pool.query<SpotCheckRow>(
      `select ${spotColumns} from spot_check c
        where c.campaign = $1 and ($2::timestamptz is null or (c.at, c.id) > ($2::timestamptz, $3)) order by c.at, c.id limit $4`,
      [query.campaign.id, ...keyParts(query, 2), query.limit + 1],
    );
    return pageOf(rows, query.limit, (row) => [row.at.toISOString(), row.id], asIs);
  },

  async spotCheck(campaign, id) {
    const { rows } = await pool.query<SpotCheckRow & { frame: { id: string; first: boolean }[] }>(
      `select ${spotColumns}, c.frame from spot_check c where c.campaign = $1 and c.id = $2`,
      [campaign, id],
    );
    return rows[0] ?? null;
  },

  async referrals(query) {
    const { rows } = await pool.query<Omit<ReferralRow, 'finding'> & { finding: Readonly<Record<string, unknown>> }>(
      `select to_jsonb(f) as finding,
          (select jsonb_agg(jsonb_build_object('id', i.id, 'checkOn', i.check_on, 'inspector', i.inspector_name, 'note', i.note) order by i.entered_at)
            from inspection i where i.id = any(f.inspection_ids)) as inspections,
          (select jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'by', e.by_name, 'remark', e.data->>'remark') order by e.id)
            from event e where e.subject_kind = 'finding' and e.subject_id = f.id) as steps,
          (select jsonb_agg(o.sent_at order by o.sent_at) from outbox o where o.campaign = $1 and o.kind = 'finding' and o.sent_at is not null
            and o.about @> jsonb_build_array(jsonb_build_object('kind', 'finding', 'id', f.id))) as notices
        from finding f
        where f.campaign = $1 and f.referred_at is not null and ($2::timestamptz is null or (f.referred_at, f.id) > ($2::timestamptz, $3))
        order by f.referred_at, f.id limit $4`,
      [query.campaign.id, ...keyParts(query, 2), query.limit + 1],
    );
    return pageOf(
      rows,
      query.limit,
      (row) => [new Date(String(row.finding.referred_at)).toISOString(), String(row.finding.id)],
      (row) => ({
        finding: decodeFinding(row.finding),
        inspections: row.inspections ?? [],
        steps: (row.steps ?? []).map((step) => ({ ...step, at: new Date(step.at) })),
        notices: (row.notices ?? []).map((at) => new Date(at)),
      }),
    );
  },
});

const asIs = <T>(row: T): T => row;
