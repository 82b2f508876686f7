// What a callback brought about waits in the outbox for its acknowledgement, over all processes (DESIGN §1).
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeHolds } from '../../src/delivery/holds.ts';
import { makeCommitter } from '../../src/store/commit.ts';
import { makeOutbox } from '../../src/store/outbox.ts';
import { openPool } from '../../src/store/pool.ts';
import { createTestDatabase } from '../support/database.ts';
import { enqueue, noon, outgoing } from '../support/outbox-rows.ts';

let pool: pg.Pool;

beforeAll(async () => {
  pool = openPool((await createTestDatabase()).url);
});
afterAll(() => pool.end());
beforeEach(() => pool.query('truncate outbox, lane, card_mark'));

/** A callback whose acknowledgement a test writes, and what it brought about in one chat. */
const callback = async (holds: ReturnType<typeof makeHolds>, chat: string, ...texts: string[]) => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const messages = texts.map((text) => outgoing(chat, text));
  await makeCommitter(pool).commit({ messages, marks: [`card-of-${chat}`] }, holds.until(promise));
  return async (written = true) => {
    resolve(written);
    await promise;
  };
};
/** What stands in its lane once this process has posted, in the order of each lane. */
const posted = async (holds: ReturnType<typeof makeHolds>): Promise<string[]> => {
  await makeOutbox(pool, holds).post(noon);
  const { rows } = await pool.query<{ key: string }>(
    'select key from outbox where seq is not null order by channel, chat, seq',
  );
  return rows.map(({ key }) => key);
};
const longAgo = () => pool.query(`update outbox set written_at = written_at - interval '7 s'`);

describe('a callback that is not acknowledged yet', () => {
  it('keeps its own messages back, and lets those of other chats go', async () => {
    const holds = makeHolds();
    const acknowledge = await callback(holds, 'a', '1', '2');
    await enqueue(pool, outgoing('b', '1'));
    expect(await posted(holds)).toEqual(['b/1']);
    await acknowledge();
    expect(await posted(holds)).toEqual(['a/1', 'a/2', 'b/1']);
  });

  it('lets them go too when nobody received the acknowledgement', async () => {
    const holds = makeHolds();
    const acknowledge = await callback(holds, 'a', '1');
    await acknowledge(false);
    expect(await posted(holds)).toEqual(['a/1']);
  });

  it('keeps the order of its chat: what was said before goes, what was said after waits', async () => {
    const holds = makeHolds();
    await enqueue(pool, outgoing('a', 'before'));
    const first = await callback(holds, 'a', 'first');
    const second = await callback(holds, 'a', 'second');
    await enqueue(pool, outgoing('a', 'after'));
    await second();
    expect(await posted(holds)).toEqual(['a/before']);
    await first();
    expect(await posted(holds)).toEqual(['a/before', 'a/first', 'a/second', 'a/after']);
  });

  it('is left alone by other processes until its own must be gone', async () => {
    const [dead, other] = [makeHolds(), makeHolds()];
    await callback(dead, 'a', '1');
    await enqueue(pool, outgoing('a', '2'));
    expect(await posted(other)).toEqual([]);
    await longAgo();
    expect(await posted(other)).toEqual(['a/1', 'a/2']);
  });

  it('redraws no card', async () => {
    const [holds, other] = [makeHolds(), makeHolds()];
    const acknowledge = await callback(holds, 'a');
    const marks = (of: typeof holds) => makeOutbox(pool, of).takeMarks(noon, ['telegram']);
    expect([await marks(holds), await marks(other)]).toEqual([0, 0]);
    await acknowledge();
    expect([await marks(other), await marks(holds)]).toEqual([0, 1]);
  });
});

it('marks nothing that no callback brought about', async () => {
  const holds = makeHolds();
  await makeCommitter(pool).commit({ messages: [outgoing('a', '1')] });
  expect(await posted(holds)).toEqual(['a/1']);
  expect(holds.open()).toEqual([]);
});
