// A login link as the chat would send it, for tests and pictures that are about what comes after.
import type { RunningService } from '../../src/commands/serve.ts';
import { makeLinkMaker } from '../../src/http/web/link-tokens.ts';
import { makeCommitter } from '../../src/store/commit.ts';
import { openPool } from '../../src/store/pool.ts';

/** For the first who holds a role, or for a person by id; good for a year. */
export const loginLink = async (
  { url, databaseUrl }: Pick<RunningService, 'url' | 'databaseUrl'>,
  who: string,
  purpose: 'login' | 'wall' = 'login',
): Promise<string> => {
  const pool = openPool(databaseUrl, { max: 1 });
  try {
    const { rows } = await pool.query<{ secret: string; person: string; campaign: string }>(
      `select (select value #>> '{}' from setting where key = 'cookie.secret') as secret,
              (select person_id from role_holding where role = $1 or person_id = $1 order by id limit 1) as person,
              (select campaign from pack limit 1) as campaign`,
      [who],
    );
    const [row] = rows;
    if (!row?.person) throw new Error(`nobody is ${who}`);
    const order = { purpose, campaign: row.campaign, personId: row.person, now: new Date(), minutes: 525_600 };
    const { link, url: address } = makeLinkMaker(row.secret, () => url).make(order);
    await makeCommitter(pool).commit({ links: [link] });
    return address;
  } finally {
    await pool.end();
  }
};
