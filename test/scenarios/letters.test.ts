// The letter in chat: question by question and resumed, confirmed in the end, a "no" kept and followed up, a stranger, and a
// head who can only be reached later (R23, E05, E22, E32).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testToken } from '../support/service.ts';
import { openTownStage, type TownStage } from '../support/town-stage.ts';

interface LetterRow {
  readonly unit: string;
  readonly zone: string;
  readonly signatory: { readonly id: string; readonly name: string } | null;
  readonly state: string;
  readonly answers: Record<string, 'yes' | 'no'>;
}

let stage: TownStage;
const letters = () => stage.play.all<LetterRow>('/letters');
/** Heads who got the letter, each with the units they sign for. */
let heads: { id: string; units: LetterRow[] }[];
const ofHead = async (id: string) => (await letters()).filter((l) => l.signatory?.id === id);
const nth = (n: number) => {
  const found = heads[n];
  if (!found) throw new Error(`there are no ${n + 1} heads`);
  return found;
};
const association = () => stage.who('association', '市物业管理行业协会');

beforeAll(async () => {
  stage = await openTownStage();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  const sent = (await letters()).filter((l) => l.state === 'sent' && l.signatory);
  heads = [...Map.groupBy(sent, (l) => l.signatory?.id ?? '')].map(([id, units]) => ({ id, units }));
}, 120_000);
afterAll(() => stage?.close());

describe('the letter in chat', { timeout: 60_000 }, () => {
  it('is answered question by question, goes on where it stopped, and is signed only when confirmed (R23)', async () => {
    const { id } = nth(0);
    const card = await stage.card(id, 'letter');
    let shown = (await stage.press(id, card.id, 'open')).card;
    expect(shown?.title).toContain('第 1 / 12 条');
    for (let n = 2; n <= 5; n += 1) {
      shown = (await stage.press(id, card.id, 'answer:1')).card;
      expect(shown?.title).toContain(`第 ${n} / 12 条`);
    }
    expect(await ofHead(id)).toMatchObject([{ state: 'partial', answers: { q1: 'yes', q4: 'yes' } }]);
    await stage.play.clock({ advanceBy: 60 });
    for (let n = 6; n <= 12; n += 1) shown = (await stage.press(id, card.id, 'answer:1')).card;
    expect(shown?.title).toContain('第 12 / 12 条');
    shown = (await stage.press(id, card.id, 'answer:1')).card;
    expect(shown?.kind).toBe('letter');
    expect(shown?.lines.join()).toContain('12 条都已回答');
    expect(shown?.fields.map((f) => f.id)).toEqual(['remark']);
    expect(await ofHead(id)).toMatchObject([{ state: 'partial' }]);
    expect((await stage.press(id, card.id, 'sign')).toast).toContain('已签阅');
    expect(await ofHead(id)).toMatchObject([{ state: 'signed' }]);
  });

  it('keeps a "no", signs nothing, and asks the association and the zone’s lead to help, once (R23, E32)', async () => {
    const { id, units } = nth(1);
    const card = await stage.card(id, 'letter');
    const yes = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`q${i + 1}`, 'yes']));
    const refused = await stage.press(id, card.id, 'sign', { ...yes, q7: 'no', remark: '隔离点在建' });
    expect(refused.toast).toContain('第 7 条');
    await stage.press(id, card.id, 'sign', { q7: 'no' });
    expect((await ofHead(id)).map((l) => l.state)).toEqual(units.map(() => 'refused'));
    await stage.play.clock({ advanceBy: 1 });
    for (const person of [association(), stage.who('zone_lead', units[0]?.zone ?? '')]) {
      const told = (await stage.seen(person.id)).filter((m) => m.text?.includes('第 7 条回答“否”'));
      expect([person.name, told.length]).toEqual([person.name, 1]);
      expect(told[0]?.text).toContain('隔离点在建');
    }
    expect((await stage.press(id, card.id, 'sign', { q7: 'yes' })).toast).toContain('已签阅');
  });

  it('tells the association that a card reached the wrong person (R23)', async () => {
    const { id } = nth(2);
    await stage.press(id, (await stage.card(id, 'letter')).id, 'not_me');
    await stage.play.clock({ advanceBy: 1 });
    expect((await stage.seen(association().id)).some((m) => m.text?.includes('不是'))).toBe(true);
    expect((await ofHead(id)).every((l) => l.state === 'sent')).toBe(true);
  });

  it('comes to a head who could not be reached, on the working day after he can be (E22)', async () => {
    const missing = (await letters()).find((l) => l.state === 'unreachable' && l.signatory);
    const head = missing?.signatory?.id ?? '';
    const bound = await fetch(`${stage.service.url}/api/v1/people/${head}/bindings/playground`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${testToken}` },
      body: JSON.stringify({ externalId: head }),
    });
    expect(bound.status).toBe(200);
    await stage.play.clock({ advanceTo: '2022-04-20T08:35:00+08:00' });
    expect((await ofHead(head)).map((l) => l.state)).not.toContain('unreachable');
    expect((await stage.card(head, 'letter')).kind).toBe('letter');
  });
});
