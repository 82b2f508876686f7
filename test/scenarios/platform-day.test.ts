// One day of the real campaign in one zone, the same for every channel, over the platform's own wire format: assign,
// answer, find, remind the town, fix, tally. One line for each channel.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelName } from '../../src/domain/message.ts';
import { dingtalkPlayer } from '../support/day-players/dingtalk.ts';
import { feishuPlayer } from '../support/day-players/feishu.ts';
import type { DayPlayer, Named } from '../support/day-players/player.ts';
import { playgroundPlayer } from '../support/day-players/playground.ts';
import { telegramPlayer } from '../support/day-players/telegram.ts';
import { wecomPlayer } from '../support/day-players/wecom.ts';
import { type PlatformService, startPlatformService } from '../support/platform-service.ts';

const players: Readonly<Record<Exclude<ChannelName, 'form' | 'webhook'>, () => DayPlayer>> = {
  playground: playgroundPlayer,
  wecom: wecomPlayer,
  dingtalk: dingtalkPlayer,
  telegram: telegramPlayer,
  feishu: feishuPlayer,
};

const isolation: Named = { id: 'isolation_point', label: '4 隔离观察点' };
const staffMask: Named = { id: 'staff_mask', label: '8 员工戴口罩' };

describe.each(Object.entries(players))('19 April 2022 on %s', { timeout: 60_000 }, (name, makePlayer) => {
  const player = makePlayer();
  let play: PlatformService;
  let first: string;
  let second: string;
  let staff: string;
  let town: string;
  let compounds: Named[];

  const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
    (await play.pool.query<T>(sql, values)).rows;
  const count = async (table: string): Promise<number> =>
    (await rows<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? 0;
  let people = 0;
  const bind = async (sql: string, skip = 0): Promise<string> => {
    const [found] = await rows<{ id: string }>(`${sql} order by 1 limit 1 offset ${skip}`);
    people += 1;
    const account = player.accountOf(found?.id ?? '', people);
    await play.pool.query(
      'insert into binding (channel, external_id, person_id, bound_at) values ($1, $2, $3, now())',
      [name, account, found?.id],
    );
    return account;
  };
  const soon = (look: () => Promise<string>) => expect.poll(look, { timeout: 15_000, interval: 20 });

  beforeAll(async () => {
    play = await startPlatformService('2022-04-19T08:00:00+08:00', (ports) => player.open(ports));
    player.enter(play.onEvent);
    await play.pool.query(
      `insert into chat_group (channel, external_id, title, serves_kind, serves_name, bound_at) values ($1, $2, '东区组团', 'zone', '东区组团', now())`,
      [name, player.group],
    );
    const holder = (role: string, scope: string) =>
      `select person_id as id from role_holding where role = '${role}' and scope = '${scope}'`;
    first = await bind(holder('inspector', '东区组团'));
    second = await bind(holder('inspector', '东区组团'), 1);
    staff = await bind(
      `select p.id from person p join role_holding h on h.person_id = p.id where h.role = 'staff' and p.compound_id is not null and p.lives = 'known'`,
    );
    town = await bind(holder('town_contact', '东区街道'));
  }, 60_000);
  afterAll(async () => {
    await play?.close();
    await player.close();
  });

  it('posts the zone’s card into its group, and a home card into each private chat (R13, R31)', async () => {
    await play.moveTo('2022-04-19T08:31:00+08:00');
    expect(await player.inGroup()).toMatch(/东区组团.*检查安排/);
    await soon(() => player.shownTo(staff)).toContain('全部落实');
    compounds = await rows<Named>(
      `select distinct a.compound_id as id, c.name as label from assignment a join compound c on c.id = a.compound_id
        where a.strand = 'zone' and a.zone = '东区组团' order by 1`,
    );
    expect(compounds.length).toBeGreaterThan(2);
  });

  it('asks back when no compound was chosen, and records nothing (R20)', async () => {
    await player.allOk(first, null);
    await soon(() => player.shownTo(first)).toContain('请先选择小区');
    expect(await count('inspection')).toBe(0);
  });

  it('records 全部落实 of the compound that was chosen, and shows it to whoever pressed (R17)', async () => {
    const [compound = isolation] = compounds;
    await player.allOk(first, compound);
    await soon(() => player.shownTo(first)).toMatch(new RegExp(`已记录：${compound.label}`));
    expect(await rows('select compound_id as id, inspector_name is not null as named from inspection')).toEqual([
      { id: compound.id, named: true },
    ]);
    if (play.channel.supports.update === 'anytime') await soon(player.inGroup).toContain(`✓ ${compound.label}`);
  });

  it('turns a tick into a record and a finding that the town hears of (R17, R37)', async () => {
    const [, compound = isolation] = compounds;
    await player.notDone(second, compound, isolation);
    await soon(() => player.shownTo(second)).toMatch(new RegExp(`已记录：${compound.label}`));
    expect([await count('inspection'), await count('finding')]).toEqual([2, 1]);
    await play.moveTo('2022-04-19T09:30:00+08:00');
    await soon(() => player.shownTo(town)).toContain('整改通知');
  });

  it('lets the town report the fix (R39)', async () => {
    await player.press(town, '整改通知', '已整改，上报');
    await soon(async () =>
      (await rows<{ state: string }>('select state from finding')).map((f) => f.state).join(),
    ).toBe('reported');
  });

  it('records a home inspection once, though its press was delivered three times at once (E11)', async () => {
    const before = await count('inspection');
    await player.notDone(staff, null, staffMask, 3);
    await soon(() => player.shownTo(staff)).toMatch(/已记录(?:.|\n)*8 员工戴口罩/);
    expect(await count('inspection')).toBe(before + 1);
  });

  it('answers a command in private, and posts the day’s tally into the group (R50, R49)', async () => {
    await player.say(staff, '/帮助');
    await play.settle();
    await soon(() => player.shownTo(staff)).toContain('/帮助');
    await play.moveTo('2022-04-19T20:01:00+08:00');
    await soon(() => player.inGroup()).toContain('小结');
  });

  it('tells somebody it does not know how to be known (E22)', async () => {
    const { stranger } = player;
    if (stranger === null) return expect(name).toBe('playground');
    await player.say(stranger, '都落实了');
    await play.settle();
    await soon(() => player.shownTo(stranger)).toContain('绑定码');
  });

  it('leaves nothing unknown, failed or waiting', async () => {
    const left = await rows(
      `select state, error from outbox where state not in ('sent', 'expired') and not_before <= '2022-04-19T20:01:00+08:00'`,
    );
    expect(left).toEqual([]);
  });
});
