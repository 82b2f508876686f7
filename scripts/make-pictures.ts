// For developers: `node scripts/make-pictures.ts` makes the README's picture in docs/images, from a day of the demo. The
// machine needs a font with Chinese characters.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBenchService } from '../bench/support/service.ts';
import { browser, closeBrowser, DESK } from '../test/support/browser.ts';

const folder = join(import.meta.dirname, '../docs/images');
await mkdir(folder, { recursive: true });
const service = await startBenchService({ CLOCK_START: '2022-04-19T08:25:00+08:00' });
try {
  const page = await (await browser()).newPage({ viewport: DESK, locale: 'zh-CN', reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000);
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
  await page.getByText('08:30', { exact: true }).first().waitFor();
  const skip = page.getByRole('button', { name: '跳过提示' });
  if (await skip.isVisible()) await skip.click();
  await page.getByRole('button', { name: /到下一个时段/ }).waitFor();
  await page.screenshot({ path: join(folder, 'playground.png') });
} finally {
  await closeBrowser();
  await service.close();
}
