// Reads what the acts about people are decided from: compounds by what is said for them, home duties, open claims.
import type pg from 'pg';
import type { NamedCompound } from '../domain/compound-search.ts';
import type { DutyFacts, FormerHome } from '../domain/home.ts';
import type { OpenExclusion, People } from '../ports-people.ts';
import { loadPinyin } from './pinyin.ts';
import * as rows from './rows.ts';

type Row = Readonly<Record<string, unknown>>;

/** `%`, `_` and `\` stand for themselves. */
const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

export const makePeople = (pool: pg.Pool): People => {
  const sounds = async (names: readonly string[]): Promise<string> => (await loadPinyin())(names);
  return {
    sounds,
    async compoundsLike(words, areas, limit) {
      const sound = await sounds([words]);
      const syllables = sound.split(' ').slice(0, -1);
      // Half of the characters may be wrong; what sounds alike may share none.
      const { rows: compounds } = await pool.query<NamedCompound>(
        `select k.id, k.name, k.aliases, k.pinyin, k.area from compound k
          cross join lateral (select count(*) as n from unnest($2::text[]) c where position(c in k.name || ' ' || array_to_string(k.aliases, ' ')) > 0) shared
          where k.area = any($1) and k.status <> 'merged'
            and (shared.n * 2 >= cardinality($2::text[]) or replace(k.pinyin, ' ', '') like $3)
          order by shared.n desc, length(k.name), k.id limit $4`,
        [areas, [...new Set(words)], `%${literal(syllables.join(''))}%`, limit],
      );
      return { sound, compounds };
    },
    async homeDuties(campaigns, personIds, today) {
      const found = await pool.query<{ a: Row }>(
        `select to_jsonb(a) as a from assignment a where a.campaign = any($1) and a.person_id = any($2) and a.kind = 'home'
            and (a.to_on is null or a.to_on >= $3::date or a.state in ('open', 'partial')) order by a.id`,
        [campaigns, personIds, today],
      );
      return found.rows.map(({ a }) => rows.decodeAssignment(a));
    },
    async reassigned(ids) {
      const found = await pool.query<{ a: Row }>(
        `select to_jsonb(a) as a from assignment a where a.id = any($1) and a.kind = 'home' and a.state = 'reassigned'`,
        [ids],
      );
      return found.rows.map(({ a }) => rows.decodeAssignment(a));
    },
    async outOfStep(campaign, today, limit) {
      const found = await pool.query<{ a: Row; now: DutyFacts }>(
        `select to_jsonb(a) as a, jsonb_build_object('compoundId', p.compound_id, 'lives', p.lives, 'gone', n.gone, 'away', n.away) as now
          from assignment a join person p on p.id = a.person_id
          cross join lateral (select coalesce(p.left_on <= $2::date, false) as gone,
            exists (select from absence b where b.person_id = p.id and b.from_on <= a.to_on and a.to_on <= b.to_on) as away) n
          where a.campaign = $1 and a.kind = 'home' and a.state in ('open', 'partial')
            and (n.gone or n.away or p.lives = 'excluded' or (p.lives = 'known' and a.compound_id is distinct from p.compound_id))
          order by a.id limit $3`,
        [campaign, today, limit],
      );
      return found.rows.map(({ a, now }) => ({ duty: rows.decodeAssignment(a), now }));
    },
    async formerHomes(personId) {
      const found = await pool.query<FormerHome>(
        `select person_id as "personId", compound_id as "compoundId", until::text as until from former_home where person_id = $1`,
        [personId],
      );
      return found.rows;
    },
    async bindCode(hash, now) {
      const found = await pool.query<{ personId: string; name: string }>(
        `select p.id as "personId", p.name from bind_code c join person p on p.id = c.person_id
          where c.hash = $1 and c.used_at is null and c.expires_at > $2 and p.left_on is null`,
        [hash, now],
      );
      return found.rows[0] ?? null;
    },
    async absences(personId, today) {
      const found = await pool.query<{ a: Row }>(
        'select to_jsonb(a) as a from absence a where a.person_id = $1 and a.to_on >= $2::date and a.to_on >= a.from_on order by a.from_on',
        [personId, today],
      );
      return found.rows.map(({ a }) => rows.decodeAbsence(a));
    },
    async openExclusions(campaign, persons) {
      const found = await pool.query<Omit<OpenExclusion, 'exclusion'> & { e: Row }>(
        `select to_jsonb(e) as e, p.name, o.name as organisation, p.department, o.area from exclusion e
          join person p on p.id = e.person_id left join organisation o on o.id = p.organisation_id
          where e.campaign = $1 and e.state = 'claimed' and ($2::text[] is null or e.person_id = any($2)) order by e.claimed_at, e.id`,
        [campaign, persons],
      );
      return found.rows.map(({ e, ...person }) => ({ exclusion: rows.decodeExclusion(e), ...person }));
    },
  };
};
