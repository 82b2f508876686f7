// The playground page in a real browser, against a stand-in for the service. What the service itself answers is tested with it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, BrowserContextOptions, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../../scripts/build-pages.ts';
import { browser, closeBrowser, DESK, PHONE } from '../support/browser.ts';
import { type PlaygroundFake, startPlaygroundFake } from '../support/playground-fake.ts';
import {
  assignmentCard,
  checklistCard,
  findingCard,
  letterCard,
  reportCard,
} from '../support/playground-fake-cards.ts';

let pages: string;
let fake: PlaygroundFake;
let context: BrowserContext | undefined;

beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'dudao-pages-'));
  await buildPages(pages);
  await browser();
});
afterEach(async () => {
  await context?.close();
  await fake.close();
});
afterAll(async () => {
  await closeBrowser();
  await rm(pages, { recursive: true });
});

type Setting = Partial<Parameters<typeof startPlaygroundFake>[0]>;

/** A fresh visitor in front of the page, as the inspector 张工, in the zone group 东区组团. */
const visit = async (
  prepare: (fake: PlaygroundFake) => void = () => {},
  setting: Setting = {},
  look: BrowserContextOptions = {},
): Promise<Page> => {
  fake = await startPlaygroundFake({ pages, ...setting });
  prepare(fake);
  context = await (await browser()).newContext({ viewport: DESK, locale: 'zh-CN', reducedMotion: 'reduce', ...look });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(fake.url);
  await page.getByRole('heading', { name: '东区组团', exact: true }).waitFor();
  return page;
};

const card = (page: Page, id: string) => page.locator(`[data-card="${id}"]`);
const composer = (page: Page) => page.getByRole('textbox', { name: '发消息' });
const presses = () => fake.calls.filter((call) => call.path === '/press').map((call) => call.body);
const sayings = () => fake.calls.filter((call) => call.path === '/say').map((call) => call.body);

