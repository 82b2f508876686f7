// The reports of three towns in the last days of April: pre-filled on the 27th, reminded on the 28th and 29th, sent, corrected,
// late, and told upwards (R41, E33).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTownStage, type TownStage } from '../support/town-stage.ts';

interface ReportRow {
  readonly area: string;
  readonly dueOn: string;
  readonly versions: readonly {
    readonly version: number;
    readonly text: string;
    readonly late: boolean;
    readonly figures: { readonly compounds: { readonly covered: number } };
  }[];
}

const [area, other, silent] = ['火炬开发区', '东区街道', '翠亨新区（含南朗街道）'] as const;
let stage: TownStage;
const reportOf = async (of: string) => (await stage.play.all<ReportRow>('/town-reports')).find((r) => r.area === of);
const contact = (of: string) => stage.who('town_contact', of).id;
const reminded = async (of: string) =>
  (await stage.seen(contact(of))).filter(
    (m) => m.card?.kind === 'reminder' && m.card.lines.some((line) => line.startsWith('请报送落实情况')),
  );

beforeAll(async () => {
  stage = await openTownStage('2022-04-26T19:00:00+08:00');
}, 120_000);
afterAll(() => stage?.close());

describe('the towns’ reports', { timeout: 60_000 }, () => {
  it('come pre-filled on 27 April, not before, and never to a town twice (R41)', async () => {
    expect((await stage.seen(contact(area))).filter((m) => m.card?.kind === 'town_report')).toEqual([]);
    await stage.play.clock({ advanceTo: '2022-04-27T08:35:00+08:00' });
    const card = await stage.card(contact(area), 'town_report');
    expect(card.lines.join()).toContain('4月29日（周五）24:00 前');
    const tally = await stage.play.api<{ zones: { areas: { area: string; compounds: { known: number } }[] }[] }>(
      '/tally',
    );
    const known = tally.zones.flatMap((z) => z.areas).find((a) => a.area === area)?.compounds.known;
    expect(card.lines.join()).toContain(`0 / ${known}`);
  });

  it('freeze their figures when they are sent, and say what changed since (R41, E33)', async () => {
    const card = await stage.card(contact(area), 'town_report');
    const sent = await stage.press(contact(area), card.id, 'submit', { note: '已逐个小区督促' });
    expect(sent.toast).toContain('第 1 版');
    const today = (await stage.assignments('2022-04-27')).filter((a) => a.area === area && a.kind !== 'home');
    const group = (await stage.play.messages('zone:东部组团')).findLast((m) => m.card?.kind === 'assignment')?.card;
    const [first] = today;
    await stage.play.press(first?.person ?? '', 'zone:东部组团', group?.id ?? '', 'all_ok', {
      compound: first?.compound ?? '',
    });
    const looked = await stage.press(contact(area), card.id, 'open');
    expect(looked.card?.lines.join('\n')).toMatch(/报送之后（截至 4月27日 08:\d\d）：小区覆盖 \+1/);
    expect(looked.card?.lines.join('\n')).toContain('小区覆盖：0 / ');
    expect((await reportOf(area))?.versions).toMatchObject([
      { version: 1, text: '已逐个小区督促', late: false, figures: { compounds: { covered: 0 } } },
    ]);
  });

  it('can be corrected: a new version with the figures of then, the old one stays (R41)', async () => {
    const card = await stage.card(contact(area), 'town_report');
    expect((await stage.press(contact(area), card.id, 'submit')).toast).toContain('第 2 版');
    expect((await reportOf(area))?.versions).toMatchObject([
      { version: 2, text: '已逐个小区督促', figures: { compounds: { covered: 1 } } },
      { version: 1, figures: { compounds: { covered: 0 } } },
    ]);
  });

  it('remind on the 28th and 29th those who have not sent, with the report one tap away (R41)', async () => {
    await stage.play.clock({ advanceTo: '2022-04-28T10:30:00+08:00' });
    expect(await reminded(area)).toHaveLength(0);
    const [reminder] = await reminded(other);
    const opened = await stage.press(contact(other), reminder?.card?.id ?? '', 'open');
    expect(opened.card?.kind).toBe('town_report');
    expect((await stage.press(contact(other), reminder?.card?.id ?? '', 'submit')).toast).toContain('第 1 版');
    await stage.play.clock({ advanceTo: '2022-04-29T10:30:00+08:00' });
    // The one reminder of the other town shows the report that was sent from it.
    expect([(await reminded(other)).length, (await reminded(silent)).length]).toEqual([0, 2]);
  });

  it('show the supervisor who has sent, and a town only its own', async () => {
    const board = (await stage.ask(stage.who('supervisor', '东部组团').id, '/报送')).card;
    expect(board?.title).toContain('2 / 3');
    expect(board?.lines.find((line) => line.startsWith(silent))).toContain('未报送');
    expect((await stage.ask(contact(silent), '/townreport')).card?.kind).toBe('town_report');
    expect((await stage.ask(contact(silent), `/townreport ${area}`)).text).toContain('由该镇街报送');
    expect((await stage.ask(contact(silent), '/townreport 没有的镇')).text).toContain('没有找到');
  });

  it('tell the head of a town that stays silent on the next working day, then take the report as late (R41, E09)', async () => {
    await stage.play.clock({ advanceTo: '2022-05-05T10:30:00+08:00' });
    const rung = await stage.card(stage.who('town_head', silent).id, 'rung');
    expect(rung.lines.join()).toContain('没有报送落实情况');
    const late = (await stage.ask(contact(silent), '/报送')).card;
    expect((await stage.press(contact(silent), late?.id ?? '', 'submit')).toast).toContain('逾期');
    expect((await reportOf(silent))?.versions).toMatchObject([{ version: 1, late: true }]);
  });
});
