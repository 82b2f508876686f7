import { afterEach, describe, expect, it } from 'vitest';
import { type Check, healthRouter } from '../../src/http/health.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createApp, type Listening, listen } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';

let server: Listening | undefined;
afterEach(() => server?.close());

const ask = async (path: string, checks: readonly Check[] = [], metrics = createMetrics()) => {
  const log = createLog({ level: 'silent' });
  const app = createApp({ log, metrics, routers: [healthRouter(checks, metrics, 30)], secure: false });
  server = await listen(app, { host: '127.0.0.1', port: 0 });
  return fetch(server.url + path);
};

const check = (name: string, answer: Check['check'], required = true): Check => ({ name, required, check: answer });
const well = check('database', () => null);

describe('health', () => {
  it('is up as long as the process answers', async () => {
    const response = await ask('/healthz', [check('database', () => 'down')]);
    expect([response.status, await response.json()]).toEqual([200, { status: 'up' }]);
  });

  it.each<[string, Check[], number, string, Record<string, string>]>([
    ['all is well', [well, check('wecom', async () => null, false)], 200, 'ready', { database: 'ok', wecom: 'ok' }],
    [
      'the worker stands still',
      [well, check('deliveries', () => 'stopped')],
      503,
      'not-ready',
      { database: 'ok', deliveries: 'stopped' },
    ],
    [
      'a channel is away',
      [well, check('wecom', () => 'no connection', false)],
      200,
      'degraded',
      { database: 'ok', wecom: 'no connection' },
    ],
    [
      'the database never answers',
      [check('database', () => new Promise(() => {}))],
      503,
      'not-ready',
      { database: 'no answer within 30 ms' },
    ],
    [
      'the database throws, with its password in the text',
      [
        check('database', () =>
          Promise.reject(Object.assign(new Error('postgres://u:hunter2@h'), { code: 'ECONNREFUSED' })),
        ),
      ],
      503,
      'not-ready',
      { database: 'ECONNREFUSED' },
    ],
  ])('tells whether it can work: %s', async (_, checks, status, word, told) => {
    const response = await ask('/readyz', checks);
    expect([response.status, await response.json()]).toEqual([status, { status: word, checks: told }]);
  });

  it('counts by channel, kind and route, never by person', async () => {
    const metrics = createMetrics();
    metrics.inbound('wecom', 'answered');
    metrics.delivery('telegram', 'sent');
    metrics.slotRun('tally', 'done');
    metrics.request('GET', '/api/v1/people/:id', 200, 0.01);
    const response = await ask('/metrics', [], metrics);
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    for (const line of [
      'dudao_inbound_events_total{channel="wecom",outcome="answered"} 1',
      'dudao_deliveries_total{channel="telegram",state="sent"} 1',
      'dudao_slot_runs_total{kind="tally",outcome="done"} 1',
      'dudao_http_request_seconds_count{method="GET",route="/api/v1/people/:id",status="200"} 1',
      'process_resident_memory_bytes',
    ]) {
      expect(text).toContain(line);
    }
  });
});