describe('a card', () => {
  it('is answered in one press once the compound is chosen, and changes in place', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: assignmentCard('a1') }));
    await card(page, 'a1').getByLabel('小区').selectOption({ label: '阳光花园 · 尚未检查' });
    await card(page, 'a1').getByRole('button', { name: '全部落实' }).click();

    await card(page, 'a1').getByText('已查 1 个，还有 8 个').waitFor();
    await page.getByRole('heading', { name: '已记录：阳光花园' }).waitFor();
    expect(presses()).toMatchObject([
      { as: 'zhang', chat: 'zone-east', card: 'a1', action: 'all_ok', values: { compound: 'yangguang' } },
    ]);
    expect(await card(page, 'a1').count()).toBe(1);
    expect(await card(page, 'a1').getByLabel('小区').inputValue()).toBe('');
  });

  it('sends nothing while its required field is empty, and says which', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: assignmentCard('a1') }));
    expect(await card(page, 'a1').getByLabel('小区').inputValue()).toBe('');
    await card(page, 'a1').getByRole('button', { name: '全部落实' }).click();

    await page.getByText('请先选择：小区').waitFor();
    expect(
      await card(page, 'a1')
        .getByLabel('小区')
        .evaluate((field) => field === document.activeElement),
    ).toBe(true);
    expect(presses()).toEqual([]);
  });

  it('takes an exception answer: items ticked as not done, and a note', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: checklistCard('c1', '阳光花园') }));
    expect(await card(page, 'c1').getByRole('checkbox', { checked: true }).count()).toBe(0);
    await card(page, 'c1').getByLabel('4 隔离观察点').check();
    await card(page, 'c1').getByLabel('8 员工戴口罩').check();
    await card(page, 'c1').getByLabel('其他情况（可不填）').fill('保安亭在装修');
    await card(page, 'c1').getByRole('button', { name: '提交' }).click();

    await card(page, 'c1').getByText('张工 已提交：2 项未落实').waitFor();
    expect(presses()[0]?.values).toEqual({ not_done: ['item-4', 'item-8'], note: '保安亭在装修' });
  });

  it('gives every row to tick at least 44 px', async () => {
    const page = await visit(
      ({ post }) => post('zone-east', { card: checklistCard('c1', '阳光花园') }),
      {},
      { viewport: PHONE },
    );
    await card(page, 'c1').waitFor();
    const rows = await page.locator('.tick').all();
    const heights = await Promise.all(rows.map(async (row) => (await row.boundingBox())?.height ?? 0));
    expect(heights).toHaveLength(8);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });

  it('asks yes or no with two keys of one choice, none chosen beforehand', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: letterCard('l1') }));
    expect(await card(page, 'l1').getByRole('radio', { checked: true }).count()).toBe(0);
    for (const question of await card(page, 'l1').getByRole('group').all()) {
      await question.getByText('是', { exact: true }).click();
      await question.getByRole('radio', { checked: true }).waitFor({ state: 'attached' });
    }
    await card(page, 'l1').getByRole('button', { name: '签阅' }).click();

    await card(page, 'l1').getByText('已签阅').waitFor();
    expect(presses()[0]?.values).toEqual({ q1: 'yes', q2: 'yes', q3: 'yes' });
  });

  it('keeps every answer when taps come faster than the page draws', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: letterCard('l1') }));
    await card(page, 'l1').waitFor();
    await page.evaluate(() => {
      for (const label of document.querySelectorAll('label')) if (label.textContent === '是') label.click();
      for (const button of document.querySelectorAll('button')) if (button.textContent === '签阅') button.click();
    });

    await card(page, 'l1').getByText('已签阅').waitFor();
    expect(presses()[0]?.values).toEqual({ q1: 'yes', q2: 'yes', q3: 'yes' });
  });

  it('waits visibly while the press is on its way, and takes no second one', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: checklistCard('c1', '阳光花园') }));
    const release = fake.hold('/press');
    await card(page, 'c1').getByLabel('4 隔离观察点').check();
    await card(page, 'c1').getByRole('button', { name: '提交' }).click();
    await card(page, 'c1').getByRole('button', { name: '正在提交…' }).click({ force: true });
    release();

    await card(page, 'c1').getByText('张工 已提交').waitFor();
    expect(presses()).toHaveLength(1);
  });

  it('shows a refusal in the words of the service and keeps what was filled in', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: findingCard('f1') }));
    fake.refuseNext('/press', 403, '不能以张工的名义上报。请联系东区街道代为上报。');
    await card(page, 'f1').getByLabel('整改情况').fill('已补设');
    await card(page, 'f1').getByRole('button', { name: '已整改，上报' }).click();

    await card(page, 'f1').getByRole('alert').getByText('请联系东区街道代为上报').waitFor();
    expect(await card(page, 'f1').getByLabel('整改情况').inputValue()).toBe('已补设');
  });

  it('repeats a press that did not get through under the same event id', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: checklistCard('c1', '阳光花园') }));
    const lost: unknown[] = [];
    const lose = (route: Route): Promise<void> => {
      lost.push(route.request().postDataJSON().id);
      return route.abort();
    };
    await page.route('**/press', lose, { times: 1 });
    await card(page, 'c1').getByLabel('4 隔离观察点').check();
    await card(page, 'c1').getByRole('button', { name: '提交' }).click();
    await card(page, 'c1').getByText('没有连上服务').waitFor();
    await card(page, 'c1').getByRole('button', { name: '提交' }).click();

    await card(page, 'c1').getByText('张工 已提交').waitFor();
    expect(presses().map((press) => press.id)).toEqual(lost);
  });

  it('finds out by itself that a press counted whose answer was lost', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: checklistCard('c1', '阳光花园') }));
    fake.cutNext('/press');
    await card(page, 'c1').getByLabel('4 隔离观察点').check();
    await card(page, 'c1').getByRole('button', { name: '提交' }).click();

    await card(page, 'c1').getByText('张工 已提交').waitFor();
    await card(page, 'c1').getByText('没有连上服务').waitFor({ state: 'detached' });
    expect(presses()).toHaveLength(1);
  });

  it('folds a list of many lines until asked', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: reportCard('r1') }));
    expect(await card(page, 'r1').getByText('示例小区26').count()).toBe(0);
    await card(page, 'r1').getByRole('button', { name: '展开其余 18 行' }).click();
    await card(page, 'r1').getByText('示例小区26').waitFor();
  });
});

