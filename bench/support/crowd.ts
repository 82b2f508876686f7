// Sends a crowd and compares rounds of two: what is measured beside its floor, pair by pair.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Crowd, Order } from './loader.ts';

export const sendCrowd = (order: Order): Promise<Crowd> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'loader.ts'));
    child.once('message', (crowd) => resolve(crowd as Crowd));
    child.once('error', reject);
    child.send(order);
  });

export interface Round {
  readonly floor: Crowd;
  readonly press: Crowd;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Prints both, and the medians of their ratios. `target`: the least share of the floor's rate; p99 may be five times its. */
export const report = (rounds: readonly Round[], target: number, records: number): void => {
  const line = (name: string, crowds: readonly Crowd[]) =>
    `${name.padEnd(6)} ${Math.round(median(crowds.map((c) => c.perSecond)))} a second, p50 ${median(crowds.map((c) => c.p50)).toFixed(1)} ms, p99 ${median(crowds.map((c) => c.p99)).toFixed(1)} ms, failed ${crowds.reduce((n, c) => n + c.failed, 0)}`;
  const floors = rounds.map((r) => r.floor);
  const presses = rounds.map((r) => r.press);
  process.stdout.write(`${line('floor', floors)}\n${line('press', presses)}\n`);
  const pairs = rounds.map((r) => `${Math.round(r.press.perSecond)}/${Math.round(r.floor.perSecond)}`);
  const ratio = median(rounds.map((r) => r.press.perSecond / r.floor.perSecond));
  const tail = median(rounds.map((r) => r.press.p99 / r.floor.p99));
  process.stdout.write(
    `rounds ${pairs.join(' ')}; press / floor: ${ratio.toFixed(2)} of its rate (at least ${target}), p99 ${tail.toFixed(1)} times (at most 5); ${records} records committed\n`,
  );
};
