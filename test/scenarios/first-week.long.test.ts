// The window of the letter and of the home inspection, with everybody silent: who is reminded, who is told, and when (1.7).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

interface Delivery {
  readonly kind: string;
  readonly person: string | null;
  readonly rung: string | null;
  readonly about: readonly { readonly kind: string; readonly id: string }[];
  readonly state: string;
  readonly sentAt: string | null;
}

let service: RunningService;
let play: PlaygroundClient;
let deliveries: Delivery[];

beforeAll(async () => {
  service = await startTestService({ campaignStart: '2022-04-19', clockStart: '2022-04-19T08:00:00+08:00' });
  play = playgroundClient(service.url, testToken);
  for (const day of ['21', '23', '25', '27', '28']) await play.clock({ advanceTo: `2022-04-${day}T20:30:00+08:00` });
  deliveries = await play.all<Delivery>('/deliveries');
}, 180_000);
afterAll(() => service?.close());

const sentOn = (day: string, kind?: string) =>
  deliveries.filter((d) => d.sentAt?.startsWith(day) && (kind === undefined || d.kind === kind));

describe('a week in which nobody answers', () => {
  it.each([
    ['2022-04-22', false],
    ['2022-04-24', true],
    ['2022-04-25', false],
    ['2022-04-26', true],
    ['2022-04-27', false],
  ])('on %s people are reminded of letters and home inspections: %s', (day, expected) => {
    const obligations = sentOn(day, 'reminder').flatMap((d) => d.about.map(({ kind }) => kind));
    expect(obligations.some((kind) => kind === 'letter' || kind === 'assignment')).toBe(expected);
  });

  it('sends nothing by itself on Saturday 23 April, and works on Sunday 24 (E08)', () => {
    expect(sentOn('2022-04-23')).toEqual([]);
    expect(sentOn('2022-04-24', 'assignment').length).toBe(9);
  });

  it('reminds each person at most twice of one obligation, and once a day (R48)', () => {
    const reminders = deliveries.filter((d) => d.kind === 'reminder');
    const most = (keys: readonly string[]) =>
      Math.max(...[...Map.groupBy(keys, (key) => key).values()].map((own) => own.length));
    expect(most(reminders.flatMap((d) => d.about.map(({ kind, id }) => `${d.person} ${kind} ${id}`)))).toBe(2);
    expect(most(reminders.map((d) => `${d.person} ${d.sentAt?.slice(0, 10)}`))).toBe(1);
  });

  it('tells the association on 27 April, and the liaisons the day after (R26)', async () => {
    const people = await play.all<{ id: string; roles: { role: string }[] }>('/people');
    const having = (role: string) =>
      new Set(people.filter((p) => p.roles.some((r) => r.role === role)).map((p) => p.id));
    const told = (day: string, role: string) => sentOn(day, 'rung').some((d) => having(role).has(d.person ?? ''));
    expect(told('2022-04-26', 'association')).toBe(false);
    expect(told('2022-04-27', 'association')).toBe(true);
    expect(told('2022-04-27', 'zone_lead')).toBe(false);
    expect(told('2022-04-28', 'zone_lead')).toBe(true);
  });

  it('freezes the ledger when 26 April ends, and checks those compounds first (R27, R28)', async () => {
    const ledger = await play.all<{ frozenAt: string; stateThen: string }>('/ledger');
    const letters = await play.all('/letters');
    expect(ledger.length).toBe(letters.length);
    expect(new Set(ledger.map((row) => row.frozenAt.slice(0, 10)))).toEqual(new Set(['2022-04-27']));
    const assignments = await play.all<{ kind: string; reasons: string[] }>('/assignments?on=2022-04-27');
    const zone = assignments.filter((a) => a.kind !== 'home');
    expect(zone.length).toBeGreaterThan(100);
    expect(zone.every((a) => a.kind === 'strengthened')).toBe(true);
  });

  it('never lets a message of its own leave outside working hours', () => {
    const late = deliveries.filter((d) => d.sentAt && !/T(08:[3-5]|09|1\d|20:0)/.test(d.sentAt));
    expect(late).toEqual([]);
  });

  it('repeats nothing: each day’s assignment card stands once in each zone group', () => {
    for (const day of ['2022-04-19', '2022-04-20', '2022-04-28'])
      expect(sentOn(day, 'assignment').filter((d) => d.person === null)).toHaveLength(9);
  });
});
