// Serves the built pages: /playground is dist/pages/playground/index.html. Only files that were there at the start are
// served, so no address can lead out of the folder.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Middleware } from 'koa';

interface PageFile {
  readonly path: string;
  readonly changedAt: Date;
  readonly bytes: number;
}

/** `root` holds one folder for each page. Addresses of no file are left to whoever comes next. */
export const builtPages = async (root: string): Promise<Middleware> => {
  const files = await filesOf(root);
  return async (ctx, next) => {
    const path = ctx.path.replace(/\/$/, '');
    const file = files.get(path) ?? files.get(`${path}/index.html`);
    if (!file || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    ctx.status = 200;
    ctx.type = extname(file.path);
    ctx.length = file.bytes;
    ctx.lastModified = file.changedAt;
    // What is built carries a hash in its name; the page itself is asked for each time.
    ctx.set('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (ctx.fresh) ctx.status = 304;
    else ctx.body = createReadStream(file.path);
  };
};

/** By address; none where nothing was built. */
const filesOf = async (root: string): Promise<Map<string, PageFile>> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry): Promise<[string, PageFile]> => {
        const path = join(entry.parentPath, entry.name);
        const { mtime, size } = await stat(path);
        return [`/${relative(root, path).split(sep).join('/')}`, { path, changedAt: mtime, bytes: size }];
      }),
  );
  return new Map(found);
};
