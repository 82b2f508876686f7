// For developers: writes campaigns/holidays/YYYY.json from the official arrangements that `chinese-days` carries.
// Run it when that package brings a new year; the service reads only the files.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FIRST_YEAR = 2022;
const folder = join(import.meta.dirname, '../campaigns/holidays');
const require = createRequire(import.meta.url);
const data = join(dirname(require.resolve('chinese-days/package.json')), 'dist/years');
const { version } = require('chinese-days/package.json') as { version: string };

await mkdir(folder, { recursive: true });
for (let year = FIRST_YEAR; ; year += 1) {
  const text = await readFile(join(data, `${year}.json`), 'utf8').catch(() => null);
  if (text === null) break;
  const { holidays, workdays } = JSON.parse(text) as Record<'holidays' | 'workdays', Record<string, string>>;
  const arrangement = {
    year,
    source: `chinese-days ${version}, after the State Council's notice`,
    off: Object.keys(holidays).sort(),
    working: Object.keys(workdays).sort(),
  };
  await writeFile(join(folder, `${year}.json`), `${JSON.stringify(arrangement, null, 2)}\n`);
}
