// Counts a campaign's figures anew from its records alone, as if there were no sums: what the sums must come to.
import type pg from 'pg';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Sum, Tally } from '../../src/domain/figures.ts';
import {
  deltas,
  momentOf,
  ofAssignment,
  ofCoverage,
  ofFinding,
  ofInspection,
  ofLetter,
  tallyTime,
} from '../../src/domain/tally.ts';
import {
  decodeAssignment,
  decodeCoverage,
  decodeFinding,
  decodeInspection,
  decodeLetter,
} from '../../src/store/rows.ts';
import { makeTallyStore } from '../../src/store/tally.ts';
import { tallyOn } from '../../src/usecases/read-tally.ts';

type Row = Readonly<Record<string, unknown>>;

export const recount = async (pool: pg.Pool, campaign: Campaign, now: Date): Promise<Tally> => {
  const all = async <T>(table: string, decode: (row: Row) => T, where = 'true'): Promise<T[]> =>
    (
      await pool.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t where campaign = $1 and ${where}`, [
        campaign.id,
      ])
    ).rows.map(({ row }) => decode(row));
  const moment = momentOf(campaign.calendar, tallyTime(campaign.slots), now);
  const contributions = [
    ...(await all('inspection', decodeInspection, 'live')).flatMap((i) => ofInspection(i, campaign.calendar)),
    ...(await all('coverage', decodeCoverage)).flatMap(ofCoverage),
    ...(await all('finding', decodeFinding)).flatMap(ofFinding),
    ...(await all('letter', decodeLetter)).flatMap(ofLetter),
    ...(await all('assignment', decodeAssignment)).flatMap(ofAssignment),
  ];
  const counted = new Map<string, Sum>();
  for (const one of contributions) {
    const [delta] = deltas(campaign.id, moment, [], [one]);
    if (!delta || delta.day > moment.day) continue;
    const { measure, area, organisation, department } = delta;
    const key = [measure, area, organisation, department].join('/');
    const before = counted.get(key) ?? { measure, area, organisation, department, total: 0, today: 0 };
    const today = one.onDay === moment.day ? 1 : 0;
    counted.set(key, { ...before, total: before.total + 1, today: before.today + today });
  }
  // The order in which the store gives its sums: the tally lists organisations in it.
  const sums = [...counted.values()].sort(
    (a, b) => compare(a.organisation, b.organisation) || compare(a.department, b.department),
  );
  return tallyOn({ ...makeTallyStore(pool), sumsUpTo: async () => sums }, campaign, now);
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
