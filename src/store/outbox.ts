// The outbox and its lanes in PostgreSQL, for the delivery worker. Business transactions only append rows (commit.ts);
// here they get their place in their chat's lane, are claimed one at a time in each lane, and reach their end.
// `now()` and `clock_timestamp()` are the database's real time: leases, retries and buckets are no business of the campaign.
import type pg from 'pg';
import { Problem } from '../domain/problem.ts';
import type { Claim, OpenHolds, Outbox, Settled, Settlement } from '../ports-delivery.ts';

/** Names the advisory lock under which messages are posted; any number that nobody else uses. */
const POSTING = 7_301;
const POST_MOST = 5_000;
const MARKS_MOST = 1_000;

/** Longer than any platform waits for an acknowledgement (WeCom: 5 s). */
const HOLD = `interval '6 s'`;

/**
 * Whether a row waits for a callback to be acknowledged: another process's until that one must be gone, our own as long as
 * its mark is open. `holder` and `open` are parameters.
 */
const isHeld = (row: string, holder: string, open: string): string =>
  `(${row}.hold is not null and ${row}.written_at > clock_timestamp() - ${HOLD}
    and (split_part(${row}.hold, ':', 1) <> ${holder} or ${row}.hold = any(${open})))`;

const settledColumns = (row: string): string =>
  `${row}.id, ${row}.key, ${row}.campaign, ${row}.verb, ${row}.kind, ${row}.about, ${row}.card_id as "cardId", ${row}.channel, ${row}.chat, ${row}.person_id as "personId"`;

/**
 * Id order is causal order: whoever writes because of a committed message takes his id after that commit, since ids
 * come from one sequence at insert. So numbering what is visible in id order never puts an effect before its cause, and
 * business transactions need not lock their lanes until they commit. Two that know nothing of each other may come
 * either way. What is held stops what was written after it in its chat. $1 now, $2 most, $3 and $4 for `isHeld`.
 */
const post = `
  with unposted as materialized (
    select id, channel, chat, coalesce(expires_at < $1, false) as late, ${isHeld('o', '$3', '$4')} as held from outbox o
     where state = 'waiting' and seq is null and not_before <= $1 order by id limit $2),
  held as (select channel, chat, min(id) as id from unposted where held group by channel, chat),
  due as (
    select u.id, u.channel, u.chat, u.late from unposted u left join held using (channel, chat) where held.id is null or u.id < held.id),
  placed as (
    select id, channel, chat, row_number() over (partition by channel, chat order by id) as place from due where not late),
  counted as (select channel, chat, count(*) as n from placed group by channel, chat),
  lanes as (
    insert into lane as l (channel, chat, seq, due_at) select channel, chat, n, clock_timestamp() from counted
    on conflict (channel, chat) do update set seq = l.seq + excluded.seq, due_at = coalesce(l.due_at, excluded.due_at)
    returning l.channel, l.chat, l.seq),
  posted as (
    update outbox o set seq = lanes.seq - counted.n + placed.place, hold = null
      from placed join counted using (channel, chat) join lanes using (channel, chat) where o.id = placed.id returning 1),
  expired as (
    update outbox o set state = 'expired' from due where o.id = due.id and due.late returning ${settledColumns('o')})
  select (select count(*) from unposted) = $2::int and exists (select from due) as more, expired.* from (select 1) one left join expired on true`;

/**
 * A card's update waits behind its message: in the same lane, and not before it. One that waits already is enough,
 * because it is drawn when it is sent. $1 now, $2 channels that can change a card, $3 most, $4 and $5 for `isHeld`.
 */
const takeMarks = `
  with taken as (
    delete from card_mark where id in (
      select id from card_mark m where not ${isHeld('m', '$4', '$5')} order by id limit $3 for update skip locked) returning id, card_id),
  cards as (select card_id, max(id) as mark from taken group by card_id),
  updates as (
    insert into outbox (key, campaign, channel, chat, person_id, kind, verb, about, rung, message, card_id, state, created_at, not_before, attempts)
    select 'redraw:' || c.card_id || ':' || c.mark, o.campaign, o.channel, o.chat, o.person_id, o.kind, 'update', o.about, o.rung, '{}',
           c.card_id, 'waiting', $1::timestamptz, greatest($1::timestamptz, o.not_before), 0
      from cards c join lateral (
        select * from outbox s where s.card_id = c.card_id and s.verb = 'send' order by s.id desc limit 1) o on true
     where o.channel = any($2) and o.state in ('waiting', 'sending', 'sent')
       and not exists (select from outbox w where w.card_id = c.card_id and w.verb = 'update' and w.state = 'waiting')
    on conflict (key) do nothing returning 1)
  select count(*) as taken from taken`;

