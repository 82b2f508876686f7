// How many encrypted card presses of WeCom's app are recorded in a second: verified, decrypted, deduplicated, committed with
// their messages, answered; at 16 and 64 connections. Beside a floor in the same process: the same koa, the signature and
// cipher of @wecom/crypto, one committed row.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import Router from '@koa/router';
import { decrypt, getSignature } from '@wecom/crypto';
import type pg from 'pg';
import { type CallbackKeys, sealMessage } from '../src/channels/wecom/signature.ts';
import { readBytes } from '../src/http/body.ts';
import { createMetrics } from '../src/http/metrics.ts';
import { createApp, listen } from '../src/http/server.ts';
import { createLog } from '../src/log.ts';
import { openPool } from '../src/store/pool.ts';
import { type Round, report, sendCrowd } from './support/crowd.ts';
import { openAssignments } from './support/open-assignments.ts';
import { startBenchService } from './support/service.ts';

const ROUND_MS = 4_000;
const ROUNDS = 3;
const WARM_UP = 2_000;
const FLOOR_REQUESTS = 20_000;
const corp = { id: 'wwbench', agent: '1000002' };
const keys: CallbackKeys = {
  token: 'a-token-for-benches',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  receiveId: corp.id,
};

interface Sealed {
  readonly bodies: readonly string[];
  readonly queries: readonly string[];
}

export default async (): Promise<void> => {
  const platform = await startPlatform();
  const service = await startBenchService({
    WECOM_CORP_ID: corp.id,
    WECOM_AGENT_ID: corp.agent,
    WECOM_SECRET: 'a-secret-for-benches',
    WECOM_TOKEN: keys.token,
    WECOM_ENCODING_AES_KEY: keys.encodingAesKey,
    WECOM_API_BASE: platform.url,
    DEMO: 'on',
  });
  const pool = openPool(service.databaseUrl);
  const floor = await startFloor(pool);
  const door = `${service.url}/callbacks/wecom/app`;
  try {
    const presses = await pressesOf(pool);
    const next = (count: number): Sealed => sealed(presses.splice(0, count));
    const onFloor = (count: number): Sealed =>
      sealed(Array.from({ length: count }, () => press('card/all_ok', 'nobody')));
    const send = (url: string, order: Sealed, connections: number) =>
      sendCrowd({ url, connections, forMs: ROUND_MS, ...order });
    await send(`${floor.url}/floor`, onFloor(WARM_UP), 64);
    await send(door, next(WARM_UP), 64);
    const each = Math.floor(presses.length / ROUNDS / 2);
    for (const connections of [16, 64]) {
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const below = await send(`${floor.url}/floor`, onFloor(FLOOR_REQUESTS), connections);
        rounds.push({ floor: below, press: await send(door, next(each), connections) });
      }
      const records = await pool.query<{ n: number }>('select count(*)::int as n from inspection');
      process.stdout.write(`${connections} connections\n`);
      report(rounds, 0.6, records.rows[0]?.n ?? 0);
    }
  } finally {
    await floor.close();
    await pool.end();
    await service.close();
    platform.close();
  }
};

const startPlatform = (): Promise<{ url: string; close(): void }> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'support/wecom-platform.ts'));
    child.once('message', (url) => resolve({ url: String(url), close: () => child.disconnect() }));
    child.once('error', reject);
  });

/** A checklist in the private chat of whoever has the assignment, and the press on it that says 全部落实. */
const pressesOf = async (pool: pg.Pool): Promise<string[]> => {
  await openAssignments(pool);
  await pool.query(
    `insert into binding (channel, external_id, person_id, bound_at)
     select 'wecom', id, id, '2022-04-19T08:00:00+08:00' from person where id in (select person_id from assignment where id like 'bench-%')`,
  );
  await pool.query(
    `insert into card (id, campaign, kind, channel, chat, person_id, data, state, created_at)
     select 'c-' || id, campaign, 'checklist', 'wecom', 'person:' || person_id, person_id,
            jsonb_build_object('compound', compound_id, 'assignment', id, 'strand', strand), 'open', given_at
       from assignment where id like 'bench-%'`,
  );
  await pool.query('analyze binding, card');
  const { rows } = await pool.query<{ id: string; person: string }>(
    `select 'c-' || id as id, person_id as person from assignment where id like 'bench-%' order by random()`,
  );
  return rows.map(({ id, person }) => press(`${id}/all_ok`, person));
};

let codes = 0;
const press = (key: string, from: string): string => {
  codes += 1;
  return `<xml><ToUserName>${corp.id}</ToUserName><FromUserName>${from}</FromUserName><CreateTime>1650333600</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey><![CDATA[${key}]]></EventKey><TaskId>t1</TaskId><CardType>button_interaction</CardType><ResponseCode>code${codes}</ResponseCode><AgentID>${corp.agent}</AgentID></xml>`;
};

/** Sealed just before they are sent: WeCom's signatures are good for five minutes. */
const sealed = (messages: readonly string[]): Sealed => {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const all = messages.map((message) => {
    codes += 1;
    const nonce = `n${codes}`;
    const { cipher, signature } = sealMessage(message, keys, { timestamp, nonce });
    return {
      body: `<xml><ToUserName>${corp.id}</ToUserName><AgentID>${corp.agent}</AgentID><Encrypt><![CDATA[${cipher}]]></Encrypt></xml>`,
      query: `?${new URLSearchParams({ msg_signature: signature, timestamp, nonce })}`,
    };
  });
  return { bodies: all.map((one) => one.body), queries: all.map((one) => one.query) };
};

/** Verified, decrypted, one committed row, answered. */
const startFloor = async (pool: pg.Pool) => {
  await pool.query('create table bench_floor (id bigint generated always as identity primary key, body text not null)');
  const router = new Router();
  router.post('/floor', async (ctx) => {
    const body = (await readBytes(ctx, 100_000)).toString('utf8');
    const cipher = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? '';
    const { msg_signature: signature, timestamp, nonce } = ctx.query as Readonly<Record<string, string>>;
    if (getSignature(keys.token, timestamp ?? '', nonce ?? '', cipher) !== signature) return ctx.throw(403);
    const { message } = decrypt(keys.encodingAesKey, cipher);
    await pool.query({ name: 'floor', text: 'insert into bench_floor (body) values ($1)', values: [message] });
    ctx.body = '';
  });
  const log = createLog({ level: 'silent' });
  return listen(createApp({ log, metrics: createMetrics(), routers: [router], secure: false }), {
    host: '127.0.0.1',
    port: 0,
  });
};
