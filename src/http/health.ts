// Is the process up, can it work, and how is it doing: /healthz, /readyz and /metrics. What is asked is handed in.
import Router from '@koa/router';
import type { Metrics } from './metrics.ts';

export interface Check {
  readonly name: string;
  /**
   * Without it no work is possible. A channel is not required: while one platform is away, the others must still reach
   * us, so its failure is shown and the answer stays 200.
   */
  readonly required: boolean;
  /** Null when all is well, else in a few words what is wrong. A throw counts as wrong too. */
  check(): Promise<string | null> | string | null;
}

const TIMEOUT_MS = 2_000;

export const healthRouter = (checks: readonly Check[], metrics: Metrics, timeoutMs = TIMEOUT_MS): Router => {
  const router = new Router();

  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'up' };
  });

  router.get('/readyz', async (ctx) => {
    const results = await Promise.all(checks.map(async (check) => ({ ...check, wrong: await ask(check, timeoutMs) })));
    const ready = results.every(({ required, wrong }) => !required || wrong === null);
    const well = results.every(({ wrong }) => wrong === null);
    ctx.status = ready ? 200 : 503;
    ctx.body = {
      status: well ? 'ready' : ready ? 'degraded' : 'not-ready',
      checks: Object.fromEntries(results.map(({ name, wrong }) => [name, wrong ?? 'ok'])),
    };
  });

  router.get('/metrics', async (ctx) => {
    ctx.body = await metrics.text();
    ctx.set('Content-Type', metrics.contentType);
  });

  return router;
};

/** Asks for at most `timeoutMs`; what an error says may hold an address with a password, so only its kind is told. */
const ask = async (check: Check, timeoutMs: number): Promise<string | null> => {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs);
  try {
    return await Promise.race([Promise.resolve(check.check()), late]);
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  } finally {
    clearTimeout(timer);
  }
};
