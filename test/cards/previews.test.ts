// Previews are read back from what the channels send: each neutral card has one on every channel, the playground shows all of
// a card, and what is said not to fit is true.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { previewCard as onDingtalk } from '../../src/channels/dingtalk/preview.ts';
import { previewCard as onFeishu } from '../../src/channels/feishu/preview.ts';
import { previewCard as onPlayground } from '../../src/channels/playground/preview.ts';
import { previewCard as onTelegram } from '../../src/channels/telegram/preview.ts';
import { previewCard as onWecom } from '../../src/channels/wecom/preview.ts';
import type { Card } from '../../src/domain/card.ts';
import { misfitsOf, previewLines, sayMisfit } from '../../src/domain/card-preview.ts';
import { someCard } from '../support/playground-stage.ts';

const channels = { wecom: onWecom, dingtalk: onDingtalk, telegram: onTelegram, feishu: onFeishu };
const folder = fileURLToPath(new URL('../golden/playground/', import.meta.url));
const cards = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): Card => JSON.parse(readFileSync(folder + file, 'utf8')));

const ticking = (labels: readonly string[]): Card =>
  someCard('c1', {
    fields: [
      {
        id: 'not_done',
        kind: 'ticks',
        label: '未落实的项',
        options: labels.map((label, i) => ({ id: `i${i}`, label })),
      },
    ],
    actions: [{ id: 'submit', label: '提交' }],
  });
const items = (n: number): Card => ticking(Array.from({ length: n }, (_, i) => `${i + 1} 第${i + 1}项`));

describe('a preview', () => {
  it('shows all of every card on the playground', () => {
    for (const card of cards) expect([card.id, misfitsOf(card, onPlayground(card, 'person'))]).toEqual([card.id, []]);
  });

  it.each(Object.entries(channels))('says of every card how it arrives on %s, in both languages', (name, previewOn) => {
    for (const card of cards) {
      for (const place of ['group', 'person'] as const) {
        const preview = previewOn(card, place);
        expect(preview).toMatchObject({ channel: name });
        expect(previewLines(preview).join('\n')).toContain([...card.title].slice(0, 8).join(''));
        for (const misfit of misfitsOf(card, preview)) {
          expect(sayMisfit(misfit, 'zh-CN')).toMatch(/[\u4e00-\u9fff]/);
          expect(sayMisfit(misfit, 'en')).toMatch(/^\S.*[a-z]/);
        }
      }
    }
  });

  it.each([
    [20, []],
    [21, [{ kind: 'in_words' }]],
  ])('says that WeCom shows %i items on a card or not', (n, misfits) => {
    expect(misfitsOf(items(n), onWecom(items(n), 'group'))).toEqual(misfits);
  });

  it('counts what is cut, and says what stands there instead', () => {
    const card = ticking(['1 来访扫码测温登记戴口罩', '2 通告上墙', '3 进入人员都要测温戴口罩']);
    const shown = ticking(['1 来访扫码测温…', '2 通告上墙', '3 进入人员都要…']);
    const [misfit] = misfitsOf(card, onPlayground(shown, 'group'));
    expect(misfit).toEqual({ kind: 'cut', about: '1 来访扫码测温登记戴口罩', shown: '1 来访扫码测温…', n: 2 });
  });
});
