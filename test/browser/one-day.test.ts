// A newcomer's two minutes in a real browser, on the real service: press a card, type an answer, move the clock.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../../scripts/build-pages.ts';
import type { RunningService } from '../../src/commands/serve.ts';
import { browser, closeBrowser, DESK } from '../support/browser.ts';
import { type PlaygroundClient, playgroundClient } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

let service: RunningService;
let play: PlaygroundClient;
let page: Page;
/** A compound that is still open. */
let named: string;

beforeAll(async () => {
  await buildPages();
  service = await startTestService({ campaignStart: '2022-04-19', clockStart: '2022-04-19T08:25:00+08:00' });
  play = playgroundClient(service.url, testToken);
  const context = await (await browser()).newContext({ viewport: DESK, locale: 'zh-CN', reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
}, 120_000);
afterAll(async () => {
  await closeBrowser();
  await service?.close();
}, 30_000);

const conversation = () => page.getByRole('main');

describe('the playground', { timeout: 120_000 }, () => {
  it('opens as somebody with something to do, and the clock brings the morning’s card', async () => {
    await page.goto(`${service.url}/playground`);
    await page
      .getByRole('button', { name: /东区组团督导群/ })
      .first()
      .click();
    await page.getByRole('button', { name: /到下一个时段/ }).click();
    await page
      .getByRole('heading', { name: /东区组团 · 4月19日（周二）检查安排/ })
      .first()
      .waitFor();
  });

  it('records a press, and shows it back in the place of the card without a reload', async () => {
    const card = page.locator('[data-card]').filter({ hasText: '检查安排' }).first();
    const choice = card.getByLabel('小区', { exact: true });
    expect(await choice.inputValue()).toBe('');
    named = (await choice.locator('option').nth(2).textContent())?.split(' · ')[0] ?? '';
    await choice.selectOption({ index: 1 });
    await card.getByRole('button', { name: '全部落实' }).click();
    await page
      .getByRole('heading', { name: /已记录：/ })
      .first()
      .waitFor();
    await expect.poll(async () => (await play.all('/inspections')).length).toBe(1);
  });

  it('reads what is typed to the bot', async () => {
    await page.getByRole('textbox', { name: '发消息' }).fill(`@督导 ${named} 除了4其他都有`);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await play.all('/inspections')).length, { timeout: 20_000 }).toBe(2);
  });

  it('moves on to the evening, and the zone’s tally stands in the group', async () => {
    await page.getByRole('button', { name: /到 20:00/ }).click();
    await page
      .getByRole('heading', { name: /东区组团 · 4月19日小结（截至 20:00）/ })
      .first()
      .waitFor();
    expect(
      await conversation()
        .getByText(/今天 \+2/)
        .count(),
    ).toBeGreaterThan(0);
  });
});
