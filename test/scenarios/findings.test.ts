// What becomes of a "no": told to the town, claimed, reported, looked at again by somebody else, reopened, referred (R37–R40,
// R43, E10), by buttons and by commands.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AssignmentRow, openTownStage, type TownStage } from '../support/town-stage.ts';

interface FindingRow {
  readonly id: string;
  readonly item: string;
  readonly compound: string;
  readonly compoundName: string;
  readonly area: string;
  readonly state: string;
  readonly dueOn: string | null;
  readonly referredAt: string | null;
}

const zone = '东部组团';
const area = '火炬开发区';
let stage: TownStage;
/** Today's zone assignments of the area, each of another compound. */
let today: AssignmentRow[];
const groupCard = async () => {
  const card = (await stage.play.messages(`zone:${zone}`)).find((m) => m.card?.kind === 'assignment')?.card;
  if (!card) throw new Error('no assignment card in the zone group');
  return card;
};
const findings = () => stage.play.all<FindingRow>('/findings');
const at = async (compound: string, item: string) => {
  const found = (await findings()).find((f) => f.compound === compound && f.item === item);
  if (!found) throw new Error(`no finding ${item} at ${compound}`);
  return found;
};
const answers = async (a: AssignmentRow, ...not_done: string[]) => {
  const card = await groupCard();
  await stage.play.press(a.person, `zone:${zone}`, card.id, 'has_exceptions', { compound: a.compound });
  await stage.play.press(a.person, `zone:${zone}`, card.id, 'submit', { compound: a.compound, not_done });
};
const nth = (n: number): AssignmentRow => {
  const found = today[n];
  if (!found) throw new Error(`the area has no ${n + 1} assignments today`);
  return found;
};

beforeAll(async () => {
  stage = await openTownStage();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  today = (await stage.assignments('2022-04-19')).filter((a) => a.kind === 'zone' && a.area === area);
  await answers(nth(0), 'isolation_point', 'staff_mask');
  await answers(nth(1), 'isolation_point');
  await answers(nth(2), 'isolation_point');
  await stage.play.clock({ advanceTo: '2022-04-19T09:00:00+08:00' });
}, 120_000);
afterAll(() => stage?.close());

