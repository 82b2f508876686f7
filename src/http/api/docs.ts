// The page /api/docs and the document it shows: plain HTML made here, no script, so that nothing foreign is loaded.
import type Router from '@koa/router';
import type { OpenApi } from './openapi.ts';

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<Record<string, { content: Readonly<Record<string, { schema: Schema }>> }>>;
}

export const docsRoutes = (router: Router, document: OpenApi): void => {
  const page = docsPage(document);
  router.get('/api/openapi.json', (ctx) => {
    ctx.body = document;
  });
  router.get('/api/docs', (ctx) => {
    ctx.type = 'html';
    ctx.body = page;
  });
  router.get('/api/docs.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = style;
  });
};

const html = (text: unknown): string =>
  String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

const docsPage = (document: OpenApi): string => {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
  );
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${html(document.info.title)}</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><main><h1>${html(document.info.title)}</h1><p>${html(document.info.description)}</p>
<p>Send <code>Authorization: Bearer $API_TOKEN</code>. The same as a file: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
${operations.map(operationHtml).join('\n')}
<h2>Schemas</h2>
${schemas.map(([name, schema]) => `<section id="${html(name)}"><h3>${html(name)}</h3>${schemaHtml(schema)}</section>`).join('\n')}
</main></body></html>`;
};

const operationHtml = ({ path, method, operation }: { path: string; method: string; operation: Operation }): string => {
  const asked = Object.entries(operation.requestBody?.content ?? {});
  const given = Object.values(operation.responses['200']?.content ?? {})[0]?.schema ?? {};
  const parameters = (operation.parameters ?? []).map(
    ({ name, required, description = '', schema, in: where }) =>
      `<tr><td><code>${html(name)}</code></td><td>${where}${required ? ', required' : ''}</td><td>${typeOf(schema)}</td><td>${html(description)}</td></tr>`,
  );
  return `<section><h2><b>${method.toUpperCase()}</b> ${html(path)}</h2><p>${html(operation.summary)}</p>
${parameters.length > 0 ? `<table>${parameters.join('')}</table>` : ''}
${asked.map(([type, { schema }]) => `<p>Takes <code>${html(type)}</code>: ${typeOf(schema)}</p>${schemaHtml(schema)}`).join('')}
<p>Gives: ${typeOf(given)}</p>${schemaHtml(given)}</section>`;
};

/** The properties of an object as a table; nothing for what `typeOf` says whole. */
const schemaHtml = (schema: Schema): string => {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const about = schema.description ? `<p>${html(schema.description)}</p>` : '';
  if (properties.length === 0) return about + (schema.$ref ? '' : `<p>${typeOf(schema)}</p>`);
  const rows = properties.map(
    ([name, property]) =>
      `<tr><td><code>${html(name)}</code></td><td>${typeOf(property)}</td><td>${html(property.description ?? '')}</td></tr>`,
  );
  return `${about}<table>${rows.join('')}</table>`;
};

/** A schema in one line: `text`, `Named | null`, `{id: text, name: text}[]`. */
const typeOf = (schema: Schema): string => {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#${html(name)}">${html(name)}</a>`;
  }
  if (schema.const !== undefined) return `“${html(schema.const)}”`;
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `“${html(value)}”`).join(' | ');
  const either = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (either) return either.map(typeOf).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'array') {
    return schema.prefixItems
      ? `[${(schema.prefixItems as Schema[]).map(typeOf).join(', ')}]`
      : `(${typeOf((schema.items ?? {}) as Schema)})[]`;
  }
  if (schema.properties) {
    const properties = Object.entries(schema.properties as Record<string, Schema>);
    return `{${properties.map(([name, property]) => `${html(name)}: ${typeOf(property)}`).join(', ')}}`;
  }
  if (schema.additionalProperties) return `by name: ${typeOf(schema.additionalProperties as Schema)}`;
  return html(schema.format ?? schema.type ?? 'anything');
};

const style = `:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif;margin:0}
main{max-width:60rem;margin:0 auto;padding:16px}
h2{font-size:1.1rem;margin:32px 0 0;overflow-wrap:anywhere}
h3{margin:24px 0 0}
table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}
td{border-top:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:4px 12px 4px 0;vertical-align:top}
a{color:inherit}
`;
