// The one-time web form on a phone, in a real browser: filled in, offline and back, with a photo, without script.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browser, closeBrowser, PHONE } from '../support/browser.ts';
import { phonePhoto } from '../support/pictures.ts';
import { type AssignmentRow, openTownStage, type TownStage } from '../support/town-stage.ts';

interface RecordRow {
  readonly compound: { readonly id: string };
  readonly source: { readonly channel: string };
  readonly items: readonly { readonly id: string; readonly done: boolean }[];
  readonly note: string | null;
  readonly photos: readonly { readonly id: string }[];
}
interface LetterRow {
  readonly unit: string;
  readonly area: string | null;
  readonly state: string;
  readonly signatory: { readonly id: string } | null;
}

const area = '火炬开发区';
let stage: TownStage;
let today: AssignmentRow[];
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  stage = await openTownStage();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  today = (await stage.assignments('2022-04-19')).filter((a) => a.kind === 'zone' && a.area === area);
}, 120_000);
afterEach(() => context?.close());
afterAll(async () => {
  await closeBrowser();
  await stage?.close();
}, 30_000);

const next = (): AssignmentRow => {
  const taken = today.shift();
  if (!taken) throw new Error('the area has no assignment left');
  return taken;
};

const linkTo = async (person: string, words: string): Promise<string> => {
  const { card } = await stage.ask(person, `/表单 ${words}`);
  const url = (card?.actions ?? []).map((a) => (a as { url?: string }).url).find((to) => to !== undefined);
  if (!url) throw new Error(`no form for ${words}`);
  return url;
};
const recordsAt = async ({ compound }: AssignmentRow): Promise<RecordRow[]> =>
  (await stage.play.all<RecordRow>('/inspections')).filter((r) => r.compound.id === compound);

