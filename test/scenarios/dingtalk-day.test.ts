// What a day in DingTalk has of its own, beyond what every channel's day shows (platform-day.test.ts): fields by the template's
// types, views of one's own, a connection that ends under a press, words in the group, strangers and cards that are over.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dingtalkOn, fieldsOf, optionsOf, submitForm } from '../support/dingtalk-people.ts';
import { type DingtalkServer, type ServedCard, startDingtalkServer } from '../support/dingtalk-server.ts';
import { robotSays } from '../support/dingtalk-stage.ts';
import { type PlatformService, startPlatformService } from '../support/platform-service.ts';
import { until } from '../support/wecom-stage.ts';

const group = 'cidDongQu==';
const robot = '/v1.0/im/bot/messages/get';
let server: DingtalkServer;
let play: PlatformService;
/** Somebody of the roster's staff, by account. */
let staff: string;

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
  server = await startDingtalkServer();
  play = await startPlatformService('2022-04-19T08:00:00+08:00', (ports) => dingtalkOn(server, ports));
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
}, 60_000);
afterAll(async () => {
  await play?.close();
  await server?.close();
});

const count = async (table: string): Promise<number> =>
  (await play.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;
const cardIn = (chat: string): ServedCard => server.cardIn(chat);
const submit = (card: ServedCard, userId: string, filled: object) => submitForm(server, card, userId, filled);
let said = 0;
const say = (userId: string, text: string, more: object = {}) => {
  said += 1;
  return server.gateway.stream(robot, robotSays(text, { msgId: `said${said}`, senderStaffId: userId, ...more }));
};

describe('a day in DingTalk', { timeout: 60_000 }, () => {
  it('posts the zone’s card into its group and a home card into each private chat', async () => {
    await play.moveTo('2022-04-19T08:31:00+08:00');
    expect(cardIn(group).all.title).toContain('东区组团');
    expect(optionsOf(server, cardIn(group), 'inspector0', 'compound').length).toBeGreaterThan(2);
    expect(fieldsOf(server, cardIn(`person:${staff}`), staff).map(({ type }) => type)).toEqual([
      'MULTI_CHECKBOX_GROUP',
      'TEXT_AREA',
      'CHECKBOX_GROUP',
    ]);
  });

  it('records 全部落实 of the compound that an inspector chose, and draws the group’s card anew for the others', async () => {
    const card = cardIn(group);
    const [chosen] = optionsOf(server, card, 'inspector0', 'compound');
    const seen = await submit(card, 'inspector0', {
      compound: { index: 0, value: chosen?.value },
      dudao_action: 'all_ok',
    });
    expect(seen.title).toContain('已记录');
    expect(await count('inspection')).toBe(1);
    await play.settle();
    expect(server.viewOf(card.outTrackId, 'inspector1').desc).toContain('已完成 1');
    expect(server.viewOf(card.outTrackId, 'inspector0').title).toContain('已记录');
  });

  it('turns the group’s card into a form of one’s own for what is not done', async () => {
    const card = cardIn(group);
    const compound = optionsOf(server, card, 'inspector1', 'compound').at(-1)?.value ?? '';
    await submit(card, 'inspector1', { compound: { index: 1, value: compound }, dudao_action: 'has_exceptions' });
    expect(fieldsOf(server, card, 'inspector1')[0]).toMatchObject({ name: 'not_done', type: 'MULTI_CHECKBOX_GROUP' });
    const seen = await submit(card, 'inspector1', {
      not_done: ['isolation_point'],
      note: '观察点被占用',
      dudao_action: 'submit',
    });
    expect(`${seen.title}${seen.desc}`).toContain('4 隔离观察点');
    expect([await count('inspection'), await count('finding')]).toEqual([2, 1]);
  });

  it('records a home inspection once, though its press was delivered twice and its connection was ended', async () => {
    const before = await count('inspection');
    server.gateway.doubled = true;
    server.gateway.disconnect(50);
    const seen = await submit(cardIn(`person:${staff}`), staff, { not_done: ['staff_mask'], dudao_action: 'submit' });
    server.gateway.doubled = false;
    expect(`${seen.title}${seen.desc}`).toContain('8 员工戴口罩');
    expect(await count('inspection')).toBe(before + 1);
    expect(server.gateway.mostConnections()).toBeLessThanOrEqual(2);
  });

  it('takes a typed answer in the group, and a command in private', async () => {
    const card = cardIn(group);
    const left = optionsOf(server, card, 'inspector2', 'compound').at(-1)?.text.split(' · ')[0] ?? '';
    const before = await count('inspection');
    await say('inspector2', `${left} 全部落实`, { conversationId: group });
    await until(async () => expect(await count('inspection')).toBe(before + 1));
    await say(staff, '/帮助', { conversationType: '1', conversationId: 'cidPrivate' });
    await play.settle();
    expect(server.shownIn(`person:${staff}`).join()).toContain('/帮助');
  });

  it('refuses a stranger in words, and a card that is over', async () => {
    const seen = await submit(cardIn(group), 'stranger', { dudao_action: 'all_ok' });
    expect(seen.tip).not.toBe('');
    const ack = await server.press('nobody-knows', 'inspector0', { dudao_action: 'all_ok' });
    expect(JSON.stringify(ack)).toContain('tip');
  });
});
