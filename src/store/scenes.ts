// Reads what an inbound event is judged by. The hot path: one statement, one round trip, only index look-ups.
import type pg from 'pg';
import type { Answer } from '../domain/change.ts';
import type { CompoundFacts } from '../domain/visit.ts';
import type { OpenTask, Scene, SceneQuery, Scenes } from '../ports.ts';
import { inBatches } from './batches.ts';
import { campaignsOf, decodePerson, personJson } from './person-row.ts';
import * as rows from './rows.ts';

/** Selects compounds (alias `k`) as `row`, with the unit that manages each on a day. */
const selectCompound = (
  day: string,
): string => `select jsonb_build_object('id', k.id, 'name', k.name, 'area', k.area, 'status', k.status,
    'unitId', m.unit_id, 'company', u.name) as row
  from compound k
  left join lateral (select unit_id from management where compound_id = k.id and (from_on is null or from_on <= ${day}) and (to_on is null or ${day} <= to_on)
    order by from_on desc nulls last limit 1) m on true
  left join company_unit u on u.id = m.unit_id`;

/** For each question one row, in their order. Everything is an index look-up: `limit` keeps the planner from joining whole tables. */
const sceneSql = `
select
 (select jsonb_build_object('answer', i.answer) from inbound i where i.channel = q.channel and i.event_id = q.event_id) as seen,
 (select ${personJson('p')} from person p where p.id = b.person_id) as person,
 (select jsonb_build_object('servesKind', x.serves_kind, 'servesName', x.serves_name) from chat_group x where x.channel = q.channel and x.external_id = q.chat) as "group",
 case when c.id is not null then to_jsonb(c) end as card,
 case when v.card_id is not null then jsonb_build_object('data', v.data, 'kind', v.kind, 'state', v.state) end as view,
 (${selectCompound('q.day')} where k.id = t.compound) as compound,
 (select jsonb_agg(o.a) from (
   select to_jsonb(a) as a from assignment a where a.campaign = t.campaign and a.compound_id = t.compound and a.person_id = b.person_id
     and a.kind <> 'home' and a.state in ('open', 'partial')
   union all
   select to_jsonb(a) from assignment a where a.campaign = t.campaign and a.person_id = b.person_id and a.kind = 'home' and a.state in ('open', 'partial')) o) as own,
 (select jsonb_agg(to_jsonb(a)) from assignment a where a.campaign = t.campaign and a.compound_id = t.compound and a.state in ('open', 'partial')
   and a.person_id <> b.person_id and a.kind in ('zone', 'strengthened') and a.from_on <= q.day and a.to_on >= q.day) as colleagues,
 (select jsonb_agg(to_jsonb(a)) from assignment d join assignment a on a.id = d.stands_for and a.state = 'reassigned' and a.kind = 'home'
   where d.campaign = t.campaign and d.compound_id = t.compound and d.person_id = b.person_id and d.state in ('open', 'partial')) as principals,
 (select to_jsonb(i) from inspection i where i.campaign = t.campaign and i.compound_id = t.compound and i.live and i.inspector_id = b.person_id
   and i.entered_at >= q.day_start order by i.entered_at desc limit 1) as previous,
 (select to_jsonb(x) from coverage x where x.campaign = t.campaign and x.compound_id = t.compound) as coverage,
 (select jsonb_agg(to_jsonb(f)) from finding f where f.campaign = t.campaign and f.compound_id = t.compound
   and f.state in ('open', 'notified', 'claimed', 'reported', 'reopened', 'fixed_on_spot')) as findings,
 (select jsonb_agg(jsonb_build_object('id', x.id, 'zone', x.data->>'zone')) from card x where x.campaign = t.campaign and x.kind = 'assignment'
   and x.created_at >= q.day_start and x.person_id is null) as "groupCards",
 (select count(*)::int from card x where x.campaign = t.campaign and x.kind = 'question' and x.created_at >= q.day_start and x.person_id = b.person_id
   and x.created_at > coalesce((select max(i.entered_at) from inspection i where i.campaign = t.campaign and i.inspector_id = b.person_id and i.entered_at >= q.day_start), q.day_start))
   as "failedRounds",
 (select jsonb_agg(to_jsonb(x) order by x.at) from photo x where x.by_id = b.person_id and x.about_kind is null) as "waitingPhotos"
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::timestamptz[], $9::text[], $10::text[])
   with ordinality as q(channel, event_id, sender, chat, card_id, compound_id, day, day_start, campaign, person_id, n)
 cross join lateral (select coalesce(q.person_id, (select person_id from binding where channel = q.channel and external_id = q.sender)) as person_id) b
 left join lateral (select * from card where id = q.card_id limit 1) c on true
 left join lateral (select card_id, data, card->>'kind' as kind, card->>'state' as state from card_view where card_id = q.card_id and person_id = b.person_id limit 1) v on true
 cross join lateral (select coalesce(c.campaign, q.campaign) as campaign, coalesce(q.compound_id, v.data->>'compound', c.data->>'compound') as compound) t
order by q.n`;

