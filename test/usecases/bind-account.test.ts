import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCards } from '../../src/compose/service.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { InboundEvent } from '../../src/ports.ts';
import { makeCommitter } from '../../src/store/commit.ts';
import { makePeople } from '../../src/store/people.ts';
import { bindStranger, makeBindCode } from '../../src/usecases/bind-account.ts';
import type { Service } from '../../src/usecases/service.ts';
import { createTestDatabase } from '../support/database.ts';
import { at, zhongshan } from '../support/universe.ts';

const now = at('2022-04-19 09:00');
let pool: pg.Pool;
let campaign: Campaign;
let service: Service;

const says = (sender: string, text: string): InboundEvent => ({
  channel: 'telegram',
  id: `${sender}/${text}`,
  sender,
  chat: { kind: 'person', id: `person:${sender}` },
  body: { kind: 'text', text, mentionsBot: true },
});

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: (await createTestDatabase()).url });
  campaign = await zhongshan();
  const cards = (await openCards()).book;
  service = { people: makePeople(pool), committer: makeCommitter(pool), cards } as unknown as Service;
  await pool.query(
    `insert into person (id, name, lives, no_account, added_at) values ('p1', '张工', 'unknown', false, $1)`,
    [now],
  );
});
afterAll(() => pool.end());

describe('a one-time code', () => {
  it('binds the account of whoever sends it, once, and not a minute too late (E22)', async () => {
    const { code, row } = makeBindCode('p1', now, 30);
    await service.committer.commit({ bindCodes: [row] });
    const late = new Date(now.getTime() + 31 * 60_000);
    expect((await bindStranger(service, campaign, says('t1', `/bind ${code}`), late))?.answer?.toast).toContain(
      '已过期',
    );
    const typed = `／绑定 ${code.toUpperCase().replace('-', ' ')}`;
    const bound = await bindStranger(service, campaign, says('t1', typed), now);
    expect(bound?.answer?.toast).toContain('张工，您好，已绑定');
    // Two at once: the second finds the code spent, and reads again.
    expect(await service.committer.commit(bound?.change ?? {})).toBe('committed');
    expect(await service.committer.commit(bound?.change ?? {})).toBe('stale');
    expect((await bindStranger(service, campaign, says('t2', `/bind ${code}`), now))?.answer?.toast).toContain(
      '绑定码不对',
    );
    const { rows } = await pool.query('select channel, external_id, person_id from binding');
    expect(rows).toEqual([{ channel: 'telegram', external_id: 't1', person_id: 'p1' }]);
    const events = await pool.query(`select kind, subject_id from event`);
    expect(events.rows).toEqual([{ kind: 'person.bound', subject_id: 'p1' }]);
  });

  it('is nobody’s business in a group, and no other text is taken for one', async () => {
    const group = { ...says('t3', '/bind abcd-efgh'), chat: { kind: 'group' as const, id: 'g' } };
    expect(await bindStranger(service, campaign, group, now)).toBeNull();
    expect(await bindStranger(service, campaign, says('t3', '你好'), now)).toBeNull();
  });
});
