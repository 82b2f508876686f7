// A workbook written as it is read: what cells may hold, and what happens when either end breaks off.
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type Cell, type SheetContent, writeWorkbook } from '../../src/reports/workbook-file.ts';
import { zhongshan } from '../support/campaign.ts';
import { seenIn } from '../support/exported.ts';

const { calendar } = await zhongshan();

async function* one(rows: readonly (readonly Cell[])[]) {
  yield rows;
}
const sheet = (pages: SheetContent['pages'], title = '表'): SheetContent => ({
  title,
  heads: [{ label: '甲', width: 10 }],
  pages,
});
const written = (...sheets: SheetContent[]) => writeWorkbook(sheets, calendar, '（没有记录）');

describe('a cell', () => {
  it.each<[string, Cell, string]>([
    ['text with marks of XML', 'a<b>&"c"', 'a<b>&"c"'],
    ['text that looks like an escape of the format', '_x0041_', '_x0041_'],
    ['= first', '=1+1', '=1+1'],
    ['+ first', '+86', '+86'],
    ['- first', '-', '-'],
    ['@ first', '@SUM(A1)', '@SUM(A1)'],
    ['digits as text', '0013800001234', '0013800001234'],
    ['line breaks and blanks', ' 一\n二 ', ' 一\n二 '],
    ['what XML cannot hold', 'a\u0000b\u001f\ud800', 'ab\ufffd'],
    ['a rare character', '𠮷', '𠮷'],
    ['a number', -3.5, '-3.5'],
    ['a day', { day: '2022-04-19' }, '2022-04-19'],
    ['an instant, by the campaign’s clock', new Date('2022-04-19T23:30:00Z'), '2022-04-20 07:30'],
    ['nothing', null, ''],
  ])('holds %s', async (_, cell, expected) => {
    const [{ rows } = { rows: [] }] = await seenIn(await buffer(written(sheet(one([[cell]]))).content));
    expect(rows[3]?.[0] ?? '').toBe(expected);
  });
});

describe('sheets', () => {
  it('of one title, or of one with characters that a name may not have, get names of their own', async () => {
    const file = written(sheet(one([]), '台账/一'), sheet(one([]), '台账/一'), sheet(one([]), '长'.repeat(40)));
    const names = (await seenIn(await buffer(file.content))).map(({ name }) => name);
    expect(names).toEqual(['台账 一', '台账 一 2', '长'.repeat(28)]);
  });
});

describe('when an end breaks off', () => {
  it('fails the file with what the reading failed with', async () => {
    async function* broken() {
      yield [['a']];
      throw new Error('the database is gone');
    }
    await expect(buffer(written(sheet(broken())).content)).rejects.toThrow('the database is gone');
  });

  it('reads no further once nobody takes it', async () => {
    let read = 0;
    let ended = () => {};
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    async function* endless() {
      try {
        for (;;) {
          read += 1;
          yield [[Array.from({ length: 500 }, (_, i) => `${read * i}`).join(' ')]];
        }
      } finally {
        ended();
      }
    }
    const { content } = written(sheet(endless()));
    for await (const _ of content) if (read > 10) break;
    await end;
    expect(content.destroyed).toBe(true);
  });
});