/** The token bucket as it stands, its row locked: what it may give now is `tokens`. $5 its key, $6 per second, $7 burst. */
const bucket = `
  bucket as materialized (
    select least($7::float, tokens + $6::float * extract(epoch from clock_timestamp() - refilled_at)) as tokens
      from send_limit where key = $5 for update)`;
const takeTokens = `,
  spent as (
    update send_limit s set tokens = bucket.tokens - (select count(*) from sent_now), refilled_at = clock_timestamp()
      from bucket where s.key = $5 and exists (select from sent_now))`;

/**
 * One message of each of the lanes that are due and free. A row found `sending` there was left by somebody whose lease
 * ran out. The last condition on `o` matters: the lane is read as it is now, but its messages as they were when the
 * statement began, so one that was settled in between must not be taken again. $1 channels, $2 most, $3 lease,
 * $4 channels whose groups are another process's.
 */
const claim = (limited: boolean): string => `
  with ${limited ? `${bucket},` : ''}
  free as (
    select channel, chat from lane where due_at <= now() and (lease_until is null or lease_until < now()) and channel = any($1)
       and not (channel = any($4) and chat not like 'person:%')
     order by due_at limit ${limited ? 'least($2, (select floor(tokens) from bucket)::int)' : '$2'} for update skip locked),
  leased as (
    update lane l set lease = gen_random_uuid(), lease_until = now() + $3 * interval '1 ms' from free
     where l.channel = free.channel and l.chat = free.chat returning l.channel, l.chat, l.lease, l.seq as lane_seq),
  head as (
    select leased.*, first.id, first.state = 'sending' as interrupted, first.attempts
      from leased left join lateral (
        (select id, state, attempts from outbox where channel = leased.channel and chat = leased.chat and state = 'sending')
        union all
        (select id, state, attempts from outbox where channel = leased.channel and chat = leased.chat and state = 'waiting' and seq is not null
          order by seq limit 1)
        limit 1) first on true),
  sent_now as (
    update outbox o set state = 'sending', attempts = o.attempts + 1 from head
     where o.id = head.id and o.state in ('waiting', 'sending') and o.attempts = head.attempts
    returning ${settledColumns('o')}, o.seq, o.message, o.expires_at, o.attempts)${limited ? takeTokens : ''}
  select head.channel as "laneChannel", head.chat as "laneChat", head.lease, head.lane_seq as "laneSeq", head.interrupted, s.*,
         s.expires_at as "expiresAt",
         case when s.verb = 'update' then (select sent from outbox c where c.card_id = s."cardId" and c.verb = 'send' and c.state = 'sent'
           order by c.id desc limit 1) end as original${limited ? ', bucket.tokens' : ''}
    from ${limited ? 'bucket left join head on true' : 'head'} left join sent_now s on s.id = head.id`;

/**
 * Frees a lane in which nothing was found. That may be because it is empty, or because the claim looked too early: this
 * later look sees every message up to the place that the lane had then, and the lane's own row tells of newer ones.
 */
const release = `
  update lane l set lease = null, lease_until = null,
         due_at = case when l.seq > $4 or exists (
           select from outbox o where o.channel = $1 and o.chat = $2 and o.state = 'waiting' and o.seq is not null) then clock_timestamp() end
   where l.channel = $1 and l.chat = $2 and l.lease = $3`;

/**
 * The lane row is locked first, so its `seq` is the newest: whether more waits is decided by it, not by a look at the
 * outbox, which would be as old as the statement. A lane found due and empty is corrected by `release`.
 */
const settle = `
  with held as (select channel, chat, seq from lane where channel = $1 and chat = $2 and lease = $3 for update),
  done as (
    update outbox o set state = $6, sent_at = coalesce($7::timestamptz, o.sent_at), sent = coalesce($8::jsonb, o.sent), error = $9,
        attempts = o.attempts - case when $11::boolean then 1 else 0 end
      from held where o.id = $4 returning 1)
  update lane l set lease = null, lease_until = null,
         due_at = case when $10::int is not null then clock_timestamp() + $10::int * interval '1 ms'
                       when held.seq > $5 then clock_timestamp() end
    from held where l.channel = held.channel and l.chat = held.chat`;

interface ClaimRow extends Omit<Claim, 'id'> {
  readonly id: number | null;
  readonly lease: string;
  readonly laneChannel: string | null;
  readonly laneChat: string;
  readonly tokens?: number;
}

/** Where nothing is ever held: no callback is answered by this process. */
const nothingHeld: OpenHolds = { holder: '', open: () => [] };

