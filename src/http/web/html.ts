// Pages that are one sentence and perhaps a button, made here without script, so that they work in the oldest web view.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Language } from '../../domain/problem.ts';

const look = join(import.meta.dirname, '../../pages/look');

export interface PlainPage {
  readonly title: string;
  readonly lines: readonly string[];
  /** A button that posts to `action`; without one the page only says something. */
  readonly button?: { readonly label: string; readonly action: string };
}

export const html = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** zh-CN unless the browser prefers English. */
export const languageOf = (ctx: Context): Language =>
  (ctx.acceptsLanguages('zh-CN', 'zh', 'en') || 'zh-CN') === 'en' ? 'en' : 'zh-CN';

export const showPlainPage = (ctx: Context, status: number, { title, lines, button }: PlainPage): void => {
  const language = languageOf(ctx);
  ctx.status = status;
  ctx.type = 'html';
  ctx.set({ 'Cache-Control': 'no-store', 'Content-Language': language, 'X-Robots-Tag': 'noindex' });
  ctx.body = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title><link rel="stylesheet" href="/plain.css"></head>
<body><main class="plain"><h1>${html(title)}</h1>
${lines.map((line) => `<p>${html(line)}</p>`).join('\n')}
${button ? `<form method="post" action="${html(button.action)}"><button class="button button-primary">${html(button.label)}</button></form>` : ''}
</main></body></html>
`;
};

/** The same look as the built pages, from the same one file of colours and sizes. */
export const plainStyle = async (router: Router): Promise<void> => {
  const parts = await Promise.all(
    ['tokens', 'base', 'plain'].map((name) => readFile(join(look, `${name}.css`), 'utf8')),
  );
  const style = parts.join('\n');
  router.get('/plain.css', (ctx) => {
    ctx.type = 'css';
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = style;
  });
};
