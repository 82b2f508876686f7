import { connect } from 'node:net';
import Router from '@koa/router';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { readJson } from '../../src/http/body.ts';
import { healthRouter } from '../../src/http/health.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createApp, type Listening, listen } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';

const lines: string[] = [];
const log = createLog({ level: 'trace' }, { write: (line) => void lines.push(line) });
const logged = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line));
const gates: { slow: PromiseWithResolvers<void> } = { slow: Promise.withResolvers() };

const routes = (): Router => {
  const router = new Router();
  router.get('/fine', (ctx) => {
    ctx.body = { fine: true };
  });
  router.get('/broken', () => {
    throw new Error('the secret inner reason');
  });
  router.get('/thrown-nothing', () => Promise.reject(undefined));
  router.get('/refused', () => {
    throw new Problem('unavailable', { retryAfterSeconds: 7 });
  });
  router.get('/broken-stream', (ctx) => {
    ctx.body = new ReadableStream({ start: (controller) => controller.error(new Error('the source dried up')) });
  });
  router.get('/slow', async (ctx) => {
    await gates.slow.promise;
    ctx.body = { slow: true };
  });
  router.post('/echo', async (ctx) => {
    ctx.body = await readJson(ctx, 1_000);
  });
  return router;
};

const serve = (secure = false): Promise<Listening> => {
  const metrics = createMetrics();
  const health = healthRouter([], metrics);
  return listen(createApp({ log, metrics, routers: [health, routes()], secure }), { host: '127.0.0.1', port: 0 });
};

let server: Listening;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.close());

describe('the server', () => {
  it.each([
    ['/broken', 500, 'internal'],
    ['/thrown-nothing', 500, 'internal'],
    ['/refused', 503, 'unavailable'],
    ['/nowhere', 404, 'not-found'],
    ['/%E0%A4%A', 404, 'not-found'],
  ])('answers %s with problem+json, and lives on', async (path, status, code) => {
    const response = await fetch(server.url + path);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ type: `urn:dudao:problem:${code}`, status, code });
    expect(response.status).toBe(status);
    expect(JSON.stringify(body)).not.toContain('inner reason');
    expect((await fetch(`${server.url}/fine`)).status).toBe(200);
  });

  it('says when to come back', async () => {
    expect((await fetch(`${server.url}/refused`)).headers.get('retry-after')).toBe('7');
  });

  it('lives on when an answer breaks off or a request is garbage', async () => {
    await fetch(`${server.url}/broken-stream`)
      .then((response) => response.text())
      .catch(() => '');
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('data', () => {}).on('close', () => resolve());
    });
    await new Promise<void>((resolve) => {
      const half =
        'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":';
      const socket = connect(server.port, '127.0.0.1', () => socket.write(half, () => socket.destroy()));
      socket.on('close', () => resolve());
    });
    expect(await (await fetch(`${server.url}/fine`)).json()).toEqual({ fine: true });
  });

  it('logs a bug once, with its stack, under the id of its request', async () => {
    lines.length = 0;
    await fetch(`${server.url}/broken`);
    const [bug, request] = logged();
    expect(bug).toMatchObject({ level: 'error', err: { type: 'Error', message: 'the secret inner reason' } });
    expect(request).toMatchObject({ level: 'warn', url: '/broken', status: 500, request: bug?.request });
    expect(lines).toHaveLength(2);
  });

  it.each([
    ['content-security-policy', /default-src 'self'/],
    ['x-content-type-options', /^nosniff$/],
    ['referrer-policy', /^same-origin$/],
  ])('sends %s with answers and with problems', async (name, value) => {
    for (const path of ['/fine', '/broken', '/nowhere']) {
      expect((await fetch(server.url + path)).headers.get(name)).toMatch(value);
    }
  });

  it('asks browsers to stay with https only where it is served by it', async () => {
    const secure = await serve(true);
    expect((await fetch(`${secure.url}/fine`)).headers.get('strict-transport-security')).toMatch(/^max-age=/);
    expect((await fetch(`${server.url}/fine`)).headers.get('strict-transport-security')).toBeNull();
    await secure.close();
  });

  it('lets a request under way finish before it closes, and takes no other', async () => {
    const closing = await serve();
    gates.slow = Promise.withResolvers();
    const answer = fetch(`${closing.url}/slow`);
    await fetch(`${closing.url}/fine`);
    const closed = closing.close();
    await expect(fetch(`${closing.url}/fine`)).rejects.toThrow();
    gates.slow.resolve();
    expect(await (await answer).json()).toEqual({ slow: true });
    await closed;
  });

  it('rejects with the reason when the port is taken', async () => {
    const app = createApp({ log, metrics: createMetrics(), routers: [], secure: false });
    await expect(listen(app, { host: '127.0.0.1', port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
