// One-time web forms (R16, R22, R23, R26, DESIGN §5): for people in no chat and for what a card cannot hold. One link, one
// person, one record; whatever is wrong with it is one clear sentence and nothing written.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bomb, phonePhoto } from '../support/pictures.ts';
import { type AssignmentRow, openTownStage, type TownStage } from '../support/town-stage.ts';

interface RecordRow {
  readonly compound: { readonly id: string };
  readonly source: { readonly channel: string; readonly kind: string };
  readonly inspector: { readonly id: string };
  readonly photos: readonly unknown[];
}
interface LetterRow {
  readonly unit: string;
  readonly area: string | null;
  readonly state: string;
  readonly signatory: { readonly id: string; readonly name: string } | null;
}

const area = '火炬开发区';
let stage: TownStage;
let today: AssignmentRow[];
const nth = (n: number): AssignmentRow => {
  const found = today[n];
  if (!found) throw new Error(`the area has no ${n + 1} assignments today`);
  return found;
};
const recordsAt = async (a: AssignmentRow): Promise<RecordRow[]> =>
  (await stage.play.all<RecordRow>('/inspections')).filter((r) => r.compound.id === a.compound);

const askForm = async (person: string, words: string): Promise<string> => {
  const { card, text } = await stage.ask(person, `/表单 ${words}`.trim());
  const url = (card?.actions ?? []).map((a) => (a as { url?: string }).url).find((to) => to !== undefined);
  return url ?? text ?? '';
};
const look = async (url: string) => {
  const answer = await fetch(url, { headers: { 'accept-language': 'zh-CN' } });
  return { status: answer.status, page: await answer.text() };
};
interface Filling {
  readonly action: string;
  readonly values?: Readonly<Record<string, string | readonly string[]>>;
  readonly submission?: string;
  readonly photos?: readonly Uint8Array[];
  readonly headers?: Record<string, string>;
}
const send = async (
  url: string,
  { action, values = {}, submission = randomUUID(), photos = [], headers = {} }: Filling,
) => {
  const form = new FormData();
  form.append('submission', submission);
  for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) form.append(name, one);
  for (const bytes of photos) form.append('photos', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'a.jpg');
  form.append('action', action);
  const answer = await fetch(url, { method: 'POST', body: form, headers: { 'accept-language': 'zh-CN', ...headers } });
  return { status: answer.status, page: await answer.text() };
};

beforeAll(async () => {
  stage = await openTownStage();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  today = (await stage.assignments('2022-04-19')).filter((a) => a.kind === 'zone' && a.area === area);
}, 120_000);
afterAll(() => stage?.close());

