// Evidence photos in chat (E12, R16): they go with the record made shortly before or after, never alone; whoever may not
// see them is not even told that they are there.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bomb, phonePhoto } from '../support/pictures.ts';
import { testToken } from '../support/service.ts';
import { type AssignmentRow, openTownStage, type TownStage } from '../support/town-stage.ts';

interface PhotoRow {
  readonly id: string;
  readonly at: string;
  readonly takenAt: string | null;
}
interface RecordRow {
  readonly id: string;
  readonly compound: { readonly id: string };
  readonly photos: readonly PhotoRow[];
}

const zone = '东部组团';
const area = '火炬开发区';
const group = `zone:${zone}`;
let stage: TownStage;
let today: AssignmentRow[];
const nth = (n: number): AssignmentRow => {
  const found = today[n];
  if (!found) throw new Error(`the area has no ${n + 1} assignments today`);
  return found;
};
const record = async (a: AssignmentRow, ...not_done: string[]) => {
  const card = (await stage.play.messages(group)).find((m) => m.card?.kind === 'assignment')?.card;
  await stage.play.press(a.person, group, card?.id ?? '', 'has_exceptions', { compound: a.compound });
  return stage.play.press(a.person, group, card?.id ?? '', 'submit', { compound: a.compound, not_done });
};
const recordOf = async (a: AssignmentRow): Promise<RecordRow | undefined> =>
  (await stage.play.all<RecordRow>('/inspections')).find((r) => r.compound.id === a.compound);
/** Sends it in private and waits for what is said. */
const send = async (person: string, bytes: Uint8Array, name?: string, type?: string): Promise<string> => {
  const chat = `person:${person}`;
  const before = new Set((await stage.seen(person)).map((m) => m.id));
  await stage.play.sendFile(person, chat, bytes, name, type);
  let said = '';
  await expect
    .poll(async () => {
      said = (await stage.seen(person)).find((m) => !before.has(m.id) && !m.id.startsWith('said:'))?.text ?? '';
      return said;
    })
    .not.toBe('');
  return said;
};
const photo = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${stage.service.url}/photos/${id}`, { headers });
const asOffice = { authorization: `Bearer ${testToken}` };

beforeAll(async () => {
  stage = await openTownStage();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  const all = (await stage.assignments('2022-04-19')).filter((a) => a.kind === 'zone' && a.area === area);
  // Each of another person: photos are told apart by their sender.
  today = [...new Map(all.map((a) => [a.person, a])).values()];
}, 120_000);
afterAll(() => stage?.close());

describe('a photo', { timeout: 60_000 }, () => {
  it('after the answer goes with its record, with its own time and nothing of where it was taken (E12, R16)', async () => {
    await record(nth(0), 'isolation_point');
    expect(await send(nth(0).person, await phonePhoto())).toContain('照片已附到');
    expect(await send(nth(0).person, await phonePhoto(640, 480))).toContain('共 2 张');
    const photos = (await recordOf(nth(0)))?.photos ?? [];
    expect(photos.map((p) => p.takenAt)).toEqual(Array(2).fill('2022-04-19T08:31:12.000+08:00'));
    const answer = await photo(photos[0]?.id ?? '', asOffice);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('cache-control')).toContain('private');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect((await sharp(bytes).metadata()).width).toBe(800);
    expect(bytes.includes('SERIAL-4711')).toBe(false);
  });

  it('is there from the finding that it proves (R37)', async () => {
    const finding = (await stage.play.all<{ compound: string; photos: PhotoRow[] }>('/findings')).find(
      (f) => f.compound === nth(0).compound,
    );
    expect(finding?.photos).toHaveLength(2);
  });

  it('before the answer waits for it, and is no answer by itself (E12)', async () => {
    expect(await send(nth(1).person, await phonePhoto(500, 400))).toContain('只有照片还不算记录');
    expect(await recordOf(nth(1))).toBeUndefined();
    const { card } = await record(nth(1), 'isolation_point');
    expect(card?.lines).toContain('附照片 1 张。');
    expect((await recordOf(nth(1)))?.photos).toHaveLength(1);
  });

  it('stays with the record when that is corrected (E10)', async () => {
    await stage.ask(nth(0).person, `${nth(0).compoundName} 更正：第8项改为否`);
    const corrected = (await stage.play.all<RecordRow & { version: number }>('/inspections')).find(
      (r) => r.compound.id === nth(0).compound,
    );
    expect(corrected?.version).toBe(2);
    expect(corrected?.photos).toHaveLength(2);
  });

  it('that waits in vain for half an hour goes, and a later answer does not get it', async () => {
    await send(nth(2).person, await phonePhoto(510, 410));
    await stage.play.clock({ advanceTo: '2022-04-19T09:30:00+08:00' });
    await record(nth(2), 'isolation_point');
    expect((await recordOf(nth(2)))?.photos).toEqual([]);
  });
});

describe('what is no photo', { timeout: 60_000 }, () => {
  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string, string]>([
    ['a bomb', bomb, '图片.png', '尺寸太大'],
    ['a list', () => Buffer.from('%PDF-1.7'), '名单.pdf', '“名单.pdf”不是照片'],
    ['half a photo', async () => (await phonePhoto(1600, 1200)).subarray(0, 5000), '照片.jpg', '没有传完整'],
  ])('%s is refused with one clear sentence, and nothing is kept (E12)', async (_, bytes, name, sentence) => {
    const events = (await stage.play.all('/events')).length;
    expect(await send(nth(0).person, await bytes(), name)).toContain(sentence);
    expect((await recordOf(nth(0)))?.photos).toHaveLength(2);
    expect(await stage.play.all('/events')).toHaveLength(events);
  });

  it('60 MB are refused at the door', async () => {
    await expect(
      stage.play.sendFile(nth(0).person, `person:${nth(0).person}`, new Uint8Array(60 * 1024 * 1024)),
    ).rejects.toThrow(/413.*最多 15 MB/);
  });
});

describe('the picture itself', { timeout: 60_000 }, () => {
  it('is not handed out without rights: no token, a wrong one, a photo that is not there', async () => {
    const id = (await recordOf(nth(0)))?.photos[0]?.id ?? '';
    expect((await photo(id)).status).toBe(401);
    expect((await photo(id, { authorization: 'Bearer nobody-knows-it' })).status).toBe(401);
    expect((await photo('no-such-photo', asOffice)).status).toBe(404);
    expect((await photo('..%2f..%2fpostmaster', asOffice)).status).toBe(404);
  });

  it('is shown to those the table names, and to nobody else (REQUIREMENTS 1.7)', async () => {
    const id = (await recordOf(nth(0)))?.photos[0]?.id ?? '';
    const seenBy = async (role: string, scope: string): Promise<number> =>
      (await photo(id, { cookie: await stage.enter(stage.who(role, scope).id) })).status;
    expect(await seenBy('liaison', zone)).toBe(200);
    expect(await seenBy('town_contact', area)).toBe(200);
    expect(await seenBy('zone_lead', zone)).toBe(200);
    expect(await seenBy('zone_lead', '东区组团')).toBe(404);
    expect(await seenBy('town_contact', '东区街道')).toBe(404);
    expect(await seenBy('association', '市物业管理行业协会')).toBe(404);
  });
});
