// The office edits the campaign in a real browser: what is wrong stands at its field, the cards follow each change, and what
// is published stands from its day on while open cards are finished as they were (E30).
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { browser, closeBrowser, DESK, PHONE } from '../support/browser.ts';
import { loginLink } from '../support/login-link.ts';
import { type PlaygroundClient, playgroundClient } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

let service: RunningService;
let play: PlaygroundClient;
let page: Page;

beforeAll(async () => {
  service = await startTestService({ campaignStart: '2022-04-19', clockStart: '2022-04-19T08:25:00+08:00' });
  play = playgroundClient(service.url, testToken);
  const context = await (await browser()).newContext({ viewport: DESK, locale: 'zh-CN', reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(await loginLink(service, 'office'));
  await page.getByRole('button', { name: '进入' }).click();
  await page.getByRole('heading', { name: '全市' }).waitFor();
}, 120_000);
afterAll(async () => {
  await closeBrowser();
  await service?.close();
}, 30_000);

const faults = async (): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};
const section = (name: RegExp) => page.getByRole('navigation', { name: '栏目' }).getByRole('button', { name }).click();
const preview = () => page.getByRole('region', { name: '卡片的样子' });
const standing = () => page.locator('.publish-bar [role=status]');

interface Versions {
  readonly items: readonly {
    readonly version: number;
    readonly stands: string;
    readonly checklists: readonly { readonly id: string }[];
  }[];
}

describe('the pack page', { timeout: 120_000 }, () => {
  it('opens from the dashboard’s menu with what is published', async () => {
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('link', { name: '行动设置' }).click();
    await page.getByRole('heading', { name: '行动设置' }).waitFor();
    await expect.poll(() => standing().textContent()).toBe('与第 1 版相同');
    expect(await faults()).toEqual([]);
  });

  it.each([/日期/, /时段/, /检查表/, /一封信/])('has no fault of accessibility under %s', async (name) => {
    await section(name);
    await page.locator('.editor .input').first().waitFor();
    expect(await faults()).toEqual([]);
  });

  it('says at its field, in the page’s language, which dates cross', async () => {
    await section(/日期/);
    const end = page.getByLabel('结束', { exact: true }).first();
    await end.fill('2022-04-01');
    await page.getByText('早于开始日，请改正其中一个').waitFor();
    expect(await end.getAttribute('aria-invalid')).toBe('true');
    expect(await standing().textContent()).toBe('1 处要改正');
    expect(await faults()).toEqual([]);
    await end.fill('2022-04-26');
    await expect.poll(() => standing().textContent()).toBe('与第 1 版相同');
  });

  it('changes the cards beside it, on each platform, and says what does not fit', async () => {
    await section(/检查表/);
    await page.getByLabel('卡片上的短名（最多 16 个字）').first().fill('防疫通告已经贴在门口显眼处');
    await preview().getByText('1 防疫通告已经贴在门口显眼处').waitFor();
    await page.getByLabel('在哪个平台').selectOption('wecom');
    await page.getByLabel('哪张卡片').selectOption('checklist-exceptions');
    await preview().getByText('没有“检查发现的其他情况”的输入框，直接在对话里打字').waitFor();
    await page.getByLabel('卡片上的短名（最多 16 个字）').first().fill('防疫通告已经贴在门口最显眼的地方了');
    await page.getByText('超过卡片能显示的 16 个字，请缩短').waitFor();
    await page.getByLabel('卡片上的短名（最多 16 个字）').first().fill('通告上墙');
  });

  it('adds an item, takes one out and numbers them anew', async () => {
    await page.getByRole('button', { name: '删去第 8 项' }).click();
    await page.getByRole('button', { name: '加一项检查内容' }).click();
    await page
      .getByRole('group', { name: '第 8 项' })
      .getByLabel('检查内容（与正式表格一致）')
      .fill('电梯轿厢是否每日消毒');
    await page
      .getByRole('group', { name: '第 8 项' })
      .getByLabel(/卡片上的短名/)
      .fill('电梯消毒');
    await preview().getByText('8 电梯消毒').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '行动设置' }).waitFor();
    await section(/检查表/);
    expect(
      await page
        .getByRole('group', { name: '第 8 项' })
        .getByLabel(/卡片上的短名/)
        .inputValue(),
    ).toBe('电梯消毒');
    expect(await faults()).toEqual([]);
  });

  it('publishes it from tomorrow on: a new checklist under a new id, and today’s cards as they were (E30)', async () => {
    await play.clock({ advanceTo: '2022-04-19T08:31:00+08:00' });
    await page.getByRole('button', { name: '发布新版' }).click();
    expect(await page.getByLabel('从哪天起').inputValue()).toBe('2022-04-20');
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await expect.poll(() => standing().textContent()).toBe('第 2 版已发布，自 2022-04-20 起使用');
    const { items } = await play.api<Versions>('/packs');
    expect(items).toMatchObject([
      { version: 2, stands: 'later', checklists: [{ id: 'checklist-2022-04-v2' }, { id: 'checklist-2022-04-v2' }] },
      { version: 1, stands: 'now', checklists: [{ id: 'checklist-2022-04' }, { id: 'checklist-2022-04' }] },
    ]);
    expect(await ticksInGroup()).toContain('8 员工戴口罩');
    await play.clock({ advanceTo: '2022-04-20T08:31:00+08:00' });
    expect(await ticksInGroup()).toContain('8 电梯消毒');
  });

  /** What the newest card of a zone's group asks after 有未落实. */
  const ticksInGroup = async (): Promise<string[]> => {
    const chat = (await play.chats()).find(({ title }) => title.startsWith('东区组团'));
    const inspector = chat?.members.find(({ roles }) => roles.includes('inspector'));
    if (!chat || !inspector) throw new Error('no group');
    const card = (await play.messages(chat.id, inspector.id)).findLast((m) => m.card?.kind === 'assignment')?.card;
    const compound = card?.fields.find(({ id }) => id === 'compound')?.options?.find(({ id }) => id !== '')?.id ?? '';
    const opened = await play.press(inspector.id, chat.id, card?.id ?? '', 'has_exceptions', { compound });
    return (opened.card?.fields.find(({ id }) => id === 'not_done')?.options ?? []).map(({ label }) => label);
  };

  it('works on a phone and in English', async () => {
    await page.setViewportSize(PHONE);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Campaign settings' }).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
    expect(await faults()).toEqual([]);
  });
});
