// The web server: what stands around every route (log, headers, problems), and how it opens and closes. Routes come in.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import helmet from 'koa-helmet';
import { type Logger, loggableUrl } from '../log.ts';
import type { Metrics } from './metrics.ts';
import { problemJson } from './problem-json.ts';

export interface AppOptions {
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'request'>;
  readonly routers: readonly Router[];
  /** Pages and files, asked after the routers. */
  readonly fallbacks?: readonly Middleware[];
  /** Served behind https: browsers are told to stay there. */
  readonly secure: boolean;
  /** Signs cookies. */
  readonly keys?: readonly string[];
}

/** A koa that answers every request; none can end the process. */
export const createApp = ({ log, metrics, routers, fallbacks = [], secure, keys = [] }: AppOptions): Koa => {
  const app = new Koa({ proxy: secure });
  app.keys = [...keys];
  app.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever asked has gone: a closed page ends its stream so.
    const level = error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET' ? 'debug' : 'warn';
    log[level]({ err: error }, 'an answer could not be written');
  });
  app.use(requestLog(log, metrics));
  app.use(headers(secure));
  app.use(problemJson(log));
  for (const router of routers) app.use(router.routes());
  for (const fallback of fallbacks) app.use(fallback);
  return app;
};

const headers = (secure: boolean): Middleware =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'same-origin' },
  });

/** Addresses that are asked all the time and say nothing. */
const quiet = new Set(['/healthz', '/readyz', '/metrics']);

const requestLog =
  (log: Logger, metrics: Pick<Metrics, 'request'>): Middleware =>
  async (ctx, next) => {
    const begin = performance.now();
    ctx.state.requestId = randomUUID();
    try {
      await next();
    } finally {
      const ms = performance.now() - begin;
      const route = typeof ctx._matchedRoute === 'string' ? ctx._matchedRoute : 'none';
      metrics.request(ctx.method, route, ctx.status, ms / 1000);
      const level = ctx.status >= 500 ? 'warn' : quiet.has(ctx.path) ? 'trace' : 'info';
      log[level](
        {
          request: ctx.state.requestId,
          method: ctx.method,
          url: loggableUrl(ctx.url),
          status: ctx.status,
          ms: Math.round(ms),
        },
        'request',
      );
    }
  };

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, lets those under way finish for a while, then cuts them. Under 5 s. */
  close(): Promise<void>;
}

const DRAIN_MS = 3_000;

/** Rejects with the reason when the port cannot be had (EADDRINUSE, EACCES). */
export const listen = (app: Koa, { host, port }: { host: string; port: number }): Promise<Listening> => {
  const server = createServer(app.callback());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { port: bound } = server.address() as AddressInfo;
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
        port: bound,
        close: () => drain(server),
      });
    });
  });
};

/** A connection that has answered is closed too, or browsers would hold us until the cut. */
const drain = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
