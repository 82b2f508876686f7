// One day in DingTalk: a zone's group and private chats with the robot, by Stream and one card template, over the platform's
// wire formats.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServedCard } from '../support/dingtalk-server.ts';
import { type DingtalkService, startDingtalkService } from '../support/dingtalk-service.ts';
import { robotSays } from '../support/dingtalk-stage.ts';
import { until } from '../support/wecom-stage.ts';

const group = 'cidDongQu==';
const robot = '/v1.0/im/bot/messages/get';
let play: DingtalkService;
/** People of the roster by what they do here, with the account each of them has. */
let staff: string;
let town: string;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly defaultValue?: string;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
}

const idsOf = async (sql: string): Promise<string[]> =>
  (await play.pool.query<{ id: string }>(sql)).rows.map((row) => row.id);
const bind = async (person: string, account: string): Promise<string> => {
  await play.pool.query(
    `insert into binding (channel, external_id, person_id, bound_at) values ('dingtalk', $1, $2, now())`,
    [account, person],
  );
  return account;
};

beforeAll(async () => {
  play = await startDingtalkService('2022-04-19T08:00:00+08:00');
  await play.pool.query(
    `insert into chat_group (channel, external_id, title, serves_kind, serves_name, bound_at) values ('dingtalk', $1, '东区组团', 'zone', '东区组团', now())`,
    [group],
  );
  const inspectors = await idsOf(
    `select person_id as id from role_holding where role = 'inspector' and scope = '东区组团' order by id limit 3`,
  );
  await Promise.all(inspectors.map((id, i) => bind(id, `inspector${i}`)));
  const [someStaff = ''] = await idsOf(
    `select p.id from person p join role_holding h on h.person_id = p.id where h.role = 'staff' and p.compound_id is not null and p.lives = 'known' order by 1 limit 1`,
  );
  staff = await bind(someStaff, 'staff0');
  const [contact = ''] = await idsOf(
    `select person_id as id from role_holding where role = 'town_contact' and scope = '东区街道' order by id limit 1`,
  );
  town = await bind(contact, 'town0');
}, 60_000);
afterAll(() => play?.close());

