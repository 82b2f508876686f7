// Leave, deputies and who is who, by command (E13, E29, R03).
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient, type ShownCard } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

interface One {
  readonly id: string;
  readonly name: string;
}

let service: RunningService;
let play: PlaygroundClient;
let pool: pg.Pool;
/** A department head with staff of the department, who hold no other role and whose names nobody else has. */
let head: One;
let staff: One[];
let liaison: One;
/** Somebody of the liaison's own organisation. */
let colleague: One;

const query = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await pool.query<T>(sql, values)).rows;

beforeAll(async () => {
  service = await startTestService({
    campaignStart: '2022-04-19',
    clockStart: '2022-04-20T08:00:00+08:00',
  });
  pool = new pg.Pool({ connectionString: service.databaseUrl });
  play = playgroundClient(service.url, testToken);
  await play.clock({ advanceTo: '2022-04-20T08:35:00+08:00' });
  const own = `from person p join organisation o on o.id = p.organisation_id and o.kind = 'bureau'
    where exists (select from binding b where b.person_id = p.id) and (select count(*) from person q where q.name = p.name) = 1`;
  const [first] = await query<One & { department: string }>(
    `select p.id, p.name, p.department ${own} and exists (select from role_holding h where h.person_id = p.id and h.role = 'department_head')
       and not exists (select from role_holding h where h.person_id = p.id and h.role in ('office', 'commander'))
       and (select count(*) from person q where q.department = p.department and q.organisation_id = p.organisation_id) > 8 order by p.id limit 1`,
  );
  if (!first) throw new Error('no department of the demo roster will do');
  head = first;
  staff = await query<One>(
    `select p.id, p.name ${own} and p.department = $1 and p.id <> $2
       and not exists (select from role_holding h where h.person_id = p.id and h.role <> 'staff') order by p.id limit 5`,
    [first.department, head.id],
  );
  [liaison = head] = await query<One>(
    `select p.id, p.name from person p join role_holding h on h.person_id = p.id and h.role = 'liaison' order by p.id limit 1`,
  );
  [colleague = head] = await query<One>(
    `select p.id, p.name from person p where p.organisation_id = (select organisation_id from person where id = $1) and p.id <> $1
       and (select count(*) from person q where q.name = p.name) = 1 and not exists (select from role_holding h where h.person_id = p.id and h.role = 'liaison')
       and exists (select from binding b where b.person_id = p.id) order by p.id limit 1`,
    [liaison.id],
  );
}, 60_000);
afterAll(async () => {
  await pool.end();
  await service?.close();
});

const person = (n: number): One => {
  const found = staff[n];
  if (!found) throw new Error('too few members of staff');
  return found;
};
const say = (who: One, text: string) => play.say(who.id, `person:${who.id}`, text);
const hears = async (who: One, words: string): Promise<void> => {
  await expect
    .poll(async () => (await play.messages(`person:${who.id}`, who.id)).flatMap((m) => m.text ?? []).join('\n'), {
      timeout: 5_000,
    })
    .toContain(words);
};
const newest = async (who: One, title: string): Promise<ShownCard> => {
  let found: ShownCard | undefined;
  await expect
    .poll(
      async () => {
        const cards = (await play.messages(`person:${who.id}`, who.id)).flatMap((m) => m.card ?? []);
        found = cards.findLast((card) => card.title.includes(title));
        return found !== undefined;
      },
      { timeout: 5_000 },
    )
    .toBe(true);
  return found as ShownCard;
};
const duties = async (who: One) =>
  (await play.all<{ person: string; kind: string; state: string; compound: string | null }>('/assignments')).filter(
    (a) => a.person === who.id,
  );
const home = async () =>
  (await play.api<{ city: { home: { owed: number; excused: number; done: number } } }>('/tally')).city.home;

describe('leave', { timeout: 30_000 }, () => {
  it('that covers the last day excuses the home duty; ended, it is owed again (E13)', async () => {
    const one = person(0);
    const before = await home();
    await say(head, `/请假 ${one.name} 4月25日-27日 病假`);
    await hears(head, `已登记：${one.name} 4月25日（周一）至 4月27日（周三）请假`);
    expect(await duties(one)).toMatchObject([{ kind: 'home', state: 'excused' }]);
    expect(await home()).toEqual({ ...before, excused: before.excused + 1 });
    await say(head, `/excuse ${one.name} 取消`);
    await hears(head, '已销假');
    expect(await duties(one)).toMatchObject([{ state: 'open' }]);
    expect(await home()).toEqual(before);
  });

  it('of other days leaves the duty as it is (E13)', async () => {
    const one = person(1);
    await say(head, `/请假 ${one.name} 明天`);
    await hears(head, `已登记：${one.name} 4月21日（周四）请假`);
    expect(await duties(one)).toMatchObject([{ state: 'open' }]);
  });

  it('is asked for with a day, and only by whoever answers for the person (E13)', async () => {
    await say(head, `/请假 ${person(1).name}`);
    await hears(head, '请写明');
    await say(head, `/请假 ${person(1).name} 4月31日`);
    await hears(head, '不是有效的日期');
    await say(person(0), `/请假 ${person(1).name} 明天`);
    await expect.poll(() => query(`select from absence where by_id = $1`, [person(0).id])).toEqual([]);
  });
});