describe('the composer', () => {
  it('sends typed text, with a mention of the service marked as such', async () => {
    const page = await visit();
    await composer(page).fill('@督导 阳光花园 除了3和5其他都有');
    await composer(page).press('Enter');

    await page.getByText('6 项落实，2 项未落实（3 简明指引上墙、5 来访扫码测温登记戴口罩）').waitFor();
    expect(sayings()).toMatchObject([{ chat: 'zone-east', text: '@督导 阳光花园 除了3和5其他都有', mention: true }]);
    expect(await page.locator('.message-own').count()).toBe(1);
  });

  it('completes a command from its first letters', async () => {
    const page = await visit();
    await composer(page).pressSequentially('/re');
    await page.getByRole('option', { name: '/report' }).waitFor();
    await composer(page).press('Enter');
    expect(await composer(page).inputValue()).toBe('/report ');
    await composer(page).press('Enter');

    await page.getByText('尚未检查的小区').last().waitFor();
    expect(sayings()[0]?.text).toBe('/report');
  });

  it('keeps a message that was not sent, and sends it when asked again', async () => {
    const page = await visit();
    await page.route('**/say', (route) => route.abort(), { times: 1 });
    await composer(page).fill('收到');
    await composer(page).press('Enter');
    await page.getByText('未发送').waitFor();
    await page.getByRole('button', { name: '再试一次' }).click();

    await page.getByText('未发送').waitFor({ state: 'detached' });
    await page.getByRole('article').getByText('收到').waitFor();
    expect(sayings()).toHaveLength(1);
    expect(await page.locator('.message-own').count()).toBe(1);
  });

  it('sends a photo', async () => {
    const page = await visit();
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const file = { name: '门岗.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') };
    await page.getByLabel('发照片').setInputFiles(file);
    await page.getByText('门岗.png').waitFor();
    await page.getByRole('button', { name: '发送' }).click();

    await page.getByRole('img', { name: '张工发的照片' }).waitFor();
    expect(sayings()[0]?.file).toEqual({ name: '门岗.png', type: 'image/png', base64: pixel });
  });
});

describe('what happens elsewhere', () => {
  for (const [how, stream] of [
    ['through the stream', true],
    ['by looking again where there is no stream', false],
  ] as const) {
    it(`appears without reload, ${how}`, async () => {
      const page = await visit(undefined, { stream });
      const message = fake.post('zone-east', { card: checklistCard('c1', '景湖居') });
      await card(page, 'c1').getByRole('checkbox').first().waitFor();
      fake.change(message, {
        ...checklistCard('c1', '景湖居'),
        state: 'answered',
        stateText: '李工 已提交',
        fields: [],
      });
      await card(page, 'c1').getByText('李工 已提交').waitFor();
      fake.post('private-zhang', { text: '请今天完成和风雅苑的回头看。' });
      await page.getByRole('button', { name: /^督导.*1 条未读/ }).waitFor();
    });
  }

  it('does not take away what somebody is filling in', async () => {
    const page = await visit();
    const message = fake.post('zone-east', { card: assignmentCard('a1') });
    await card(page, 'a1').getByLabel('小区').selectOption('cuizhu');
    fake.change(message, assignmentCard('a1', ['cuizhu', 'hefeng']));
    await card(page, 'a1').getByText('已查 7 个，还有 2 个').waitFor();
    expect(await card(page, 'a1').getByLabel('小区').inputValue()).toBe('cuizhu');
  });
});

describe('the clock and the identity', () => {
  it('moves to the next slot, and the first card arrives', async () => {
    const page = await visit();
    await page.getByRole('button', { name: '到下一个时段（08:30 检查安排）' }).click();
    await page.getByRole('heading', { name: '东区组团 · 4月19日（周二）检查安排' }).waitFor();
    await page.getByRole('status').getByText('已到 4月19日（周二）08:30：检查安排').waitFor();
    await page.getByRole('button', { name: '到下一个时段（10:00 提醒）' }).waitFor();
    await page.getByRole('button', { name: '第二天' }).click();
    await page.locator('time', { hasText: '08:25' }).waitFor();
    expect(fake.calls.map((call) => call.body.advanceTo)).toEqual([
      '2022-04-19T08:30:00+08:00',
      '2022-04-20T08:25:00+08:00',
    ]);
  });

  it('takes the place of somebody found by name', async () => {
    const page = await visit(({ post }) => post('private-wang', { card: letterCard('l1') }));
    await page.getByRole('button', { name: /^当前身份：\s*张工/ }).click();
    await page.getByRole('dialog', { name: '选择身份' }).getByRole('searchbox').fill('王');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /王经理/ })
      .click();
    await page.getByRole('heading', { name: '致中山市各物业服务企业的一封信' }).waitFor();
    await page.getByRole('button', { name: /^当前身份：\s*王经理/ }).waitFor();
  });

  it('takes the place of a member without leaving the chat', async () => {
    const page = await visit(({ post }) => post('zone-east', { text: '早上好' }));
    await page
      .getByRole('complementary', { name: '成员' })
      .getByRole('button', { name: /翁冠超/ })
      .click();
    await page.getByRole('button', { name: /^当前身份：\s*翁冠超/ }).waitFor();
    await page.getByRole('heading', { name: '东区组团', exact: true }).waitFor();
  });

  it('leads a first-time visitor through three steps', async () => {
    const page = await visit(undefined, { hints: true });
    await page.getByText('第 1 步，共 3 步').waitFor();
    await page.getByRole('button', { name: /08:30/ }).first().click();
    await page.getByText('先选小区，再点卡片上的按钮。').waitFor();
    await page.getByLabel('小区').selectOption('yangguang');
    await page.getByRole('button', { name: '有未落实' }).click();
    await page.getByRole('button', { name: '填入这个例子' }).click();
    await composer(page).press('Enter');
    await page.getByText('三步都会了').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '东区组团', exact: true }).waitFor();
    expect(await page.getByText('共 3 步').count()).toBe(0);
  });
});