const count = async (table: string): Promise<number> =>
  (await play.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;
const cardIn = (chat: string): ServedCard => play.server.cardIn(chat);
/** The fields that somebody sees on a card now. */
const fieldsOf = (card: ServedCard, userId: string): Field[] =>
  JSON.parse(play.server.viewOf(card.outTrackId, userId).form ?? '{}').fields;
const optionsOf = (card: ServedCard, userId: string, field: string): readonly { value: string; text: string }[] =>
  fieldsOf(card, userId).find(({ name }) => name === field)?.options ?? [];
/** Submits as the client does: hidden fields too, and a selector's value with its index. What the presser sees then. */
const submit = async (card: ServedCard, userId: string, filled: object) => {
  const hidden = fieldsOf(card, userId).flatMap(({ name, defaultValue }) =>
    defaultValue ? [[name, defaultValue]] : [],
  );
  await play.server.press(card.outTrackId, userId, { ...Object.fromEntries(hidden), ...filled });
  return play.server.viewOf(card.outTrackId, userId);
};
let said = 0;
const say = (userId: string, text: string, more: object = {}) => {
  said += 1;
  return play.server.gateway.stream(robot, robotSays(text, { msgId: `said${said}`, senderStaffId: userId, ...more }));
};

describe('19 April 2022 in DingTalk', { timeout: 60_000 }, () => {
  it('posts the zone’s card into its group and a home card into each private chat', async () => {
    await play.moveTo('2022-04-19T08:31:00+08:00');
    expect(cardIn(group).all.title).toContain('东区组团');
    expect(optionsOf(cardIn(group), 'inspector0', 'compound').length).toBeGreaterThan(2);
    expect(fieldsOf(cardIn(`person:${staff}`), staff).map(({ type }) => type)).toEqual([
      'MULTI_CHECKBOX_GROUP',
      'TEXT_AREA',
      'CHECKBOX_GROUP',
    ]);
  });

  it('records 全部落实 of the compound that an inspector chose, and draws the group’s card anew for the others', async () => {
    const card = cardIn(group);
    const [chosen] = optionsOf(card, 'inspector0', 'compound');
    const seen = await submit(card, 'inspector0', {
      compound: { index: 0, value: chosen?.value },
      dudao_action: 'all_ok',
    });
    expect(seen.title).toContain('已记录');
    expect(await count('inspection')).toBe(1);
    await play.settle();
    expect(play.server.viewOf(card.outTrackId, 'inspector1').desc).toContain('已完成 1');
    expect(play.server.viewOf(card.outTrackId, 'inspector0').title).toContain('已记录');
  });

  it('asks back on the card when no compound was chosen, and records nothing', async () => {
    const seen = await submit(cardIn(group), 'inspector1', { dudao_action: 'all_ok' });
    expect(seen.tip).toContain('请先选择小区');
    expect(await count('inspection')).toBe(1);
  });

  it('turns ticks into a record and a finding that the town hears of', async () => {
    const card = cardIn(group);
    const compound = optionsOf(card, 'inspector1', 'compound').at(-1)?.value ?? '';
    await submit(card, 'inspector1', { compound: { index: 1, value: compound }, dudao_action: 'has_exceptions' });
    expect(fieldsOf(card, 'inspector1')[0]).toMatchObject({ name: 'not_done', type: 'MULTI_CHECKBOX_GROUP' });
    const seen = await submit(card, 'inspector1', {
      not_done: ['isolation_point'],
      note: '观察点被占用',
      dudao_action: 'submit',
    });
    expect(`${seen.title}${seen.desc}`).toContain('4 隔离观察点');
    expect([await count('inspection'), await count('finding')]).toEqual([2, 1]);
    await play.moveTo('2022-04-19T09:30:00+08:00');
    expect(cardIn(`person:${town}`).all.title).toContain('整改通知');
  });

  it('lets the town report the fix', async () => {
    const seen = await submit(cardIn(`person:${town}`), town, { dudao_action: 'report_fix', note: '已腾空' });
    expect(JSON.stringify(seen)).toContain('已上报');
    expect((await play.pool.query('select state from finding')).rows).toEqual([{ state: 'reported' }]);
  });

  it('records a home inspection once, though its press was delivered twice and its connection was ended', async () => {
    const before = await count('inspection');
    play.server.gateway.doubled = true;
    play.server.gateway.disconnect(50);
    const seen = await submit(cardIn(`person:${staff}`), staff, { not_done: ['staff_mask'], dudao_action: 'submit' });
    play.server.gateway.doubled = false;
    expect(`${seen.title}${seen.desc}`).toContain('8 员工戴口罩');
    expect(await count('inspection')).toBe(before + 1);
    expect(play.server.gateway.mostConnections()).toBeLessThanOrEqual(2);
  });

  it('takes a typed answer in the group, and a command in private', async () => {
    const card = cardIn(group);
    const left = optionsOf(card, 'inspector2', 'compound').at(-1)?.text.split(' · ')[0] ?? '';
    const before = await count('inspection');
    await say('inspector2', `${left} 全部落实`, { conversationId: group });
    await until(async () => expect(await count('inspection')).toBe(before + 1));
    await say(staff, '/帮助', { conversationType: '1', conversationId: 'cidPrivate' });
    await play.settle();
    expect(play.server.shownIn(`person:${staff}`).join()).toContain('/帮助');
  });

  it('refuses a stranger in words, and a card that is over', async () => {
    const seen = await submit(cardIn(group), 'stranger', { dudao_action: 'all_ok' });
    expect(seen.tip).not.toBe('');
    const ack = await play.server.press('nobody-knows', 'inspector0', { dudao_action: 'all_ok' });
    expect(JSON.stringify(ack)).toContain('tip');
  });

  it('posts the day’s tally into the group, and leaves nothing unknown, failed or waiting', async () => {
    await play.moveTo('2022-04-19T20:01:00+08:00');
    expect(play.server.shownIn(group).join()).toContain('小结');
    const { rows } = await play.pool.query(
      `select state, error from outbox where state not in ('sent', 'expired') and not_before <= '2022-04-19T20:01:00+08:00'`,
    );
    expect(rows).toEqual([]);
  });
});
