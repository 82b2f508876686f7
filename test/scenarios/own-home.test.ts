// "Which compound do you live in?": asked once, found by search, never guessed; or in none, which the department head confirms.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient, type ShownCard } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

interface Staff {
  readonly id: string;
  readonly name: string;
  readonly department: string;
}

let service: RunningService;
let play: PlaygroundClient;
let pool: pg.Pool;
/** Staff of the bureau who are heads of no department, and of whom it is not known where they live. */
let staff: Staff[];
let head: Staff;

const query = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await pool.query<T>(sql, values)).rows;

beforeAll(async () => {
  service = await startTestService({
    campaignStart: '2022-04-19',
    clockStart: '2022-04-19T08:00:00+08:00',
  });
  pool = new pg.Pool({ connectionString: service.databaseUrl });
  play = playgroundClient(service.url, testToken);
  const heads = await query<Staff>(
    `select p.id, p.name, p.department from person p join role_holding h on h.person_id = p.id and h.role = 'department_head'
      join organisation o on o.id = p.organisation_id and o.kind = 'bureau'
      where (select count(*) from person q join role_holding s on s.person_id = q.id and s.role = 'staff'
        where q.organisation_id = p.organisation_id and q.department = p.department) > 5 order by p.id limit 1`,
  );
  head = heads[0] as Staff;
  staff = await query<Staff>(
    `select p.id, p.name, p.department from person p join role_holding h on h.person_id = p.id and h.role = 'staff'
      where p.department = $1 and p.organisation_id = (select organisation_id from person where id = $2) and p.id <> $2
        and exists (select from binding b where b.person_id = p.id)
        and not exists (select from role_holding r where r.person_id = p.id and r.role <> 'staff') order by p.id limit 5`,
    [head.department, head.id],
  );
  await query(`update person set lives = 'unknown', compound_id = null where id = any($1)`, [staff.map((s) => s.id)]);
  // The duties were put on the books when the service started.
  await query(`update assignment set compound_id = null where kind = 'home' and person_id = any($1)`, [
    staff.map((s) => s.id),
  ]);
  await query(
    `insert into compound (id, name, aliases, pinyin, area, status, added_at) values
      ('c_test1', '望月楼苑', '{}', 'wang yue lou yuan wyly', '东区街道', 'listed', now()),
      ('c_test2', '望月楼苑', '{}', 'wang yue lou yuan wyly', '火炬开发区', 'listed', now()),
      ('c_test3', '听雨轩庭', '{听雨}', $1, '东区街道', 'listed', now())`,
    ['ting yu xuan ting tyxt\nting yu ty'],
  );
  await play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
}, 60_000);
afterAll(async () => {
  await pool.end();
  await service?.close();
});

const person = (n: number): Staff & { chat: string } => {
  const found = staff[n];
  if (!found) throw new Error('too few members of staff');
  return { ...found, chat: `person:${found.id}` };
};
const cards = async (id: string): Promise<ShownCard[]> =>
  (await play.messages(`person:${id}`, id)).flatMap((message) => message.card ?? []);
const newest = async (id: string, title: string): Promise<ShownCard> => {
  let found: ShownCard | undefined;
  await expect
    .poll(
      async () => {
        found = (await cards(id)).findLast((card) => card.title.includes(title));
        return found !== undefined;
      },
      { timeout: 5_000 },
    )
    .toBe(true);
  return found as ShownCard;
};
const duty = async (id: string) =>
  (await play.all<{ person: string; kind: string; state: string; compound: string | null }>('/assignments')).find(
    (a) => a.person === id && a.kind === 'home',
  );
const events = async (kind: string) =>
  (await play.all<{ kind: string; subject: { id: string } }>('/events')).filter((e) => e.kind === kind);
const press = (id: string, card: ShownCard, label: string, values = {}) =>
  play.press(id, `person:${id}`, card.id, card.actions.find((a) => a.label.startsWith(label))?.id ?? label, values);

