// How many typed replies one core reads in a second, the checklist compiled once. Claimed: at least 5,000.
// Run it: node bench/parser.ts

import { readFileSync } from 'node:fs';
import { readReply } from '../src/domain/reply/read-reply.ts';
import { epidemicChecklist } from '../test/support/checklist.ts';

const texts = ['sample.jsonl', 'blind.jsonl'].flatMap((file) =>
  readFileSync(new URL(`../test/fixtures/replies/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): string => JSON.parse(line).text),
);

/** Of this process alone, so that a busy machine does not count against the parser. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const repliesPerSecond = (list: readonly string[], runs: number): number => {
  const start = cpuMs();
  for (let run = 0; run < runs; run++) for (const text of list) readReply(text, epidemicChecklist);
  return (list.length * runs * 1000) / (cpuMs() - start);
};

/** Milliseconds for one reply of the greatest length allowed, the slowest of several kinds. */
const slowestLong = (): number =>
  Math.max(
    ...['4没有，', '备注：', '除了4', '「', '没有隔离点', '第1项、', '另外', '他说'].map((unit) => {
      const text = unit.repeat(Math.floor(2000 / unit.length));
      readReply(text, epidemicChecklist);
      const start = cpuMs();
      for (let i = 0; i < 20; i++) readReply(text, epidemicChecklist);
      return (cpuMs() - start) / 20;
    }),
  );

export default async function parser(): Promise<string[]> {
  repliesPerSecond(texts, 5);
  return [
    `free-text replies: ${Math.round(repliesPerSecond(texts, 40)).toLocaleString('en')} a CPU second (${texts.length} different ones)`,
    `the longest allowed reply (2,000 characters): ${slowestLong().toFixed(1)} ms at worst`,
  ];
}

if (import.meta.main) for (const line of await parser()) process.stdout.write(`${line}\n`);
