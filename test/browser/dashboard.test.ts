// The office's way through the dashboard in a real browser: in by a link, the same numbers as the API, down to a finding, out.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { browser, closeBrowser, PHONE } from '../support/browser.ts';
import { loginLink } from '../support/login-link.ts';
import { type PlaygroundClient, playgroundClient } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

let service: RunningService;
let play: PlaygroundClient;
let page: Page;
let link: string;

beforeAll(async () => {
  service = await startTestService({ campaignStart: '2022-04-19', clockStart: '2022-04-19T08:25:00+08:00' });
  play = playgroundClient(service.url, testToken);
  await play.clock({ advanceTo: '2022-04-19T09:00:00+08:00' });
  await recordOne();
  link = await loginLink(service, 'office');
  const context = await (await browser()).newContext({ viewport: PHONE, locale: 'zh-CN', reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
}, 120_000);
afterAll(async () => {
  await closeBrowser();
  await service?.close();
}, 30_000);

/** One record in 东区组团 with one item not done, by the n-th of its inspectors. */
const recordOne = async (n = 0): Promise<void> => {
  const chat = (await play.chats()).find(({ title }) => title.startsWith('东区组团'));
  const inspector = chat?.members.filter(({ roles }) => roles.includes('inspector'))[n];
  if (!chat || !inspector) throw new Error('no group');
  const card = (await play.messages(chat.id, inspector.id)).findLast((m) => m.card?.kind === 'assignment')?.card;
  const compound = card?.fields.find(({ id }) => id === 'compound')?.options?.find(({ id }) => id !== '')?.id ?? '';
  const opened = await play.press(inspector.id, chat.id, card?.id ?? '', 'has_exceptions', { compound });
  const tick = opened.card?.fields.find(({ id }) => id === 'not_done')?.options?.[0]?.id ?? '';
  await play.press(inspector.id, chat.id, card?.id ?? '', 'submit', { compound, not_done: [tick] });
};

/** Headline figures as they stand on the page: title → the number before the slash. */
const headlines = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await page
      .locator('.figure')
      .evaluateAll((all) =>
        all.map((one) => [
          one.querySelector('h2')?.textContent ?? '',
          one.querySelector('.figure-number')?.textContent ?? '',
        ]),
      ),
  );

const faults = async (): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

describe('the dashboard', { timeout: 120_000 }, () => {
  it('opens by a link whose button is pressed', async () => {
    await page.goto(link);
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: '进入' }).click();
    await page.getByRole('heading', { name: '全市' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('shows the numbers of /api/v1/tally, for the city and each zone (R50, R52)', async () => {
    interface Figures {
      compounds: { known: number; covered: number };
      findings: { total: number };
      letters: { owed: number };
    }
    const tally = await play.api<{ city: Figures; zones: (Figures & { zone: string })[] }>('/tally');
    const said = (n: number) => n.toLocaleString('en');
    await page.locator('.board .tile').first().waitFor();
    expect(await headlines()).toMatchObject({
      小区覆盖: `${said(tally.city.compounds.covered)} / ${said(tally.city.compounds.known)}`,
      问题: said(tally.city.findings.total),
      一封信: `0 / ${said(tally.city.letters.owed)}`,
    });
    const tiles = await page.locator('.tile-of').allTextContents();
    expect(tiles).toEqual(tally.zones.map(({ compounds: c }) => `${said(c.covered)} / ${said(c.known)}`));
    expect(tally.city.compounds.covered).toBe(1);
  });

  it('draws its charts when they come into sight, and says their figures in a table', async () => {
    await page.locator('.chart').first().scrollIntoViewIfNeeded();
    await page.locator('.chart canvas').first().waitFor();
    await page.getByText('这张图的数字').first().click();
    expect(await page.locator('.chart tbody td').first().textContent()).toBe('1');
    expect(await faults()).toEqual([]);
  });

  it('leads from a zone over an area and a compound to the finding there, by keyboard alone', async () => {
    const follow = async (name: string | RegExp): Promise<void> => {
      await page.getByRole('main').getByRole('link', { name }).first().focus();
      await page.keyboard.press('Enter');
    };
    await page.getByRole('link', { name: '总览' }).click();
    await follow(/^东区/);
    await page.getByRole('heading', { name: '东区组团', level: 1 }).waitFor();
    await follow('东区街道');
    await page.getByRole('heading', { name: '东区街道', level: 1 }).waitFor();
    await page.getByRole('link', { name: '已检查', exact: true }).click();
    const [finding] = await play.all<{ compoundName: string }>('/findings');
    await follow(new RegExp(`^${finding?.compoundName}`));
    await page.getByRole('heading', { name: finding?.compoundName ?? '', level: 1 }).waitFor();
    await follow(/^1 /);
    await page.getByRole('heading', { name: '经过' }).waitFor();
    await page.getByText('检查发现').waitFor();
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['问题', /^#\/findings/],
    ['一封信', /^#\/letters/],
    ['检查安排', /^#\/assignments/],
    ['联系不上', /^#\/people/],
    ['消息', /^#\/deliveries/],
  ])('has the section %s, without a fault of accessibility', async (name, hash) => {
    await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name, exact: true }).click();
    await page.locator('.rows, .empty').first().waitFor();
    expect(new URL(page.url()).hash).toMatch(hash);
    expect(await faults()).toEqual([]);
  });

  it('renews itself when something is recorded', async () => {
    await page.getByRole('link', { name: '总览' }).click();
    await page.locator('.figure').first().waitFor();
    await recordOne(1);
    await expect.poll(async () => (await headlines()).小区覆盖, { timeout: 20_000 }).toMatch(/^2 /);
  });

  it('shows a past day as it was, and says so', async () => {
    await play.clock({ advanceTo: '2022-04-20T09:00:00+08:00' });
    await page.goto(`${service.url}/#/?on=2022-04-19`);
    await page.reload();
    await page.getByText('这是4月19日（周二）的数字').waitFor();
    const { city } = await play.api<{ city: { compounds: { covered: number; known: number } } }>(
      '/tally?on=2022-04-19',
    );
    expect((await headlines()).小区覆盖?.startsWith(`${city.compounds.covered} /`)).toBe(true);
  });

  it('speaks English when asked', async () => {
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: 'Whole city' }).waitFor();
  });

  it('ends with the log-out, and the link does not work again', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'Log out', exact: true }).click();
    await page.getByRole('heading', { name: '已退出' }).waitFor();
    const back = await page.goto(`${service.url}/`);
    expect(new URL(back?.url() ?? '').pathname).toBe('/playground');
    const again = await page.goto(link);
    expect(again?.status()).toBe(410);
    await page.getByRole('heading', { name: '这个链接已经用过' }).waitFor();
  });
});
