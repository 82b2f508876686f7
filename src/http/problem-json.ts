// Turns whatever a route throws into problem+json (RFC 9457), and an address nobody answers into 404 or 405. What is no
// Problem is a bug: it is logged once, here, and nothing of it is shown.
import { STATUS_CODES } from 'node:http';
import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { type Fault, type Language, Problem } from '../domain/problem.ts';
import { sayReason } from '../domain/reason.ts';
import type { Log } from '../ports.ts';

type Layers = Router['stack'];

export const problemJson =
  (log: Pick<Log, 'error'>): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw unanswered(ctx);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'internal') {
        log.error({ err: error, request: ctx.state.requestId }, 'a request failed');
      }
      show(ctx, problem);
    }
  };

const asProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const { status, expose, message, limit } = (error ?? {}) as {
    status?: number;
    expose?: boolean;
    message?: string;
    limit?: number;
  };
  // What koa and body readers throw about the request itself; anything else is ours.
  if (status === 413) return new Problem('too-large', { limit: limit ?? 0, unit: 'bytes' });
  if (status !== undefined && status >= 400 && status < 500 && expose === true) {
    return new Problem('bad-request', { faults: [{ path: '', reason: message ?? '' }] });
  }
  return new Problem('internal');
};

const unanswered = (ctx: Context): Problem => {
  const layers = (ctx.matched ?? []) as Layers;
  const allowed = [...new Set(layers.flatMap((layer) => layer.methods))].sort();
  if (allowed.length > 0 && !allowed.includes(ctx.method)) {
    ctx.set('Allow', allowed.join(', '));
    return new Problem('method-not-allowed', { method: ctx.method, allowed });
  }
  return new Problem('not-found', { what: 'address', id: ctx.path });
};

const said = (faults: readonly Fault[], language: Language): Fault[] =>
  faults.map(({ path, reason }) => ({ path, reason: sayReason(reason, language) }));

const show = (ctx: Context, problem: Problem): void => {
  const language =
    (ctx.acceptsLanguages('zh-CN', 'zh', 'en') || 'zh-CN') === 'en' ? 'en' : ('zh-CN' satisfies Language);
  if (problem.code === 'unauthorised') ctx.set('WWW-Authenticate', 'Bearer');
  if ('retryAfterSeconds' in problem.details) ctx.set('Retry-After', String(problem.details.retryAfterSeconds));
  ctx.status = problem.status;
  ctx.body = {
    type: `urn:dudao:problem:${problem.code}`,
    title: STATUS_CODES[problem.status],
    status: problem.status,
    code: problem.code,
    detail: problem.say(language),
    ...problem.details,
    ...('faults' in problem.details ? { faults: said(problem.details.faults, language) } : {}),
  };
  // After the body, which would make it plain JSON.
  ctx.type = 'application/problem+json';
  ctx.set('Content-Language', language);
};