const open = async (url: string, options: BrowserContextOptions = {}): Promise<void> => {
  context = await (await browser()).newContext({ viewport: PHONE, locale: 'zh-CN', hasTouch: true, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(url);
};
const said = () => page.getByRole('alert');
const send = (name = '提交') => page.getByRole('button', { name, exact: true }).click();
const faults = async (): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

describe('the form on a phone', { timeout: 120_000 }, () => {
  it('offline keeps what was filled in and says so; back online it is sent once; then the link is spent (R16, E11)', async () => {
    const assignment = next();
    const url = await linkTo(assignment.person, assignment.compoundName);
    await open(url);
    const tick = page.locator('input[name="not_done"]').first();
    await tick.check();
    await page.locator('[name="note"]').fill('门岗在修');
    expect(await faults()).toEqual([]);

    await context.setOffline(true);
    await send();
    await expect.poll(() => said().textContent()).toContain('网络不通，还没有提交');
    expect(await said().boundingBox()).toMatchObject({ y: expect.toSatisfy((y: number) => y > 0 && y < PHONE.height) });
    expect(await faults()).toEqual([]);
    expect(await recordsAt(assignment)).toEqual([]);

    await context.setOffline(false);
    await page.getByRole('heading', { name: /已记录/ }).waitFor();
    expect(await faults()).toEqual([]);
    const records = await recordsAt(assignment);
    expect(records).toHaveLength(1);
    expect(records[0]?.source.channel).toBe('form');
    expect(JSON.stringify(records[0])).toContain('门岗在修');

    const again = await page.goto(url);
    expect(again?.status()).toBe(410);
    await page.getByRole('heading', { name: '这份表单已经提交过' }).waitFor();
    expect(await faults()).toEqual([]);
  });

  it('closed while offline is sent when it is opened again', async () => {
    const assignment = next();
    const url = await linkTo(assignment.person, assignment.compoundName);
    await open(url);
    await page.locator('input[name="not_done"]').first().check();
    await context.setOffline(true);
    await send();
    await expect.poll(() => said().textContent()).toContain('网络不通');
    await page.close();
    await context.setOffline(false);
    page = await context.newPage();
    await page.goto(url);
    await page.getByRole('heading', { name: /已记录/ }).waitFor();
    expect(await recordsAt(assignment)).toHaveLength(1);
  });

  it('asks back beside the button, and what is corrected after a reload is a new try', async () => {
    const assignment = next();
    const url = await linkTo(assignment.person, assignment.compoundName);
    await open(url);
    await page.locator('[name="note"]').fill('写过的话');
    await send();
    await expect.poll(() => said().textContent()).toContain('还没有勾选未落实的项');
    await page.goto(url);
    expect(await page.locator('[name="note"]').inputValue()).toBe('写过的话');
    expect(await recordsAt(assignment)).toEqual([]);
    await page.locator('input[name="not_done"]').first().check();
    await send();
    await page.getByRole('heading', { name: /已记录/ }).waitFor();
    expect(await recordsAt(assignment)).toHaveLength(1);
  });

  it('makes photos smaller before they travel, and lets one be taken back (E12)', async () => {
    const assignment = next();
    await open(await linkTo(assignment.person, assignment.compoundName));
    const photo = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });
    const large = await sharp(await phonePhoto(2400, 1800))
      .composite([
        {
          input: {
            create: {
              width: 2400,
              height: 1800,
              channels: 3,
              background: '#888',
              noise: { type: 'gaussian', mean: 128, sigma: 40 },
            },
          },
        },
      ])
      .jpeg({ quality: 95 })
      .toBuffer();
    await page.locator('#photos').setInputFiles([photo('large.jpg', large), photo('other.jpg', await phonePhoto())]);
    await page.getByRole('button', { name: '移除照片 2' }).click();
    const shown = await page
      .locator('.shots img')
      .evaluateAll((all) =>
        all.map((one) => [(one as HTMLImageElement).naturalWidth, (one as HTMLImageElement).naturalHeight]),
      );
    expect(shown).toEqual([[1600, 1200]]);
    expect(await faults()).toEqual([]);
    const request = page.waitForRequest((r) => r.method() === 'POST');
    await send('全部落实');
    const size = Number(await (await request).headerValue('content-length'));
    await page.getByRole('heading', { name: /已记录/ }).waitFor();
    expect(size).toBeGreaterThan(10_000);
    expect(size).toBeLessThan(large.length / 2);
    expect((await recordsAt(assignment))[0]?.photos).toHaveLength(1);
  });

  it.each([
    ['with script', true],
    ['without script', false],
  ])('%s: Enter in a line of text presses no button (R20)', async (_, javaScriptEnabled) => {
    const { unit, state } = await unsigned();
    await open(await linkTo(stage.who('town_contact', area).id, unit), { javaScriptEnabled });
    let posts = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') posts += 1;
    });
    await page.locator('input[type="radio"]').first().focus();
    await page.keyboard.press('Enter');
    if (javaScriptEnabled) {
      await page.locator('h1').click();
      expect(posts).toBe(0);
    } else await expect.poll(() => said().textContent()).toContain('还没有提交');
    expect((await stage.play.all<LetterRow>('/letters')).find((l) => l.unit === unit)?.state).toBe(state);
  });

  it('is whole without script', async () => {
    const assignment = next();
    await open(await linkTo(assignment.person, assignment.compoundName), { javaScriptEnabled: false });
    await send();
    await expect.poll(() => said().textContent()).toContain('还没有勾选未落实的项');
    await page.locator('input[name="not_done"]').first().check();
    await page.locator('#photos').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto() });
    await send();
    await page.getByRole('heading', { name: /已记录/ }).waitFor();
    const records = await recordsAt(assignment);
    expect(records).toHaveLength(1);
    expect(records[0]?.photos).toHaveLength(1);
  });

  it('weighs at most 15 kB gzipped, script and style included', async () => {
    const assignment = next();
    await open(await linkTo(assignment.person, assignment.compoundName));
    const files = ['form.js', 'form.css'].map((name) =>
      readFile(join(import.meta.dirname, '../../dist/pages/form', name)),
    );
    const parts = [Buffer.from(await page.content()), ...(await Promise.all(files))];
    expect(parts.reduce((sum, part) => sum + gzipSync(part).length, 0)).toBeLessThanOrEqual(15_000);
  });
});

const unsigned = async (): Promise<LetterRow> => {
  const all = await stage.play.all<LetterRow>('/letters');
  const found = all.find((l) => l.area === area && l.signatory && l.state !== 'signed');
  if (!found) throw new Error('every letter of the area is signed');
  return found;
};

describe('the letter on a phone', { timeout: 120_000 }, () => {
  it('with a "no" is kept and not signed; the answer corrected, it is signed (R23, R26, E32)', async () => {
    const { unit } = await unsigned();
    await open(await linkTo(stage.who('town_contact', area).id, unit));
    expect(await faults()).toEqual([]);
    const state = async () => (await stage.play.all<LetterRow>('/letters')).find((l) => l.unit === unit)?.state;
    for (let n = 1; n <= 12; n += 1) {
      await page.locator(`input[name="q${n}"][value="${n === 3 ? 'no' : 'yes'}"]`).check();
    }
    const sign = page.locator('button[name="action"][value="sign"]');
    await sign.click();
    await page.getByText('暂不算签阅').first().waitFor();
    expect(await state()).toBe('refused');
    expect(await faults()).toEqual([]);
    await page.locator('input[name="q3"][value="yes"]').check();
    await sign.click();
    await page.locator('h1.done').waitFor();
    expect(await state()).toBe('signed');
  });
});
