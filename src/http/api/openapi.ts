// The OpenAPI 3.1 document, made from the routes and their schemas.
import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Route } from './route.ts';
import { problem } from './schemas/common.ts';

export type OpenApi = ReturnType<typeof createDocument>;

export const openApi = (routes: readonly Route[], prefix: string): OpenApi => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    const path = prefix + route.path;
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Dudao API',
      version: '1',
      description:
        'Listings come in pages: `?after=CURSOR&limit=` gives `{items, next}`, and `next` is null on the last page. ' +
        'Instants carry their offset, days belong to the campaign’s zone. Errors are problem+json with a stable `code`.',
    },
    security: [{ token: [] }],
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'API_TOKEN of the server' } },
    },
  });
};

const operation = ({ tag, summary, params, query, body, upload, answer, file }: Route): ZodOpenApiOperationObject => ({
  tags: [tag],
  summary,
  requestParams: { ...(params ? { path: params } : {}), query },
  ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
  ...(upload ? { requestBody: { required: true, content: { 'multipart/form-data': { schema: fileForm } } } } : {}),
  responses: {
    200: { description: 'Done', content: { [file ?? 'application/json']: { schema: answer } } },
    default: { description: 'Not done', content: { 'application/problem+json': { schema: problem } } },
  },
});

const fileForm = z.object({
  file: z.string().meta({ description: 'The .xlsx or .csv', override: { type: 'string', format: 'binary' } }),
});