describe('a checklist as a form', { timeout: 60_000 }, () => {
  it('shows the card with nothing chosen, and looking spends nothing (R20)', async () => {
    const url = await askForm(nth(0).person, nth(0).compoundName);
    for (let i = 0; i < 3; i += 1) {
      const { status, page } = await look(url);
      expect(status).toBe(200);
      expect(page).toContain(nth(0).compoundName);
      expect(page).not.toMatch(/ (checked|selected)/);
    }
    expect(await recordsAt(nth(0))).toEqual([]);
  });

  it('becomes a record of its person with source form, with the photos sent along (R16, E12)', async () => {
    const url = await askForm(nth(0).person, nth(0).compoundName);
    const done = await send(url, {
      action: 'submit',
      values: { not_done: ['isolation_point', 'staff_mask'], note: '门岗在修' },
      photos: [await phonePhoto(), await phonePhoto(400, 300)],
    });
    expect(done).toMatchObject({ status: 200 });
    expect(done.page).toContain('已记录');
    const [record] = await recordsAt(nth(0));
    expect(record?.source).toMatchObject({ channel: 'form', kind: 'form' });
    expect(record?.inspector.id).toBe(nth(0).person);
    expect(record?.photos).toHaveLength(2);
  });

  it('asks back what says nothing or contradicts itself, keeps what was filled in, and can be sent again', async () => {
    const url = await askForm(nth(1).person, nth(1).compoundName);
    const nothing = await send(url, { action: 'submit' });
    expect(nothing.status).toBe(422);
    expect(nothing.page).toContain('还没有勾选未落实的项');
    const both = await send(url, { action: 'all_ok', values: { not_done: 'staff_mask', note: '写过的话' } });
    expect(both.status).toBe(422);
    expect(both.page).toContain('写过的话');
    expect(both.page).toMatch(/value="staff_mask" checked/);
    expect(await recordsAt(nth(1))).toEqual([]);
    expect((await send(url, { action: 'all_ok' })).status).toBe(200);
    expect(await recordsAt(nth(1))).toHaveLength(1);
  });

  it('sent twice by one phone is one record with the same answer; from a second phone it is one clear sentence (E11)', async () => {
    const url = await askForm(nth(2).person, nth(2).compoundName);
    const submission = randomUUID();
    const [first, again] = await Promise.all([
      send(url, { action: 'all_ok', submission }),
      send(url, { action: 'all_ok', submission }),
    ]);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect((await send(url, { action: 'all_ok', submission })).page).toBe(first.page);
    const other = await send(url, { action: 'submit', values: { not_done: 'staff_mask' } });
    expect(other.status).toBe(410);
    expect(other.page).toContain('已经提交过');
    expect(await recordsAt(nth(2))).toHaveLength(1);
  });

  it('from two phones at once is one record', async () => {
    const url = await askForm(nth(3).person, nth(3).compoundName);
    const both = await Promise.all([
      send(url, { action: 'all_ok' }),
      send(url, { action: 'submit', values: { not_done: 'staff_mask' } }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 410]);
    expect(await recordsAt(nth(3))).toHaveLength(1);
  });
});

describe('a link that is no good', { timeout: 60_000 }, () => {
  it.each<[string, (url: string) => string]>([
    ['tampered', (url) => `${url.slice(0, -2)}${url.endsWith('AA') ? 'BB' : 'AA'}`],
    ['cut short', (url) => url.slice(0, -5)],
    ['of nobody', (url) => url.replace(/[\w-]{48}$/, 'x'.repeat(48))],
  ])('%s: one clear sentence, and nothing is written', async (_, spoil) => {
    const url = spoil(await askForm(nth(4).person, nth(4).compoundName));
    const events = (await stage.play.all('/events')).length;
    expect(await look(url)).toMatchObject({ status: 404 });
    const sent = await send(url, { action: 'all_ok' });
    expect(sent.status).toBe(404);
    expect(sent.page).toContain('这个链接无效');
    expect(await stage.play.all('/events')).toHaveLength(events);
  });

  it('for the pages is no form, and a form’s link opens no pages', async () => {
    const form = await askForm(nth(4).person, nth(4).compoundName);
    expect((await fetch(form.replace('/form/', '/login/'), { method: 'POST', redirect: 'manual' })).status).toBe(404);
  });

  it('refuses what another site sends', async () => {
    const url = await askForm(nth(4).person, nth(4).compoundName);
    const foreign = await send(url, { action: 'all_ok', headers: { origin: 'https://elsewhere.example' } });
    expect(foreign.status).toBe(403);
    expect(await recordsAt(nth(4))).toEqual([]);
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['a bomb', bomb, '尺寸太大'],
    ['no picture', () => Buffer.from('%PDF-1.7'), '不是照片'],
  ])('with %s among the photos: nothing is written, and the form is still good (E12)', async (_, bytes, sentence) => {
    const url = await askForm(nth(4).person, nth(4).compoundName);
    const refused = await send(url, { action: 'all_ok', photos: [await phonePhoto(), await bytes()] });
    expect(refused.status).toBe(422);
    expect(refused.page).toContain(sentence);
    expect(await recordsAt(nth(4))).toEqual([]);
    expect((await look(url)).status).toBe(200);
  });

  it('60 MB are refused at the door', async () => {
    const url = await askForm(nth(4).person, nth(4).compoundName);
    const answer = await send(url, { action: 'all_ok', photos: [new Uint8Array(60 * 1024 * 1024)] }).catch(() => null);
    expect(answer?.status ?? 413).toBe(413);
    expect(await recordsAt(nth(4))).toEqual([]);
  });
});

describe('the letter as a form (R23, R26)', { timeout: 60_000 }, () => {
  const letters = () => stage.play.all<LetterRow>('/letters');
  const unsigned = async (): Promise<LetterRow> => {
    const found = (await letters()).find((l) => l.area === area && l.signatory && l.state !== 'signed');
    if (!found) throw new Error('every letter of the area is signed');
    return found;
  };
  const all = (answer: string) => Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`q${i + 1}`, answer]));

  it('is handed out by those who organise the signing, and signed by its head with the whole text before the eyes', async () => {
    const { unit, signatory } = await unsigned();
    const url = await askForm(stage.who('association', '市物业管理行业协会').id, unit);
    const { page } = await look(url);
    expect(page).toContain(signatory?.name);
    expect(page).toContain('致中山市各物业服务企业的一封信');
    expect(page.match(/type="radio"/g)).toHaveLength(24);
    const partly = await send(url, { action: 'sign', values: { q1: 'yes' } });
    expect(partly.status).toBe(422);
    expect(partly.page).toContain('还没有回答');
    expect((await send(url, { action: 'sign', values: all('yes') })).status).toBe(200);
    expect((await letters()).find((l) => l.unit === unit)?.state).toBe('signed');
  });

  it('with a "no" is kept and not signed, and the link stays good for another answer (E32)', async () => {
    const { unit } = await unsigned();
    const url = await askForm(stage.who('town_contact', area).id, unit);
    const refused = await send(url, { action: 'sign', values: { ...all('yes'), q3: 'no' } });
    expect(refused.page).toContain('暂不算签阅');
    expect((await letters()).find((l) => l.unit === unit)?.state).toBe('refused');
    expect((await send(url, { action: 'sign', values: { q3: 'yes' } })).status).toBe(200);
  });

  it('is not handed out to others', async () => {
    const { unit } = await unsigned();
    expect(await askForm(stage.who('town_contact', '东区街道').id, unit)).toContain('签阅链接由物业行业协会');
  });
});

