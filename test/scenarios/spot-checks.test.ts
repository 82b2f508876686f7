// A supervisor's spot checks: drawn from a stated frame, given in private, compared with what was recorded before (R38, R18,
// E21), and drawn again by whoever does not believe it.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AssignmentRow, openTownStage, type TownStage } from '../support/town-stage.ts';

interface SpotCheckRow {
  readonly id: string;
  readonly frameKind: string;
  readonly frameSize: number;
  readonly seed: string;
  readonly n: number;
  readonly drawn: readonly {
    readonly compound: { readonly id: string; readonly name: string };
    readonly inspector: { readonly id: string };
    readonly assignment: string;
    readonly outcome: string | null;
    readonly items: readonly string[];
  }[];
  readonly frame?: readonly { readonly id: string; readonly first: boolean }[];
}

const zone = '东部组团';
let stage: TownStage;
let today: AssignmentRow[];
let supervisor: string;

const spotChecks = () => stage.play.all<SpotCheckRow>('/spot-checks');
const last = async (): Promise<SpotCheckRow> => {
  const found = (await spotChecks()).at(-1);
  if (!found) throw new Error('nothing was drawn');
  return found;
};

beforeAll(async () => {
  stage = await openTownStage();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  today = (await stage.assignments('2022-04-19')).filter((a) => a.kind === 'zone' && a.zone === zone);
  supervisor = stage.who('supervisor', zone).id;
  const card = (await stage.play.messages(`zone:${zone}`)).find((m) => m.card?.kind === 'assignment')?.card;
  for (const { person, compound } of today)
    await stage.play.press(person, `zone:${zone}`, card?.id ?? '', 'all_ok', { compound });
}, 120_000);
afterAll(() => stage?.close());

describe('spot checks', { timeout: 60_000 }, () => {
  it('are drawn from what was checked, and nobody is drawn to look again at himself (R38)', async () => {
    const answer = await stage.ask(supervisor, `/spotcheck 3 全部落实 ${zone}`);
    expect(answer.card?.title).toContain('抽中 3 个');
    const check = await last();
    expect(check).toMatchObject({ frameKind: 'all_yes', frameSize: today.length, n: 3 });
    expect(answer.card?.lines.join()).toContain(check.seed);
    for (const { compound, inspector } of check.drawn)
      expect(today.find((a) => a.compound === compound.id)?.person).not.toBe(inspector.id);
  });

  it('can be drawn again by anybody from frame and seed (R38)', async () => {
    const { id } = await last();
    const { frame = [], seed, n, drawn } = await stage.play.api<SpotCheckRow>(`/spot-checks/${id}`);
    const lot = (of: string) => createHash('sha256').update(`${seed}:${of}`).digest('hex');
    const again = frame
      .toSorted((a, b) => Number(b.first) - Number(a.first) || (lot(a.id) < lot(b.id) ? -1 : 1))
      .slice(0, n);
    expect(again.map((entry) => entry.id)).toEqual(drawn.map((d) => d.compound.id));
  });

  it('go to the inspector alone, with a day of their own, and say that nobody is to hear of it (R38)', async () => {
    await stage.play.clock({ advanceBy: 1 });
    const [first] = (await last()).drawn;
    const card = await stage.card(first?.inspector.id ?? '', 'assignment');
    expect(card.title).toContain('抽查');
    expect(card.lines.join()).toContain('4月21日（周四）24:00 前');
    expect(card.lines.join()).toContain('不要告知');
    const group = await stage.play.messages(`zone:${zone}`);
    expect(group.filter((m) => m.card?.title.includes('抽查') || m.text?.includes('抽查'))).toEqual([]);
  });

  it('flag for the supervisor what differs from the first record, and nothing else (R38)', async () => {
    const [one, two] = (await last()).drawn;
    if (!one || !two) throw new Error('two were not drawn');
    for (const [draw, not_done] of [
      [one, ['staff_mask']],
      [two, []],
    ] as const) {
      const card = await stage.card(draw.inspector.id, 'assignment');
      const chosen = { compound: draw.compound.id };
      if (not_done.length === 0) await stage.press(draw.inspector.id, card.id, 'all_ok', chosen);
      else {
        await stage.press(draw.inspector.id, card.id, 'has_exceptions', chosen);
        await stage.press(draw.inspector.id, card.id, 'submit', { ...chosen, not_done });
      }
    }
    await stage.play.clock({ advanceBy: 2 });
    const drawn = (await last()).drawn;
    expect(drawn.slice(0, 2).map((d) => [d.outcome, d.items])).toEqual([
      ['mismatch', ['staff_mask']],
      ['match', []],
    ]);
    const told = (await stage.seen(supervisor)).filter((m) => m.text?.includes('与原记录不一致'));
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(one.compound.name);
    const listed = await stage.ask(supervisor, '/抽查');
    expect(listed.card?.lines.join()).toContain('已查 2，与原记录不一致 1');
  });

  it('do not draw a compound again while a spot check is under way for it (R38)', async () => {
    const before = await last();
    await stage.ask(supervisor, '/抽查 50');
    const open = before.drawn.filter((d) => d.outcome === null).map((d) => d.compound.id);
    const after = await stage.play.api<SpotCheckRow>(`/spot-checks/${(await last()).id}`);
    expect(open).toHaveLength(1);
    expect(after.frame?.map((entry) => entry.id)).not.toContain(open[0]);
  });

  it.each([
    ['without a number', '/抽查 东部组团', '1 到 50'],
    ['with too large a number', '/抽查 51', '1 到 50'],
    ['in a place that does not exist', '/抽查 3 东曲', '没有找到'],
    ['from an empty frame', '/抽查 3 当场整改', '没有可以抽查的小区'],
    ['by somebody nobody knows', '/抽查 3 由 查无此人', '查无此人'],
  ])('are answered with one line %s', async (_, text, expected) => {
    expect((await stage.ask(supervisor, text)).text).toContain(expected);
  });

  it('are refused to whoever may not draw, and outside the own zones', async () => {
    expect((await stage.ask(stage.who('liaison', zone).id, '/spotcheck 3')).text).toContain('督导监督员');
    expect((await stage.ask(supervisor, '/spotcheck 3 西部组团')).text).toContain('只能抽查');
  });
});
