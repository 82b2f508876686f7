// One day in WeCom: a zone's group with the bot, and private chats with the app, over the platform's wire formats.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWecomService, type WecomService } from '../support/wecom-service.ts';
import { pressXml, seal, textXml, until } from '../support/wecom-stage.ts';

const group = 'wrDongQu';
let play: WecomService;
/** People of the roster by what they do here, with the account each of them has. */
let inspectors: string[];
let staff: string;
let town: string;

type Json = Record<string, unknown>;
interface Template extends Json {
  readonly button_list?: readonly { readonly text: string; readonly key: string }[];
  readonly button_selection?: { readonly option_list: readonly { readonly id: string }[] };
  readonly submit_button?: { readonly key: string };
  readonly checkbox?: { readonly option_list: readonly { readonly id: string; readonly text: string }[] };
}

const idsOf = async (sql: string): Promise<string[]> =>
  (await play.pool.query<{ id: string }>(sql)).rows.map((row) => row.id);
const bind = async (person: string, account: string): Promise<string> => {
  await play.pool.query(
    `insert into binding (channel, external_id, person_id, bound_at) values ('wecom', $1, $2, now())`,
    [account, person],
  );
  return account;
};

beforeAll(async () => {
  play = await startWecomService('2022-04-19T08:00:00+08:00');
  await play.pool.query(
    `insert into chat_group (channel, external_id, title, serves_kind, serves_name, bound_at) values ('wecom', $1, '东区组团', 'zone', '东区组团', now())`,
    [group],
  );
  const found = await idsOf(
    `select person_id as id from role_holding where role = 'inspector' and scope = '东区组团' order by id limit 3`,
  );
  inspectors = await Promise.all(found.map((id, i) => bind(id, `inspector${i}`)));
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

const cardsIn = (chat: string): Template[] =>
  play.server.seen
    .filter((one) => one.chat === chat && one.body.template_card)
    .map((one) => one.body.template_card as Template);
const keyOf = (card: Template | undefined, label: string): string =>
  card?.button_list?.find((button) => button.text === label)?.key ?? '';
const count = async (table: string): Promise<number> =>
  (await play.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;

let presses = 0;
/** Presses in the group, over the bot's connection: what the presser's card becomes. */
const pressInGroup = async (
  account: string,
  key: string,
  items: Record<string, string[]> = {},
): Promise<Template | undefined> => {
  presses += 1;
  const selected_item = Object.entries(items).map(([question_key, option_id]) => ({
    question_key,
    option_ids: { option_id },
  }));
  const answer = await play.server.botCallback(
    'aibot_event_callback',
    {
      msgid: `press-${presses}`,
      from: { userid: account },
      chatid: group,
      chattype: 'group',
      msgtype: 'event',
      event: {
        eventtype: 'template_card_event',
        template_card_event: { event_key: key, task_id: 'T', selected_items: { selected_item } },
      },
    },
    5_000,
  );
  return answer?.template_card as Template | undefined;
};
/** Presses in private, as an encrypted callback delivered `times` times at once. */
const pressInPrivate = async (account: string, key: string, items = {}, times = 1): Promise<Template | undefined> => {
  const before = play.server.changes.length;
  const callback = seal(pressXml({ key, items, from: account, code: play.server.newCode() }));
  const acks = await Promise.all(Array.from({ length: times }, () => play.channel.receive(callback, play.onEvent)));
  expect(acks.map((ack) => [ack.status, ack.body])).toEqual(Array.from({ length: times }, () => [200, '']));
  await until(() => expect(play.server.changes.length).toBe(before + 1));
  return play.server.changes.at(-1)?.card as Template | undefined;
};

describe('19 April 2022 in WeCom', { timeout: 60_000 }, () => {
  it('posts the zone’s card into its group and a home card into each private chat', async () => {
    await play.moveTo('2022-04-19T08:31:00+08:00');
    expect(cardsIn(group).length).toBeGreaterThan(0);
    expect(cardsIn(group)[0]).toMatchObject({
      card_type: 'button_interaction',
      main_title: { title: expect.stringContaining('东区组团') },
    });
    expect(cardsIn(staff)).toMatchObject([
      { card_type: 'button_interaction', button_list: [{ text: '全部落实' }, { text: '有未落实' }] },
    ]);
  });

  it('records 全部落实 of the compound that an inspector chose', async () => {
    const [card] = cardsIn(group);
    const [, compound] = card?.button_selection?.option_list ?? [];
    const shown = await pressInGroup('Inspector0', keyOf(card, '全部落实'), { compound: [compound?.id ?? ''] });
    expect(JSON.stringify(shown)).toContain('已记录');
    expect(await count('inspection')).toBe(1);
    expect(play.server.changes.at(-1)?.userIds).toEqual(['Inspector0']);
  });

  it('asks back privately when no compound was chosen, and records nothing', async () => {
    const [card] = cardsIn(group);
    expect(inspectors).toContain('inspector1');
    const presser = 'inspector1';
    await play.server.botCallback(
      'aibot_event_callback',
      {
        msgid: 'nothing-chosen',
        from: { userid: presser },
        chatid: group,
        chattype: 'group',
        msgtype: 'event',
        event: {
          eventtype: 'template_card_event',
          template_card_event: {
            event_key: keyOf(card, '全部落实'),
            task_id: 'T',
            selected_items: { selected_item: [{ question_key: 'compound', option_ids: { option_id: ['-'] } }] },
          },
        },
      },
      300,
    );
    await until(() => expect(play.server.shownIn(presser).join()).toContain('请先选择小区'));
    expect(await count('inspection')).toBe(1);
  });

  it('turns ticks into a record and a finding that the town hears of', async () => {
    const [card] = cardsIn(group);
    const compound = card?.button_selection?.option_list[2]?.id ?? '';
    const form = await pressInGroup('inspector1', keyOf(card, '有未落实'), { compound: [compound] });
    expect(form).toMatchObject({ card_type: 'vote_interaction', checkbox: { question_key: 'ticks:not_done' } });
    const shown = await pressInGroup('inspector1', form?.submit_button?.key ?? '', {
      'ticks:not_done': ['isolation_point'],
    });
    expect(JSON.stringify(shown)).toContain('4 隔离观察点');
    expect([await count('inspection'), await count('finding')]).toEqual([2, 1]);
    await play.moveTo('2022-04-19T09:30:00+08:00');
    expect(JSON.stringify(cardsIn(town))).toContain('整改通知');
  });

  it('lets the town report the fix', async () => {
    const notice = cardsIn(town).find((card) => JSON.stringify(card).includes('整改通知'));
    const callback = seal(pressXml({ key: keyOf(notice, '已整改，上报'), from: town, code: play.server.newCode() }));
    await play.channel.receive(callback, play.onEvent);
    await until(() => expect(play.server.shownIn(town).join()).toContain('已上报'));
    await until(async () =>
      expect((await play.pool.query('select state from finding')).rows).toEqual([{ state: 'reported' }]),
    );
  });

  it('records a home inspection once, though its press was delivered three times at once', async () => {
    const [card] = cardsIn(staff);
    const before = await count('inspection');
    const form = await pressInPrivate(staff, keyOf(card, '有未落实'));
    expect(form?.checkbox?.option_list).toHaveLength(8);
    const shown = await pressInPrivate(staff, form?.submit_button?.key ?? '', { 'ticks:not_done': ['staff_mask'] }, 3);
    expect(JSON.stringify(shown)).toContain('8 员工戴口罩');
    expect(await count('inspection')).toBe(before + 1);
  });

  it('answers a command in private, and posts the day’s tally into the group', async () => {
    await play.channel.receive(seal(textXml('cmd-1', '/帮助', staff)), play.onEvent);
    await play.settle();
    expect(play.server.shownIn(staff).join()).toContain('/帮助');
    await play.moveTo('2022-04-19T20:01:00+08:00');
    expect(play.server.shownIn(group).join()).toContain('小结');
  });

  it('leaves nothing unknown, failed or waiting', async () => {
    const { rows } = await play.pool.query(
      `select state, error from outbox where state not in ('sent', 'expired') and not_before <= '2022-04-19T20:01:00+08:00'`,
    );
    expect(rows).toEqual([]);
  });
});
