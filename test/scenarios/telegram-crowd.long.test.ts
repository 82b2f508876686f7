// Thirty people of one zone answer the same group card in Telegram at the same time, with the real use cases, outbox and
// budget: every record is right, everybody is told his own, and the group gets no more writes than Telegram takes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlatformService, startPlatformService } from '../support/platform-service.ts';
import { type ServedMessage, startTelegramServer, type TelegramServer } from '../support/telegram-server.ts';
import { posted, pressUpdate, telegramOn, textUpdate } from '../support/telegram-stage.ts';

const PEOPLE = 30;
/** Few enough compounds for everybody to choose on the one card, and more than it has room for. */
const few = { zone: '东区组团', group: '-100901' } as const;
const many = { zone: '东部组团', group: '-100902' } as const;
const account = (person: number): number => 8_000 + person;

let server: TelegramServer;
let play: PlatformService;
let inspectors: { id: string; name: string }[];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  server = await startTelegramServer();
  play = await startPlatformService('2022-04-19T08:00:00+08:00', ({ pool, clock, log }) =>
    telegramOn(server, pool, {}, { clock, log }),
  );
  const { pool } = play;
  for (const { zone, group } of [few, many])
    await pool.query(
      `insert into chat_group (channel, external_id, title, serves_kind, serves_name, bound_at) values ('telegram', $1, $2, 'zone', $2, now())`,
      [group, zone],
    );
  // Half of them have compounds to look at today; the others come in when the card stands.
  await pool.query(
    `delete from role_holding where role = 'inspector' and scope = $1 and person_id in
       (select person_id from role_holding where role = 'inspector' and scope = $1 order by person_id offset 5)`,
    [few.zone],
  );
  await play.moveTo('2022-04-19T08:31:00+08:00');
  await pool.query(
    `insert into role_holding (id, person_id, role, scope_kind, scope)
     select 'crowd-' || id, id, 'inspector', 'zone', $1 from person
      where id not in (select person_id from role_holding where role = 'inspector') order by id limit $2`,
    [few.zone, PEOPLE - 5],
  );
  inspectors = (
    await pool.query<{ id: string; name: string }>(
      `select p.id, p.name from role_holding h join person p on p.id = h.person_id where h.role = 'inspector' and h.scope = $1 order by p.id`,
      [few.zone],
    )
  ).rows;
  for (const [i, { id }] of inspectors.entries())
    await pool.query(
      `insert into binding (channel, external_id, person_id, bound_at) values ('telegram', $1, $2, now())`,
      [String(account(i)), id],
    );
}, 60_000);
afterAll(async () => {
  await play?.close();
  await server.close();
});

const cardIn = (group: string): ServedMessage =>
  server.messages.find((m) => m.chat === group && m.text.includes('检查安排')) ?? expect.fail('no card');
const press = async (person: number, message: ServedMessage, step: string, data: string | undefined) => {
  const id = `p${person}.${step}`;
  const update = posted(pressUpdate(id, account(person), message, data ?? expect.fail(`no button for ${id}`)));
  await play.channel.receive(update, play.onEvent);
  return server.callsOf('answerCallbackQuery').find((call) => call.callback_query_id === id) ?? {};
};
/** Every write to a chat, edits and cards for one person included. */
const writesTo = (group: string): number[] =>
  server.calls
    .filter(({ method, body }) => /^(send|edit)/.test(method) && String(body.chat_id) === group)
    .map(({ at }) => at);
/** 5 + 60 s × ¼ = 20 in any minute, and as much less in any shorter time. */
const expectWithinBudget = (writes: readonly number[]): void => {
  const jitterMs = 250;
  for (const [i, from] of writes.entries())
    for (const [j, to] of writes.entries())
      if (j > i) expect(j - i + 1).toBeLessThanOrEqual(5 + (to - from + jitterMs) / 4_000);
};

describe('thirty people on one group card within a minute', { timeout: 90_000 }, () => {
  it('give thirty right records, each is told his own, and the group gets at most 20 writes in any 60 s', async () => {
    const card = cardIn(few.group);
    const buttons = server.buttonsOf(card);
    const choices = buttons.filter(({ callback_data: data }) => data?.split('|')[2] === 'c');
    const allOk = buttons.find(({ text }) => text === '全部落实')?.callback_data;
    expect(inspectors).toHaveLength(PEOPLE);
    expect(choices).toHaveLength(10);
    const nameOf = (person: number): string => choices[person % 10]?.text.split(' · ')[0] ?? '';

    // Three at once, every second and a half. Later ones still see the drawing that was there when they looked.
    for (let first = 0; first < PEOPLE; first += 3) {
      await Promise.all(
        [0, 1, 2].map(async (i) => {
          const person = first + i;
          await press(person, card, 'choose', choices[person % 10]?.callback_data);
          const said = await press(person, card, 'done', allOk);
          expect(String(said.text)).toContain(`已记录：${nameOf(person)}`);
        }),
      );
      await pause(1_500);
    }

    const { rows } = await play.pool.query(
      'select inspector_id as id, compound_name as compound from inspection where live order by inspector_id',
    );
    expect(rows).toEqual(inspectors.map(({ id }, person) => ({ id, compound: nameOf(person) })));
    await expect.poll(() => card.text, { timeout: 30_000, interval: 100 }).toContain('都已完成');
    const writes = writesTo(few.group);
    expect(writes.length).toBeGreaterThan(4);
    expectWithinBudget(writes);
  });

  it('who open their own cards all get one, in the group as far as its writes go, else behind a link', async () => {
    server.ephemeral = 'yes';
    const card = cardIn(many.group);
    const open = server.buttonsOf(card).find(({ text }) => text === '我的卡片')?.callback_data;
    const said = await Promise.all(Array.from({ length: PEOPLE }, (_, person) => press(person, card, 'open', open)));
    const whispered = new Set(server.messages.flatMap(({ receiver }) => (receiver === null ? [] : [receiver])));
    expect(whispered.size).toBeGreaterThan(0);
    for (const [person, { url }] of said.entries()) {
      const own = String(account(person));
      if (whispered.has(own)) continue;
      const link = posted(textUpdate(account(person), own, `/start ${String(url).split('start=')[1]}`));
      await play.channel.receive(link, play.onEvent);
      expect(server.shownIn(own).join()).toContain('检查安排');
    }
    expectWithinBudget(writesTo(many.group));
  });
});
