// Three days of a small city around the end of the letter's window, played twice with one seed and once with another. What
// must hold of every campaign, whatever people do, is asked of these histories (R48, R52, REQUIREMENTS 1.7).
import { beforeAll, describe, expect, it } from 'vitest';
import { layFoundation } from '../../src/compose/foundation.ts';
import { simulate } from '../../src/compose/simulation.ts';
import { readConfig } from '../../src/config.ts';
import { minutes } from '../../src/domain/calendar.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Tally } from '../../src/domain/figures.ts';
import { createLog } from '../../src/log.ts';
import { outcomeLines } from '../../src/simulation/outcome.ts';
import type { Played } from '../../src/simulation/play.ts';
import { createTestDatabase } from '../support/database.ts';
import { recount } from '../support/recount.ts';
import { smallCity } from '../support/small-city.ts';

interface SentRow {
  readonly kind: string;
  readonly about: readonly { readonly kind: string; readonly id: string }[];
  readonly sentAt: Date;
}

interface History {
  readonly played: Played;
  readonly campaign: Campaign;
  readonly live: Tally;
  readonly recounted: Tally;
  readonly sent: readonly SentRow[];
  readonly nudges: readonly { readonly about: string; readonly reminders: number; readonly onOneDay: number }[];
  readonly covered: { readonly rows: number; readonly compounds: number; readonly recorded: number };
}

const from = '2022-04-25';
const to = '2022-04-27';

const playOn = async (folder: string, seed: number): Promise<History> => {
  const log = createLog({ level: 'warn' });
  const { url } = await createTestDatabase();
  const config = readConfig({ DATABASE_URL: url, CAMPAIGN: folder });
  const foundation = await layFoundation(config, log, true);
  const { pool } = foundation;
  try {
    const played = await simulate(foundation, config, log, { from, to, seed });
    const [first] = played.tallies;
    if (!first) throw new Error('nothing was played');
    const { campaign, tally } = first;
    const rows = async <T extends object>(text: string): Promise<T[]> =>
      (await pool.query<T>(text, [campaign.id])).rows;
    const [covered] = await rows<History['covered']>(
      `select count(*)::int as rows, count(distinct compound_id)::int as compounds,
              (select count(distinct compound_id)::int from inspection where campaign = $1 and live) as recorded
         from coverage where campaign = $1`,
    );
    return {
      played,
      campaign,
      live: tally,
      recounted: await recount(pool, campaign, campaign.calendar.endOf(to)),
      sent: await rows<SentRow>(
        `select kind, about, sent_at as "sentAt" from outbox where campaign = $1 and state = 'sent' and verb = 'send'`,
      ),
      nudges: await rows(
        `select about_kind || '/' || about_id as about, count(*) filter (where step like 'reminder%')::int as reminders,
                max(count(*)) over (partition by about_kind, about_id, "on")::int as "onOneDay"
           from nudge where campaign = $1 group by about_kind, about_id, "on"`,
      ),
      covered: covered as History['covered'],
    };
  } finally {
    await foundation.close();
  }
};

let once: History;
let again: History;
let other: History;
beforeAll(async () => {
  const folder = await smallCity();
  once = await playOn(folder, 7);
  again = await playOn(folder, 7);
  other = await playOn(folder, 8);
}, 240_000);

describe('a simulation', () => {
  it('comes to the same figures, messages and taps with the same seed', () => {
    expect(outcomeLines(again.played)).toEqual(outcomeLines(once.played));
    expect(again.live).toEqual(once.live);
    expect(again.played.acts).toEqual(once.played.acts);
  });

  it('comes to others with another seed', () => {
    expect(outcomeLines(other.played)).not.toEqual(outcomeLines(once.played));
  });

  it('is a campaign: people inspect, sign, find, put right, are reminded, and some stay silent', () => {
    const { city } = once.live;
    expect(city.inspections.total).toBeGreaterThan(50);
    expect(city.letters.signed + city.letters.signedLate).toBeGreaterThan(20);
    expect(city.findings.toVerify).toBeGreaterThan(0);
    expect(city.compounds.covered).toBeLessThan(city.compounds.known);
    const kinds = new Set(once.sent.map((message) => message.kind));
    for (const kind of ['assignment', 'letter', 'finding', 'reminder', 'rung', 'tally', 'digest', 'answer'])
      expect(kinds).toContain(kind);
  });
});

/** When a message of each kind may go by itself (1.7 "What may be sent when"); answers to one's own act go at any time. */
const hours: Readonly<Record<string, readonly [string, string]>> = {
  assignment: ['08:30', '20:00'],
  letter: ['08:30', '20:00'],
  finding: ['08:30', '20:00'],
  reminder: ['10:00', '20:00'],
  rung: ['10:00', '20:00'],
  next_day: ['17:30', '20:00'],
  handover: ['08:30', '20:00'],
  tally: ['20:00', '21:00'],
  digest: ['20:00', '21:00'],
  notice: ['08:30', '20:00'],
  warning: ['08:30', '20:00'],
};
const ownActs = ['answer', 'receipt'];

describe.each([
  ['one history', () => once],
  ['another', () => other],
])('in %s', (_, history) => {
  it('coverage counts no compound twice, and none without a record (E02, R52)', () => {
    const { covered, live } = history();
    expect(covered.rows).toBe(covered.compounds);
    expect(covered.compounds).toBeLessThanOrEqual(covered.recorded);
    expect(live.city.compounds.covered).toBe(covered.compounds);
  });

  it('the live figures are those counted anew from the records (R52)', () => {
    expect(history().live).toEqual(history().recounted);
  });

  it('nobody is reminded more than twice of one obligation, nor told of it twice on one day (R48)', () => {
    for (const { about, reminders, onOneDay } of history().nudges)
      expect([about, reminders <= 2, onOneDay]).toEqual([about, true, 1]);
    const told = Map.groupBy(
      history().sent.filter((message) => message.kind === 'reminder'),
      (message) => JSON.stringify(message.about),
    );
    for (const messages of told.values()) expect(messages.length).toBeLessThanOrEqual(2);
  });

  it('nothing goes by itself but in the hours of its kind, and nothing at all on a day off (1.7, E08)', () => {
    const { campaign, sent } = history();
    const { calendar } = campaign;
    const wrong = sent.filter(({ kind, sentAt }) => {
      if (ownActs.includes(kind)) return false;
      const [first, last] = hours[kind] ?? ['00:00', '00:00'];
      const minute = calendar.minuteOf(sentAt);
      return !calendar.isWorkingDay(calendar.dayOf(sentAt)) || minute < minutes(first) || minute > minutes(last);
    });
    expect(wrong).toEqual([]);
  });
});
