// A person whom a command names: found, chosen among several, or answered with the nearest names.

import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardBook } from '../../src/cards/card-book.ts';
import { loadCards } from '../../src/cards/load-cards.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import { hasRole, type Person } from '../../src/domain/people.ts';
import { openPool } from '../../src/store/pool.ts';
import { makeRoster } from '../../src/store/roster-reading.ts';
import type { CommandPending } from '../../src/usecases/ask-which.ts';
import { findPerson } from '../../src/usecases/find-person.ts';
import type { Situation } from '../../src/usecases/service.ts';
import { createTestDatabase } from '../support/database.ts';
import { insert } from '../support/seed.ts';
import { at, counter, zhongshan } from '../support/universe.ts';

let pool: pg.Pool;
let campaign: Campaign;
let situation: (text: string) => Situation;
beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
  campaign = await zhongshan();
  const loaded = await loadCards(join(import.meta.dirname, '../../cards'));
  if (!loaded.ok) throw new Error('the shipped cards have faults');
  const book = cardBook(loaded.templates, campaign.calendar);
  const added_at = at('2022-04-01 08:00');
  await insert(pool, 'organisation', [
    { id: 'o1', name: '东区街道住房城乡建设局', kind: 'town_bureau', area: '东区街道' },
    { id: 'o2', name: '市住房城乡建设局', kind: 'bureau', area: null },
  ]);
  const people: [string, string, string, string | null, string | null][] = [
    ['p1', '张三', 'o1', '物业股', null],
    ['p2', '张三', 'o2', '房产科', null],
    ['p3', '李四', 'o2', '房产科', null],
    ['p4', '李小四', 'o1', null, null],
    ['p5', '李五', 'o1', null, '2022-04-10'],
    ['p6', '王五', 'o1', null, null],
    ...Array.from({ length: 5 }, (_, i): [string, string, string, string, null] => [
      `w${i}`,
      '陈伟',
      'o2',
      `${i}科`,
      null,
    ]),
  ];
  await insert(
    pool,
    'person',
    people.map(([id, name, organisation_id, department, left_on]) => ({
      id,
      name,
      organisation_id,
      department,
      left_on,
      lives: 'unknown',
      no_account: false,
      added_at,
    })),
  );
  await insert(
    pool,
    'role_holding',
    people.map(([id]) => ({
      id,
      person_id: id,
      role: id === 'p6' ? 'inspector' : 'staff',
      campaign: null,
      scope_kind: id === 'p6' ? 'zone' : 'organisation',
      scope: id === 'p6' ? '东区组团' : 'x',
    })),
  );
  situation = (text) =>
    ({
      campaign,
      service: { cards: () => book, ids: { next: counter() }, roster: makeRoster(pool) },
      event: {
        channel: 'playground',
        id: 'e1',
        sender: 'x1',
        chat: { kind: 'person', id: 'person:x1' },
        body: { kind: 'text', text, mentionsBot: true },
      },
      scene: { card: null },
      person: { id: 'me' },
      now: at('2022-04-19 10:00'),
      today: '2022-04-19',
      inbound: 'playground/e1',
    }) as unknown as Situation;
});
afterAll(() => pool?.end());

const staffOnly = (person: Person): boolean => hasRole(person, 'staff');

describe('a person named in a command', () => {
  it.each([
    ['李四 明天 病假', 'p3', '明天 病假'],
    ['李四', 'p3', ''],
    ['李四，阳光花园 都有', 'p3', '阳光花园 都有'],
    ['张三（东区街道） 明天', 'p1', '明天'],
    ['张三(房产科) 明天', 'p2', '明天'],
    ['#p2 明天', 'p2', '明天'],
  ])('%s', async (text, id, rest) => {
    expect(await findPerson(situation(text), text, staffOnly)).toMatchObject({ kind: 'person', person: { id }, rest });
  });

  const saidTo = async (text: string): Promise<string> => {
    const found = await findPerson(situation(text), text, staffOnly);
    return found.kind === 'said' ? (found.outcome.answer?.toast ?? '') : `found ${found.person.id}`;
  };

  it.each([
    ['李斯 明天', /没有找到“李斯”.*李四（市住房城乡建设局房产科）/],
    ['王丰 明天', /没有找到“王丰”。请核对姓名/],
    ['王五 明天', /王五不在您负责的范围/],
    ['李五 明天', /没有找到“李五”.*李四/],
    ['', /请写明姓名/],
    ['张三（南区） 明天', /没有找到“张三”/],
    ['陈伟', /叫陈伟的有 5 位.*陈伟（市住房城乡建设局0科）/],
    ['%', /没有找到“%”/],
    ['张_', /没有找到“张_”/],
  ])('%s is answered with what can be done', async (text, words) => {
    expect(await saidTo(text)).toMatch(words);
  });

  it('who is one of two of that name is chosen on a card, and the tap says the whole command again', async () => {
    const text = '/请假 张三 明天 病假';
    const found = await findPerson(situation(text), '张三 明天 病假', staffOnly);
    const [card] = found.kind === 'said' ? (found.outcome.change.cards ?? []) : [];
    const pending = card?.data.command as CommandPending;
    expect(pending.readings).toEqual([
      { label: '张三（东区街道住房城乡建设局物业股）', says: '/请假 #p1 明天 病假' },
      { label: '张三（市住房城乡建设局房产科）', says: '/请假 #p2 明天 病假' },
    ]);
  });
});