describe('when something is missing', () => {
  it('says what to do when the service does not answer at first, and goes on from there', async () => {
    fake = await startPlaygroundFake({ pages });
    context = await (await browser()).newContext({ viewport: PHONE });
    const page = await context.newPage();
    await page.route('**/me', (route) => route.abort(), { times: 1 });
    await page.goto(fake.url);
    await page.getByRole('alert').getByText('请检查网络').waitFor();
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('heading', { name: '东区组团', exact: true }).waitFor();
  });

  it('tells in an empty chat what will be here, and how to get there', async () => {
    const page = await visit();
    await page.getByText('到 08:30，会发出“检查安排”。').waitFor();
    await page.getByRole('main').getByRole('button', { name: '到 08:30' }).click();
    await page.getByRole('heading', { name: '东区组团 · 4月19日（周二）检查安排' }).waitFor();
  });

  it('asks for the token where the service wants one, and sends it', async () => {
    fake = await startPlaygroundFake({ pages, token: 'secret' });
    context = await (await browser()).newContext({ viewport: PHONE });
    const page = await context.newPage();
    await page.goto(fake.url);
    await page.getByLabel('API 令牌').fill('secret');
    await page.getByRole('button', { name: '进入' }).click();
    await page.getByRole('heading', { name: '东区组团', exact: true }).waitFor();
  });
});

describe('on a phone', () => {
  const onPhone = { viewport: PHONE, hasTouch: true };

  it('keeps the chats in a drawer', async () => {
    const page = await visit(
      ({ post }) => {
        post('zone-east', { text: '早上好' });
        post('private-zhang', { text: '您好，张工。' });
      },
      {},
      onPhone,
    );
    expect(await page.getByRole('navigation', { name: '会话' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: '打开会话列表，1 条未读' }).tap();
    const drawer = page.getByRole('dialog', { name: '会话' });
    await drawer.getByRole('button', { name: /^督导/ }).tap();
    await drawer.waitFor({ state: 'detached' });
    await page.getByText('您好，张工。').last().waitFor();
  });

  it('never scrolls sideways', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: letterCard('l1') }), {}, onPhone);
    await card(page, 'l1').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  });
});

describe('with the keyboard alone', () => {
  it('reaches the composer with /, presses a card, and closes a panel with Esc', async () => {
    const page = await visit(({ post }) => post('zone-east', { card: assignmentCard('a1') }));
    await card(page, 'a1').waitFor();
    await page.keyboard.press('/');
    expect(await composer(page).evaluate((field) => field === document.activeElement)).toBe(true);

    await tabTo(page, /^小区$/, 'Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, /^全部落实$/, 'Tab');
    await page.keyboard.press('Enter');
    await card(page, 'a1').getByText('已查 1 个').waitFor();

    await tabTo(page, /^当前身份：\s*张工/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: '选择身份' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focusedName(page)).toMatch(/^当前身份：\s*张工/);
  });
});

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const active = document.activeElement;
    const label = active instanceof HTMLSelectElement ? active.labels[0]?.textContent : active?.textContent;
    return active?.getAttribute('aria-label') ?? label ?? '';
  });

const tabTo = async (page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab'): Promise<void> => {
  for (let presses = 0; presses < 30; presses += 1) {
    if (name.test(await focusedName(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${name} is not reached with ${key}`);
};

describe('accessibility', () => {
  for (const [device, viewport, colorScheme] of [
    ['phone, light', PHONE, 'light'],
    ['desk, dark', DESK, 'dark'],
  ] as const) {
    it(`has no serious fault (${device})`, async () => {
      const page = await visit(
        ({ post }) => {
          post('zone-east', { text: '早上好', from: { id: 'dai', name: '戴巍' } });
          post('zone-east', { card: letterCard('l1') });
          post('zone-east', { card: { ...checklistCard('c1', '景湖居'), state: 'answered', fields: [] } });
          post('zone-east', { card: reportCard('r1') });
          post('zone-east', { card: checklistCard('c2', '阳光花园') });
        },
        { hints: true },
        { viewport, colorScheme },
      );
      await card(page, 'c2').getByLabel('4 隔离观察点').check();
      await composer(page).pressSequentially('/');
      await page.getByRole('listbox').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await composer(page).press('Escape');
      await page.getByRole('button', { name: /^当前身份：\s*张工/ }).click();
      await page.getByRole('dialog').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
    });
  }
});

const seriousFaults = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
};
