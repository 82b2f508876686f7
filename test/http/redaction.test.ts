import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApi, startApi, token } from '../support/api.ts';
import { seedStory } from '../support/seed.ts';

const mobile = '13800001234';
let api: RunningApi;
beforeAll(async () => {
  api = await startApi({
    resend: () => Promise.reject(new Error(`insert failed: (${mobile}) for Bearer ${token}`)),
  });
  await seedStory(api.pool, api.campaign.id);
});
afterAll(() => api.close());

it('logs every request, and neither the token nor a mobile number in any line', async () => {
  const paths = [
    '/api/v1/people',
    `/api/v1/people?search=${mobile}`,
    `/api/v1/people?access_token=${token}`,
    `/api/v1/${mobile}`,
    `/api/v1/people/${mobile}/bindings/wecom`,
  ];
  for (const path of paths) await api.ask(path);
  await api.ask('/api/v1/deliveries/1/resend', { method: 'POST' });

  const requests = api.lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
  expect(requests).toHaveLength(paths.length + 1);
  const whole = api.lines.join('');
  expect(whole).toContain('insert failed');
  expect(whole).not.toContain(token);
  expect(whole).not.toContain(mobile);
});
