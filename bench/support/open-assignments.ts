// What the crowds answer: 20,000 spot checks on the demo's 1,800 compounds, each of one inspector at one compound.
import type pg from 'pg';

export const OPEN_ASSIGNMENTS = 20_000;

export const openAssignments = async (pool: pg.Pool): Promise<void> => {
  await pool.query(
    `with p as (select person_id, scope as zone, row_number() over (order by person_id) - 1 as n, count(*) over () as all_people from role_holding where role = 'inspector'),
          k as (select id, area, row_number() over (order by id) - 1 as n, count(*) over () as all_compounds from compound where status = 'listed')
     insert into assignment (id, campaign, strand, kind, person_id, checklist, compound_id, area, zone, reasons, from_on, to_on, state, version, given_at)
     select 'bench-' || i, 'zhongshan-2022', 'zone', 'spot', p.person_id, 'checklist-2022-04', k.id, k.area, p.zone, '{spot_check}', '2022-04-19', '2022-04-21', 'open', 1, '2022-04-19T08:31:00+08:00'
     from generate_series(0, $1::int - 1) i join p on p.n = i % p.all_people join k on k.n = (i % p.all_people * 20 + i / p.all_people) % k.all_compounds`,
    [OPEN_ASSIGNMENTS],
  );
  // Only what was filled by hand: autovacuum would not look at the tables that are still empty either.
  await pool.query('analyze assignment');
};
