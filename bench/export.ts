// How long the official form of 100,000 records takes from the database into a file, and what memory it needs.
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { loadHolidays } from '../src/campaigns/holidays.ts';
import { campaignFrom } from '../src/campaigns/pack-body.ts';
import { loadPack } from '../src/campaigns/read-pack.ts';
import { openExports } from '../src/compose/exports.ts';
import { openCards } from '../src/compose/service.ts';
import type { Campaign } from '../src/domain/campaign.ts';
import { EVERYTHING } from '../src/domain/sight.ts';
import { attachDatabase } from '../src/store/embedded.ts';
import { migrate } from '../src/store/migrations.ts';
import { openPool } from '../src/store/pool.ts';
import { openPrisma } from '../src/store/prisma.ts';

const RECORDS = Number(process.env.EXPORT_RECORDS ?? 100_000);
const silent = { info: () => {}, warn: () => {}, error: () => {} };

export default async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'dudao-bench-'));
  await chmod(folder, 0o755);
  const settings = { synchronous_commit: 'off', max_wal_size: '4GB' };
  const database = await attachDatabase({ dataDir: folder, sharedDir: join(folder, 'shared'), settings, log: silent });
  await migrate(database.url, silent);
  const pool = openPool(database.url, { max: 4 });
  const prisma = openPrisma(pool);
  try {
    const pack = await loadPack('campaigns/zhongshan-2022');
    if (!pack.ok) throw new Error('the shipped pack has faults');
    const campaign = campaignFrom(pack.body, 1, await loadHolidays());
    await seed(pool, campaign);
    const make = openExports({ pool, prisma }, await openCards());
    const order = { campaign, today: campaign.firstDay, sight: EVERYTHING, places: null };
    const path = join(folder, 'form.xlsx');
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 50);
    const begin = performance.now();
    const file = make('check-form', order);
    await pipeline(file.content, createWriteStream(path));
    const seconds = (performance.now() - begin) / 1000;
    clearInterval(watch);
    const { size } = await stat(path);
    process.stdout.write(
      `${file.rows()} records in ${seconds.toFixed(1)} s (100,000 in at most 10), memory ${Math.round(peak / 1e6)} MB (at most 300), file ${(size / 1e6).toFixed(1)} MB\n`,
    );
  } finally {
    await prisma.$disconnect();
    if (!pool.ended) await pool.end();
    await database.close();
    await rm(folder, { recursive: true });
  }
};

const seed = async (pool: ReturnType<typeof openPool>, campaign: Campaign): Promise<void> => {
  const items = campaign.checklists[0]?.items.map(({ id }) => id) ?? [];
  await pool.query(
    `insert into inspection (id, campaign, assignment_id, version, live, strand, checklist, check_on, recorded_at, entered_at, inspector_id,
        inspector_name, compound_id, compound_name, compound_status, company, area, zone, department, answers, note, source, flags)
     select 'i' || n, $1, 'a' || n, 1, true, 'zone', $2, $3::date, at, at, 'p' || n % 500, '检查员' || n % 500, 'k' || n % 2000,
        '小区' || n % 2000, 'listed', '物业公司' || n % 300 || '分公司', $4, $5, null,
        (select jsonb_object_agg(item, case when (n + ord) % 9 = 0 then 'no' else 'yes' end) from unnest($6::text[]) with ordinality t(item, ord)),
        case when n % 5 = 0 then '门岗无人登记，已当场提醒' end, '{"channel": "playground", "kind": "tap"}', '{}'
     from generate_series(1, $7::int) n, lateral (select $3::date + n * interval '1 second' as at) t`,
    [
      campaign.id,
      campaign.checklists[0]?.id,
      campaign.firstDay,
      campaign.zones[0]?.area,
      campaign.zones[0]?.zone,
      items,
      RECORDS,
    ],
  );
  await pool.query('analyze inspection');
};