describe('a claim of a fix as a form (R39)', { timeout: 60_000 }, () => {
  it('is the town’s own, with a photo as its proof (E12)', async () => {
    await stage.play.clock({ advanceTo: '2022-04-19T09:30:00+08:00' });
    const url = await askForm(stage.who('town_contact', area).id, nth(0).compoundName);
    const [finding] = (
      await stage.play.all<{ id: string; compound: string; item: string; state: string }>('/findings')
    ).filter((f) => f.compound === nth(0).compound && f.state === 'notified');
    const done = await send(url, {
      action: 'report_fix',
      values: { finding: finding?.id ?? '', note: '已补设' },
      photos: [await phonePhoto(320, 240)],
    });
    expect(done.page).toContain('已上报');
    const after = (await stage.play.all<{ id: string; state: string; photos: unknown[] }>('/findings')).find(
      (f) => f.id === finding?.id,
    );
    expect(after?.state).toBe('reported');
    expect(after?.photos).toHaveLength(3);
  });
});

describe('after its time', { timeout: 60_000 }, () => {
  it('says that it has expired, and nothing is written', async () => {
    const url = await askForm(nth(4).person, nth(4).compoundName);
    await stage.play.clock({ advanceTo: '2022-04-23T09:00:00+08:00' });
    expect(await look(url)).toMatchObject({ status: 410 });
    const late = await send(url, { action: 'all_ok' });
    expect(late.status).toBe(410);
    expect(late.page).toContain('已经过期');
    expect(await recordsAt(nth(4))).toEqual([]);
  });
});