type Row = Readonly<Record<string, unknown>>;
type Maybe = Row | null;
const each = <T>(list: unknown, decode: (row: Row) => T): T[] => ((list as Row[] | null) ?? []).map(decode);
const perhaps = <T>(row: Maybe, decode: (row: Row) => T): T | null => (row === null ? null : decode(row));

type SceneRow = Readonly<Record<keyof Scene | 'principals', Maybe>>;

const sceneOf = (row: SceneRow, { campaign, day }: SceneQuery): Scene => {
  const card = perhaps(row.card, rows.decodeCard);
  return {
    seen: row.seen as { answer: Answer | null } | null,
    person: perhaps(row.person, (json) => decodePerson(json, card?.campaign ?? campaign, day)),
    campaigns: perhaps(row.person, campaignsOf) ?? [],
    group: row.group as Scene['group'],
    card,
    view: row.view as Scene['view'],
    compound: row.compound as CompoundFacts | null,
    own: each(row.own, rows.decodeAssignment),
    colleagues: [...each(row.colleagues, rows.decodeAssignment), ...each(row.principals, rows.decodeAssignment)],
    previous: perhaps(row.previous, rows.decodeInspection),
    coverage: perhaps(row.coverage, rows.decodeCoverage),
    findings: each(row.findings, rows.decodeFinding),
    failedRounds: Number(row.failedRounds),
    groupCards: (row.groupCards as unknown as Scene['groupCards'] | null) ?? [],
    waitingPhotos: each(row.waitingPhotos, rows.decodePhoto),
  };
};

export const makeScenes = (pool: pg.Pool): Scenes => {
  const list = async <T>(text: string, values: unknown[], decode: (row: Row) => T): Promise<T[]> =>
    (await pool.query<{ row: Row }>(text, values)).rows.map(({ row }) => decode(row));
  const first = async <T>(text: string, values: unknown[], decode: (row: Row) => T): Promise<T | null> =>
    (await list(text, values, decode))[0] ?? null;

  const scenes = async (queries: readonly SceneQuery[]): Promise<Scene[]> => {
    const column = <T>(pick: (query: SceneQuery) => T): T[] => queries.map(pick);
    const { rows: found } = await pool.query<SceneRow>({
      name: 'scenes',
      text: sceneSql,
      values: [
        column((q) => q.event.channel),
        column((q) => q.event.id),
        column((q) => q.event.sender),
        column((q) => q.event.chat.id),
        column((q) => q.cardId),
        column((q) => q.compoundId),
        column((q) => q.day),
        column((q) => q.dayStart),
        column((q) => q.campaign),
        column((q) => q.personId ?? null),
      ],
    });
    return found.map((row, i) => sceneOf(row, queries[i] as SceneQuery));
  };

  return {
    scene: inBatches(scenes, { most: 64, underWay: 1 }),
    card: (id) => first('select to_jsonb(c) as row from card c where id = $1', [id], rows.decodeCard),
    inspection: (id) => first('select to_jsonb(i) as row from inspection i where id = $1', [id], rows.decodeInspection),
    lastRecord: (campaign, personId, compoundId) =>
      first(
        'select to_jsonb(i) as row from inspection i where campaign = $1 and inspector_id = $2 and live and ($3::text is null or compound_id = $3) order by entered_at desc limit 1',
        [campaign, personId, compoundId],
        rows.decodeInspection,
      ),
    otherRecords: (campaign, compoundId, without) =>
      list(
        'select to_jsonb(i) as row from inspection i where campaign = $1 and compound_id = $2 and live and id <> $3 order by entered_at desc limit 20',
        [campaign, compoundId, without],
        rows.decodeInspection,
      ),
    standing: (id) =>
      first(
        'select to_jsonb(i) as row from inspection i where assignment_id = $1 and live',
        [id],
        rows.decodeInspection,
      ),
    assignment: (id) => first('select to_jsonb(a) as row from assignment a where id = $1', [id], rows.decodeAssignment),
    findings: (ids) =>
      list(
        'select to_jsonb(f) as row from finding f where id = any($1) order by opened_at, id',
        [ids],
        rows.decodeFinding,
      ),
    findingsOf: (id) =>
      list(
        `select to_jsonb(f) as row from inspection i join finding f on f.campaign = i.campaign and f.compound_id = i.compound_id
          where i.id = $1 and i.id = any(f.inspection_ids)`,
        [id],
        rows.decodeFinding,
      ),
    letters: (ids) =>
      list('select to_jsonb(l) as row from letter l where id = any($1) order by unit', [ids], rows.decodeLetter),
    openTasks: (campaign, personId, today) =>
      list<OpenTask>(
        `select jsonb_build_object('assignment', to_jsonb(a), 'compound', k.name) as row from assignment a join compound k on k.id = a.compound_id
          where a.campaign = $1 and a.person_id = $2 and a.state in ('open', 'partial') and a.from_on <= $3
          order by a.kind = 'home', k.name`,
        [campaign, personId, today],
        (row) => ({ assignment: rows.decodeAssignment(row.assignment as Row), compound: row.compound as string }),
      ),
    compounds: (ids, day) =>
      list(`${selectCompound('$2::date')} where k.id = any($1)`, [ids, day], (row) => row as unknown as CompoundFacts),
  };
};