describe('findings of one town', { timeout: 60_000 }, () => {
  it('keeps what the town says with the fix, and shows the card as it stands now (R39)', async () => {
    const contact = stage.who('town_contact', area);
    const notice = await stage.card(contact.id, 'finding');
    const finding = await at(nth(0).compound, 'isolation_point');
    const done = await stage.press(contact.id, notice.id, 'report_fix', { finding: finding.id, note: '已在东门补设' });
    expect(done.toast).toContain('已上报');
    expect(done.card?.lines.find((line) => line.startsWith('✓'))).toContain('已在东门补设');
    expect(done.card?.fields.find((f) => f.id === 'finding')?.options?.map((o) => o.id)).not.toContain(finding.id);
    const events = await stage.play.all<{ kind: string; subject: { id: string }; data: { remark?: string } }>(
      '/events',
    );
    expect(events.find((e) => e.kind === 'finding.reported' && e.subject.id === finding.id)?.data.remark).toBe(
      '已在东门补设',
    );
  });

  it('tells whoever comes second what happened and by whom', async () => {
    const head = stage.who('town_head', area);
    const contact = stage.who('town_contact', area);
    const { compoundName } = nth(0);
    const both = await Promise.all([
      stage.ask(contact.id, `/fixed ${compoundName} 8`),
      stage.ask(head.id, `/整改 ${compoundName} 第8项 已发放口罩`),
    ]);
    const texts = both.map((m) => m.text ?? '').sort();
    expect(texts.filter((text) => text.startsWith('已上报'))).toHaveLength(1);
    const late = texts.find((text) => !text.startsWith('已上报')) ?? '';
    expect(late).toMatch(new RegExp(`已由(${contact.name}|${head.name})在 4月19日 09:\\d\\d 处理`));
    const events = await stage.play.all<{ kind: string; subject: { id: string } }>('/events');
    const { id } = await at(nth(0).compound, 'staff_mask');
    expect(events.filter((e) => e.kind === 'finding.reported' && e.subject.id === id)).toHaveLength(1);
  });

  it('asks whoever recorded it when the town says the record is wrong: corrected, it is withdrawn and the town hears (E10)', async () => {
    const contact = stage.who('town_contact', area);
    const { person, compound } = nth(1);
    const notice = await stage.card(contact.id, 'finding');
    const finding = await at(compound, 'isolation_point');
    const asked = await stage.press(contact.id, notice.id, 'wrong_record', { finding: finding.id, note: '在二号门' });
    expect(asked.toast).toContain('核对');
    await stage.play.clock({ advanceBy: 1 });
    const question = await stage.card(person, 'question');
    expect(question.lines.join()).toContain('在二号门');
    const corrected = await stage.press(person, question.id, 'answer:1');
    expect(corrected.card?.title).toContain('已更正');
    expect(await at(compound, 'isolation_point')).toMatchObject({ state: 'withdrawn' });
    await stage.play.clock({ advanceBy: 1 });
    expect((await stage.seen(contact.id)).some((m) => m.text?.includes('检查记录已更正'))).toBe(true);
    expect((await stage.press(person, question.id, 'answer:1')).toast).toContain('不用再核对');
  });

  it('lets the record stand when the inspector says so, and the town hears that too (E10)', async () => {
    const contact = stage.who('town_contact', area);
    const { person, compound } = nth(2);
    const notice = await stage.card(contact.id, 'finding');
    const finding = await at(compound, 'isolation_point');
    await stage.press(contact.id, notice.id, 'wrong_record', { finding: finding.id });
    await stage.play.clock({ advanceBy: 1 });
    const stands = await stage.press(person, (await stage.card(person, 'question')).id, 'answer:2');
    expect(stands.toast).toContain('属实');
    expect(await at(compound, 'isolation_point')).toMatchObject({ state: 'notified' });
    await stage.play.clock({ advanceBy: 1 });
    expect((await stage.seen(contact.id)).some((m) => m.text?.includes('记录属实'))).toBe(true);
  });

  it('takes a claim of the inspector, which the town has yet to report (R39)', async () => {
    const { person, compound, compoundName } = nth(2);
    const said = await stage.ask(person, `/整改 ${compoundName} 隔离观察点 现场已补设`);
    expect(said.text).toContain('由镇街上报');
    expect(await at(compound, 'isolation_point')).toMatchObject({ state: 'claimed' });
    await stage.play.clock({ advanceBy: 1 });
    const contact = stage.who('town_contact', area);
    expect((await stage.card(contact.id, 'finding')).lines.join()).toContain('现场已补设');
    expect((await stage.ask(contact.id, `/fixed ${compoundName}`)).text).toContain('已上报');
  });

  it('is looked at again by the supervisor, never by whoever claimed it (R40)', async () => {
    const { person, compound, compoundName } = nth(2);
    expect((await stage.ask(person, `/verify ${compoundName}`)).text).toContain('其他人');
    expect((await stage.ask(stage.who('town_contact', area).id, `/verify ${compoundName}`)).text).toContain(
      '督导监督员',
    );
    const supervisor = stage.who('supervisor', zone);
    expect((await stage.ask(supervisor.id, `/复核 ${compoundName} 4`)).text).toContain('已复核');
    expect(await at(compound, 'isolation_point')).toMatchObject({ state: 'verified' });
    expect((await stage.ask(supervisor.id, `/复核 ${compoundName} 4`)).text).toContain(`已由${supervisor.name}`);
  });

  it('is reopened with a new day, and the town and its head hear of it again (R40)', async () => {
    const supervisor = stage.who('supervisor', zone);
    const { compound } = nth(0);
    const list = (await stage.ask(supervisor.id, '/reopen')).card;
    expect(list?.kind).toBe('recheck');
    const finding = await at(compound, 'isolation_point');
    const reopened = await stage.press(supervisor.id, list?.id ?? '', 'reopen', {
      finding: finding.id,
      remark: '东门仍没有',
    });
    expect(reopened.toast).toContain('需要重新整改');
    expect(await at(compound, 'isolation_point')).toMatchObject({ state: 'reopened', dueOn: '2022-04-21' });
    await stage.play.clock({ advanceBy: 12 });
    for (const role of ['town_contact', 'town_head'])
      expect((await stage.card(stage.who(role, area).id, 'finding')).lines.join()).toContain('复核未通过');
  });

  it('can be referred once it is overdue, and not before (R43)', async () => {
    const supervisor = stage.who('supervisor', zone);
    const { compound, compoundName } = nth(0);
    expect((await stage.ask(supervisor.id, `/refer ${compoundName} 4`)).text).toContain('暂不移交');
    await stage.play.clock({ advanceTo: '2022-04-22T09:00:00+08:00' });
    expect((await stage.ask(supervisor.id, `/移交 ${compoundName} 4 多次催办`)).text).toContain('已记为移交');
    const finding = await at(compound, 'isolation_point');
    expect(finding).toMatchObject({ state: 'reopened' });
    expect(finding.referredAt).not.toBeNull();
  });

  it.each([
    ['a compound nobody knows', '/fixed 不存在的小区', '名册里没有'],
    ['an item the form does not have', '/fixed COMPOUND 44', '1 到 8'],
    ['a finding that is not there', '/fixed COMPOUND 3', '没有这样的问题'],
  ])('answers %s with one line and what would do', async (_, text, expected) => {
    const contact = stage.who('town_contact', area);
    expect((await stage.ask(contact.id, text.replace('COMPOUND', nth(0).compoundName))).text).toContain(expected);
  });

  it('is refused to a town that is not its own', async () => {
    const stranger = stage.who('town_contact', '东区街道');
    expect((await stage.ask(stranger.id, `/fixed ${nth(0).compoundName} 4`)).text).toContain(area);
  });
});
