// For developers: `npm run channels` runs the contract and the one-day scenario of every channel, and writes
// docs/channels.md from what they declare and what passed. Writes nothing when something failed.
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Column, channelsPage, type Declared, pagePath } from './channels-page.ts';

interface Result {
  readonly title: string;
  readonly ancestorTitles: readonly string[];
  readonly status: string;
  readonly meta?: { readonly declared?: Declared };
}

const report = join(mkdtempSync(join(tmpdir(), 'channels-')), 'report.json');
const root = join(import.meta.dirname, '..');
const asking = globSync('test/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes('channelContract('),
);
const tests = [...asking, 'test/scenarios/platform-day.test.ts'];
const run = spawnSync('npx', ['vitest', 'run', ...tests, '--reporter=json', `--outputFile=${report}`], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, UPDATE_CHANNELS: '1' },
});
if (run.status !== 0) throw new Error('the contract or the one-day scenario failed: the page stays as it is');

const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
  testResults: { assertionResults: Result[] }[];
};
const passed = testResults.flatMap((file) => file.assertionResults).filter(({ status }) => status === 'passed');
const titlesUnder = (suite: string): string[] =>
  passed
    .filter(({ ancestorTitles, title }) => ancestorTitles.includes(suite) && !title.includes('docs/channels.md'))
    .map(({ title }) => title);

const columns = new Map<string, Column>();
for (const { meta, ancestorTitles } of passed) {
  const declared = meta?.declared;
  if (!declared || !ancestorTitles.includes(`the ${declared.name} channel`)) continue;
  columns.set(declared.name, {
    declared,
    contract: titlesUnder(`the ${declared.name} channel`),
    day: titlesUnder(`19 April 2022 on ${declared.name}`),
  });
}
writeFileSync(pagePath, channelsPage([...columns.values()]));