describe('a deputy', { timeout: 30_000 }, () => {
  it('inspects in the place of a colleague: owed until the record is there, then excused, and the compound is covered (E13)', async () => {
    const [one, two] = [person(2), person(3)];
    const before = await home();
    await say(one, `/委托 ${two.name}`);
    await hears(one, `由${two.name}代为检查`);
    expect(await duties(one)).toMatchObject([{ kind: 'home', state: 'reassigned' }]);
    expect(await home()).toEqual(before);
    const checklist = (await play.messages(`person:${two.id}`, two.id))
      .flatMap((m) => m.card ?? [])
      .findLast((c) => c.lines.some((l) => l.includes(`受${one.name}委托`)));
    const done = await play.press(two.id, `person:${two.id}`, checklist?.id ?? '', 'all_ok');
    expect(done.card?.kind).toBe('confirmation');
    expect(await duties(one)).toMatchObject([{ state: 'excused' }]);
    expect(await home()).toMatchObject({ owed: before.owed, excused: before.excused + 1, done: before.done });
    await play.press(two.id, `person:${two.id}`, checklist?.id ?? '', 'undo');
    expect(await duties(one)).toMatchObject([{ state: 'reassigned' }]);
    expect(await home()).toEqual(before);
  });

  it('holds the seats of a colleague for some days, and no longer (E13, R03)', async () => {
    const one = colleague;
    await say(liaison, `/委托 ${one.name} 4月20日-21日`);
    await hears(liaison, `由${one.name}代行${liaison.name}的职责`);
    await say(one, '/谁');
    const card = await newest(one, one.name);
    expect(card.lines.join('\n')).toContain('督导联络员（');
    expect(card.lines.join('\n')).toContain('代行，到 4月21日');
    expect(
      (await query<{ to_on: string }>(`select to_on::text from role_holding where deputy_for = $1`, [liaison.id])).map(
        (r) => r.to_on,
      ),
    ).toEqual(expect.arrayContaining(['2022-04-21']));
  });

  it('cannot sign for the head of a unit (E13)', async () => {
    const [signer] = await query<One & { colleague: string }>(
      `select p.id, p.name, (select q.name from person q where q.organisation_id = p.organisation_id and q.id <> p.id
           and (select count(*) from person r where r.name = q.name) = 1 limit 1) as colleague
         from person p join role_holding h on h.person_id = p.id and h.role = 'signatory'
        where exists (select from binding b where b.person_id = p.id) and not exists (select from role_holding r where r.person_id = p.id and r.role <> 'signatory')
          and exists (select from person q where q.organisation_id = p.organisation_id and q.id <> p.id and (select count(*) from person r where r.name = q.name) = 1)
        order by p.id limit 1`,
    );
    if (!signer) throw new Error('no head of a unit with a colleague');
    await say(signer, `/委托 ${signer.colleague} 明天`);
    await hears(signer, '不能委托');
  });
});

describe('/who', { timeout: 30_000 }, () => {
  it('names those in charge of a zone, and a vacancy (R03)', async () => {
    await say(person(0), '/谁 东区组团');
    expect((await newest(person(0), '东区组团')).lines.join('\n')).toContain('督导监督员 · 梁梓胜');
  });

  it('tells of a person in private only, and only to those who may know (E29)', async () => {
    const one = person(1);
    const group = (await play.chats(liaison.id)).find((chat) => chat.kind === 'group')?.id ?? '';
    await play.say(liaison.id, group, `/who ${one.name}`, true);
    await expect
      .poll(async () => (await play.messages(group, liaison.id)).flatMap((m) => m.text ?? []).join('\n'), {
        timeout: 5_000,
      })
      .toContain('这里不方便说其他人的情况');
    await say(head, `/who ${one.name}`);
    expect((await newest(head, one.name)).lines.join('\n')).toContain('请假 · 4月21日');
    await say(person(0), `/who ${one.name}`);
    await expect
      .poll(async () => (await play.messages(`person:${person(0).id}`, person(0).id)).length, { timeout: 5_000 })
      .toBeGreaterThan(2);
    const shown = await play.messages(`person:${person(0).id}`, person(0).id);
    expect(shown.some((m) => m.card?.title === one.name)).toBe(false);
  });
});
