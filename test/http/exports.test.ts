// The office's files over HTTP: the token, the Chinese name, the places, and that the document tells of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPORTS } from '../../src/ports-exports.ts';
import { type RunningApi, startApi, token } from '../support/api.ts';
import { seenIn } from '../support/exported.ts';
import { seedStory } from '../support/seed.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await seedStory(api.pool, api.campaign.id);
});
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string> = { Authorization: `Bearer ${token}` }) =>
  fetch(`${api.url}/api/v1/exports/${path}`, { headers });
const rowsOf = async (path: string) => {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  return (await seenIn(new Uint8Array(await answer.arrayBuffer())))[0]?.rows.slice(3) ?? [];
};

describe('GET /exports/WHAT', () => {
  it.each(EXPORTS)('gives %s as a workbook with a Chinese name', async (what) => {
    const answer = await get(what);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('spreadsheetml.sheet');
    const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '';
    expect(decodeURIComponent(name)).toMatch(/^\p{Script=Han}+ 2022-04-22\.xlsx$/u);
    expect((await seenIn(new Uint8Array(await answer.arrayBuffer()))).length).toBeGreaterThan(0);
  });

  it('holds the rows that the lists hold, of the places that were asked for', async () => {
    expect((await rowsOf('check-form')).map((row) => row[5])).toEqual(['阳光花园']);
    expect(await rowsOf('check-form?area=东区街道')).toHaveLength(1);
    expect(await rowsOf('check-form?zone=西部组团')).toEqual([]);
    expect(await rowsOf('town-report?zone=西部组团')).toHaveLength(3);
    expect(await rowsOf('assignments?area=东区街道')).toHaveLength(1);
  });

  it('is closed without the token, and knows no other file', async () => {
    expect((await get('check-form', {})).status).toBe(401);
    expect((await get('anything')).status).toBe(404);
  });

  it('stands in the OpenAPI document as a file', async () => {
    const { body } = await api.ask('/api/openapi.json');
    const { paths } = body as { paths: Record<string, { get: { responses: Record<string, { content: object }> } }> };
    for (const what of EXPORTS) {
      const content = paths[`/api/v1/exports/${what}`]?.get.responses['200']?.content ?? {};
      expect(Object.keys(content)).toEqual(['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
    }
  });
});