export const makeOutbox = (pool: pg.Pool, holds: OpenHolds = nothingHeld): Outbox => {
  const rates = new Set<string>();

  const postSome = async (now: Date): Promise<{ more: boolean; expired: Settled[] }> => {
    const client = await pool.connect();
    try {
      // Two statements: the second must see what the poster before us has committed, so it may begin only under the lock.
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock($1)', [POSTING]);
      const { rows } = await client.query<Settled & { more: boolean }>({
        name: 'outbox:post',
        text: post,
        values: [now, POST_MOST, holds.holder, holds.open()],
      });
      await client.query('commit');
      const expired = rows
        .filter((row) => row.id !== null)
        .map(({ more: _more, ...row }) => ({ ...row, state: 'expired' as const }));
      return { more: rows[0]?.more ?? false, expired };
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  };

  return {
    async post(now) {
      const settled: Settled[] = [];
      for (;;) {
        const { rows } = await pool.query({
          name: 'outbox:unposted',
          text: `select from outbox where state = 'waiting' and seq is null and not_before <= $1 limit 1`,
          values: [now],
        });
        if (rows.length === 0) return settled;
        const { more, expired } = await postSome(now);
        settled.push(...expired);
        if (!more) return settled;
      }
    },

    async takeMarks(now, channels) {
      const { rows: some } = await pool.query('select from card_mark limit 1');
      if (some.length === 0) return 0;
      const { rows } = await pool.query<{ taken: number }>({
        name: 'outbox:marks',
        text: takeMarks,
        values: [now, channels, MARKS_MOST, holds.holder, holds.open()],
      });
      return rows[0]?.taken ?? 0;
    },

    async claim(channels, most, leaseMs, rate, privateOnly = []) {
      const key = channels.join('+');
      if (rate && !rates.has(key)) {
        await pool.query(
          'insert into send_limit (key, tokens, refilled_at) values ($1, $2, clock_timestamp()) on conflict do nothing',
          [key, rate.burst],
        );
        rates.add(key);
      }
      const { rows } = await pool.query<ClaimRow>({
        name: rate ? 'outbox:claim-limited' : 'outbox:claim',
        text: claim(rate !== undefined),
        values: [channels, most, leaseMs, privateOnly, ...(rate ? [key, rate.perSecond, rate.burst] : [])],
      });
      const claims: Claim[] = [];
      for (const row of rows) {
        if (row.id !== null) claims.push(row as Claim);
        else if (row.laneChannel !== null) {
          await pool.query(release, [row.laneChannel, row.laneChat, row.lease, row.laneSeq]);
        }
      }
      const tokens = rows[0]?.tokens ?? 1;
      return { claims, emptyForMs: rate && tokens < 1 ? Math.ceil(((1 - tokens) / rate.perSecond) * 1000) : 0 };
    },

    async settle(claim, settlement) {
      const { rowCount } = await pool.query({
        name: 'outbox:settle',
        text: settle,
        values: [
          claim.channel,
          claim.chat,
          claim.lease,
          claim.id,
          claim.seq,
          settlement.state,
          settlement.state === 'sent' ? settlement.at : null,
          settlement.state === 'sent' && settlement.sent ? JSON.stringify(settlement.sent) : null,
          errorOf(settlement),
          settlement.state === 'waiting' ? Math.ceil(settlement.afterMs) : null,
          settlement.state === 'waiting' && settlement.held === true,
        ],
      });
      return rowCount === 1;
    },

    async resend(id, now) {
      if (!/^\d{1,15}$/.test(id)) throw new Problem('not-found', { what: 'delivery', id });
      const { rowCount } = await pool.query(
        `update outbox set state = 'waiting', seq = null, attempts = 0, error = null, not_before = $2, expires_at = null
          where id = $1 and state in ('failed', 'unknown', 'expired')`,
        [id, now],
      );
      if (rowCount === 1) return;
      const { rows } = await pool.query<{ state: string }>('select state from outbox where id = $1', [id]);
      if (!rows[0]) throw new Problem('not-found', { what: 'delivery', id });
      throw new Problem('not-resendable', { state: rows[0].state });
    },

    async waiting(now, channels) {
      const { rows } = await pool.query<{ waiting: number }>({
        name: 'outbox:waiting',
        text: `select (select count(*) from outbox where state = 'waiting' and seq is null and not_before <= $1 and channel = any($2))
                    + (select count(*) from outbox where state = 'waiting' and seq is not null and channel = any($2))
                    + (select count(*) from outbox where state = 'sending' and channel = any($2))
                    + (select count(distinct card_id) from card_mark) as waiting`,
        values: [now, channels],
      });
      return rows[0]?.waiting ?? 0;
    },

    async nextDue(after) {
      const { rows } = await pool.query<{ at: Date }>(
        `select not_before as at from outbox where state = 'waiting' and seq is null and not_before > $1 order by not_before limit 1`,
        [after],
      );
      return rows[0]?.at ?? null;
    },
  };
};

const errorOf = (settlement: Settlement): string | null => ('error' in settlement ? settlement.error : null);