describe('whoever’s compound is unknown', { timeout: 30_000 }, () => {
  it('is asked for it by a card in the morning, once (R11)', async () => {
    const { id } = person(0);
    expect((await cards(id)).map((card) => card.title)).toEqual(['请登记您居住的物业小区']);
    expect(await duty(id)).toMatchObject({ state: 'open', compound: null });
  });

  it('says its name, and gets the checklist of it at once (R11)', async () => {
    const { id, chat } = person(0);
    await play.say(id, chat, '收到');
    await play.say(id, chat, '我住在听雨轩庭');
    const checklist = await newest(id, '请检查您居住的小区：听雨轩庭');
    expect(await duty(id)).toMatchObject({ compound: 'c_test3' });
    const done = await play.press(id, chat, checklist.id, 'all_ok');
    expect(done.card?.title).toBe('已记录：听雨轩庭');
    expect(await duty(id)).toMatchObject({ state: 'done' });
  });

  it('chooses where the name fits several compounds; nothing is guessed (R11, E17)', async () => {
    const { id, chat } = person(1);
    await play.say(id, chat, '望月楼院');
    const question = await newest(id, '您住在哪一个小区');
    expect(question.actions.map((a) => a.label)).toEqual([
      '望月楼苑 · 东区街道',
      '望月楼苑 · 火炬开发区',
      '都不是',
      '我不住在物业小区',
    ]);
    expect(await duty(id)).toMatchObject({ compound: null });
    const answer = await press(id, question, '望月楼苑 · 火炬开发区');
    expect(answer.card).toMatchObject({ state: 'answered' });
    expect(answer.card?.lines[0]).toContain('您住在望月楼苑（火炬开发区）');
    await newest(id, '请检查您居住的小区：望月楼苑');
    expect(await duty(id)).toMatchObject({ compound: 'c_test2' });
  });

  it('may move within the window: the open duty goes along (E16)', async () => {
    const { id, chat } = person(1);
    await play.say(id, chat, '/我的小区 tyxt');
    await press(id, await newest(id, '您住在哪一个小区'), '听雨轩庭');
    await newest(id, '请检查您居住的小区：听雨轩庭');
    expect(await duty(id)).toMatchObject({ compound: 'c_test3', state: 'open' });
    expect(await query('select compound_id from former_home where person_id = $1', [id])).toEqual([
      { compound_id: 'c_test2' },
    ]);
  });

  it('may live where the registry knows no compound: kept as pending, and the duty is met there (E20)', async () => {
    const { id, chat } = person(2);
    await play.say(id, chat, '蓬莱仙境别苑');
    const question = await newest(id, '名册里没有找到“蓬莱仙境别苑”');
    expect((await press(id, question, '登记为新小区')).toast).toContain('请先选择镇街');
    await press(id, question, '登记为新小区', { area: '东区街道' });
    const checklist = await newest(id, '请检查您居住的小区：蓬莱仙境别苑');
    await play.press(id, chat, checklist.id, 'all_ok');
    expect(await duty(id)).toMatchObject({ state: 'done' });
    expect(await query(`select area, status, pinyin from compound where name = '蓬莱仙境别苑'`)).toEqual([
      { area: '东区街道', status: 'pending', pinyin: 'peng lai xian jing bie yuan plxjby' },
    ]);
  });

  it('may live in none: the department head is asked, and confirms or refuses; the other press is told (R10, E15)', async () => {
    const [three, four] = [person(3), person(4)];
    const before = (await play.api<{ city: { home: { owed: number; excluded: number } } }>('/tally')).city.home;
    await press(three.id, await newest(three.id, '请登记您居住'), '我不住在物业小区');
    await play.say(four.id, four.chat, '我住自建房');
    expect(await duty(three.id)).toMatchObject({ state: 'open' });
    await play.clock({ advanceBy: 'PT12M' });
    const asked = await newest(head.id, '以下 2 人表示不住在物业小区');
    expect(asked.lines.join('\n')).toContain(three.name);
    expect((await press(head.id, asked, '确认')).toast).toContain('请先勾选');
    await press(head.id, asked, '确认', { people: [three.id] });
    expect(await duty(three.id)).toMatchObject({ state: 'excluded' });
    expect(await duty(four.id)).toMatchObject({ state: 'open' });
    const after = (await play.api<{ city: { home: { owed: number; excluded: number } } }>('/tally')).city.home;
    expect(after).toMatchObject({ owed: before.owed - 1, excluded: before.excluded + 1 });
    await press(head.id, asked, '不同意', { people: [four.id] });
    expect(await duty(four.id)).toMatchObject({ state: 'open' });
    expect((await press(head.id, asked, '确认', { people: [four.id] })).card?.lines[0]).toContain('已由其他负责人处理');
    expect((await events('person.excluded')).map((e) => e.subject.id)).toEqual([three.id]);
    expect((await events('person.exclusion_refused')).map((e) => e.subject.id)).toEqual([four.id]);
  });

  it('is answered when the claim is made again, and heard when the roster knows a home (E15)', async () => {
    const said = async (one: { id: string; chat: string }): Promise<string> => {
      await play.say(one.id, one.chat, '我不住小区');
      const words = async () =>
        JSON.stringify((await play.messages(one.chat, one.id)).filter(({ from }) => from === 'bot').at(-1));
      await expect.poll(words, { timeout: 5_000 }).toContain('不住在物业小区');
      return words();
    };
    expect(await said(person(3))).toContain('部门负责人已确认您不住在物业小区');
    expect(await said(person(0))).toContain('请部门负责人确认');
  });

  it('takes a false claim back by naming a compound: the duty is owed again (R10)', async () => {
    const { id, chat } = person(3);
    await play.say(id, chat, '/我的小区 听雨');
    await newest(id, '请检查您居住的小区：听雨轩庭');
    expect(await duty(id)).toMatchObject({ state: 'open', compound: 'c_test3' });
  });
});
