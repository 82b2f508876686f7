// What runs above the inspectors of a zone, through the playground's doors: notices and who has read them, the day's list
// and its changes, the hand-over from step to step.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient, type ShownCard } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';
import { smallCity } from '../support/small-city.ts';

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly role: string; readonly scope: string }[];
  readonly reachable: boolean;
}

const zone = '东区组团';
const zoneGroup = `zone:${zone}`;
let service: RunningService;
let play: PlaygroundClient;
let people: PersonRow[];

beforeAll(async () => {
  service = await startTestService({
    campaignStart: '2022-04-19',
    clockStart: '2022-04-19T08:00:00+08:00',
    environment: { CAMPAIGN: await smallCity() },
  });
  play = playgroundClient(service.url, testToken);
  people = await play.all<PersonRow>('/people');
  await play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
}, 90_000);
afterAll(() => service?.close());

const holders = (role: string, scope?: string): PersonRow[] =>
  people.filter(
    (p) => p.reachable && p.roles.some((r) => r.role === role && (scope === undefined || r.scope === scope)),
  );
const holder = (role: string, scope?: string): string => {
  const [one] = holders(role, scope);
  if (!one) throw new Error(`nobody is ${role} of ${scope ?? 'anything'}`);
  return one.id;
};
const own = (person: string): string => `person:${person}`;
const delivered = () => play.clock({ advanceBy: 1 });
const cards = async (chat: string, as?: string, kind?: string): Promise<ShownCard[]> =>
  (await play.messages(chat, as)).flatMap((m) =>
    m.card && (kind === undefined || m.card.kind === kind) ? [m.card] : [],
  );
const lastText = async (person: string): Promise<string> =>
  (await play.messages(own(person), person)).findLast((m) => m.text !== undefined)?.text ?? '';
/** Says it in private, and gives the words that come back. */
const told = async (person: string, text: string): Promise<string> => {
  await play.say(person, own(person), text);
  await delivered();
  return lastText(person);
};
const lastCard = async (person: string, kind: string): Promise<ShownCard> => {
  const card = (await cards(own(person), person, kind)).at(-1);
  if (!card) throw new Error(`${person} has no ${kind} card`);
  return card;
};

describe('a new requirement (R05, R36)', { timeout: 60_000 }, () => {
  const text = '4月20日起，门岗登记表增加一栏。请通知各小区';

  it('goes to the groups of the supervisor’s zones and their towns, with how many have read', async () => {
    const supervisor = holder('supervisor', zone);
    await play.say(supervisor, own(supervisor), `/通知 ${text}`);
    await delivered();
    for (const chat of [zoneGroup, 'zone:东部组团', 'area:东区街道']) {
      const [card] = await cards(chat, undefined, 'notice');
      expect([chat, card?.title, card?.lines.at(-1)]).toEqual([
        chat,
        '通知 · 4月20日起，门岗登记表增加一栏',
        expect.stringMatching(/请阅后按“已阅”。已阅 0 \/ \d+$/),
      ]);
    }
    expect(await cards('zone:西区组团', undefined, 'notice')).toEqual([]);
    const sent = await lastCard(supervisor, 'notice');
    expect(sent.lines.join('\n')).toMatch(/发往 东区组团、东部组团：已阅 0 \/ \d+\n未阅：/);
  });

  it('counts each reader once, and shows to nobody else who they are', async () => {
    const [card] = await cards(zoneGroup, undefined, 'notice');
    const reader = holder('inspector', zone);
    for (let i = 0; i < 2; i += 1) await play.press(reader, zoneGroup, card?.id ?? '', 'acknowledge');
    await delivered();
    const [seen] = await cards(zoneGroup, undefined, 'notice');
    expect(seen?.lines.at(-1)).toMatch(/已阅 1 \/ \d+$/);
    const [mine] = await cards(zoneGroup, reader, 'notice');
    expect(mine?.state).toBe('answered');
    const denied = await play.press(reader, zoneGroup, card?.id ?? '', 'list');
    expect(denied.toast).toContain('不是您发的');
  });

  it('is asked of those who have not read it, in private, when its sender says so', async () => {
    const supervisor = holder('supervisor', zone);
    const reader = holder('inspector', zone);
    const other = holders('inspector', zone).find((p) => p.id !== reader)?.id ?? '';
    const sent = await lastCard(supervisor, 'notice');
    const done = await play.press(supervisor, own(supervisor), sent.id, 'remind');
    expect(done.toast).toMatch(/已私下提醒 \d+ 人/);
    await delivered();
    expect(await cards(own(reader), reader, 'notice')).toEqual([]);
    const asked = await lastCard(other, 'notice');
    await play.press(other, own(other), asked.id, 'acknowledge');
    const now = await play.press(supervisor, own(supervisor), sent.id, 'list');
    expect(now.card?.lines.join('\n')).toMatch(/已阅 2 \/ \d+/);
    // Asked once: the second time there is nobody new to write to.
    await play.press(supervisor, own(supervisor), sent.id, 'remind');
    await delivered();
    expect(await cards(own(other), other, 'notice')).toHaveLength(1);
  });

  it('has a second version that takes the first one’s place', async () => {
    const supervisor = holder('supervisor', zone);
    await play.say(supervisor, own(supervisor), '/通知 更正 4月21日起，门岗登记表增加两栏');
    await delivered();
    const [first, second] = await cards(zoneGroup, undefined, 'notice');
    expect([first?.state, second?.title]).toEqual([
      'closed',
      '通知（第 2 版，以此为准） · 4月21日起，门岗登记表增加两栏',
    ]);
  });

  it.each<[string, string, RegExp]>([
    ['inspector', '/通知 大家好', /通知由督导监督员或领导小组办公室发送/],
    ['commander', '/通知 大家好', /紧急通知：\/通知 紧急 内容/],
    ['supervisor', '/通知 西区组团 大家好', /西区组团不在您负责的范围。您可以通知：东区组团/],
    ['office', '/通知', /请写通知内容，例如：\/通知/],
  ])('from a %s as “%s” is answered with what can be done', async (role, words, answer) => {
    const zoned = role === 'inspector' || role === 'supervisor' ? zone : undefined;
    expect(await told(holder(role, zoned), words)).toMatch(answer);
  });
});

interface AssignmentRow {
  readonly person: string;
  readonly compound: string;
  readonly zone: string;
  readonly kind: string;
  readonly from: string;
  readonly state: string;
  readonly reasons: readonly string[];
}
interface CompoundRow {
  readonly id: string;
  readonly name: string;
  readonly area: string;
}

describe('compounds given out by hand (R07)', { timeout: 60_000 }, () => {
  const nameOf = (id: string): string => people.find((p) => p.id === id)?.name ?? '';
  const today = (): Promise<AssignmentRow[]> => play.all<AssignmentRow>('/assignments?on=2022-04-19');
  const open = async () => {
    const rows = (await today()).filter((a) => a.zone === zone && a.state === 'open' && a.kind === 'zone');
    const compounds = await play.all<CompoundRow>('/compounds');
    const row = rows[0];
    if (!row) throw new Error('nothing is planned');
    const other = holders('inspector', zone).find((p) => p.id !== row.person);
    return { row, compound: compounds.find((k) => k.id === row.compound)?.name ?? '', other: other?.id ?? '' };
  };

  it('move from one inspector to another, who both hear of it, and the group’s card shows it', async () => {
    const lead = holder('zone_lead', zone);
    const { row, compound, other } = await open();
    expect(await told(lead, `/指派 ${nameOf(other)} ${compound}`)).toContain(`已安排${nameOf(other)}`);
    expect(await lastText(other)).toContain(compound);
    expect(await lastText(row.person)).toContain(`${compound}今天改由${nameOf(other)}检查`);
    const now = (await today()).filter((a) => a.compound === row.compound);
    expect(now.map((a) => [a.person, a.state, a.reasons]).sort()).toEqual(
      [
        [row.person, 'reassigned', row.reasons],
        [other, 'open', row.reasons],
      ].sort(),
    );
    const [card] = await cards(zoneGroup, undefined, 'assignment');
    expect(card?.lines.find((l) => l.includes(compound))).toContain(nameOf(other));
  });

  it('are put on a day to come, and the morning’s plan keeps them', async () => {
    const lead = holder('zone_lead', zone);
    const { compound, other } = await open();
    expect(await told(lead, `/指派 ${compound} ${nameOf(other)} 明天`)).toContain('4月20日（周三）');
  });

  it.each<[string, (facts: { name: string; compound: string }) => string, RegExp]>([
    ['zone_lead', () => '/指派', /请写姓名和小区/],
    ['zone_lead', ({ name, compound }) => `/指派 ${name} ${compound} 2月30日`, /没有“2月30日”这一天/],
    ['zone_lead', ({ name, compound }) => `/指派 ${name} ${compound} 昨天`, /4月18日（周一）已经过去/],
    [
      'zone_lead',
      ({ name, compound }) => `/指派 ${name} ${compound} 4月23日`,
      /休息日.*最近的工作日是 4月24日（周日）/,
    ],
    ['zone_lead', ({ name }) => `/指派 ${name} 没有的花园`, /没有找到“没有的花园”/],
    ['zone_lead', ({ compound }) => `/指派 查无此人 ${compound}`, /没有找到“查无此人”/],
    ['inspector', ({ name, compound }) => `/指派 ${name} ${compound}`, /指派由组团督导负责人或督导联络员办理/],
  ])('by a %s in a way that cannot be is answered with what can (%#)', async (role, words, answer) => {
    const { compound, other } = await open();
    expect(await told(holder(role, zone), words({ name: nameOf(other), compound }))).toMatch(answer);
  });
});

describe('the day’s hand-over (R06, R07, R35)', { timeout: 60_000 }, () => {
  it('begins with the zone lead, who reads tomorrow’s list with it', async () => {
    const { slotsRun } = await play.clock({ advanceTo: '2022-04-19T17:35:00+08:00' });
    expect(slotsRun.map((s) => s.kind)).toContain('next_day');
    const lead = holder('zone_lead', zone);
    const card = await lastCard(lead, 'handover');
    expect(card.title).toMatch(/^东区组团 · 4月19日，请确认今天的情况，报督导联络员/);
    expect(card.lines.join('\n')).toMatch(/明天 4月20日（周三）拟检查 \d+ 个小区/);
    // What was put on tomorrow by hand stands in it.
    expect(card.lines.join('\n')).toMatch(/\n1 .+ · 东区街道 · .+ · /);
    const done = await play.press(lead, own(lead), card.id, 'confirm', { note: '一个小区在停水' });
    expect([done.toast, done.card?.state]).toEqual(['已确认，已报督导联络员', 'answered']);
    expect((await play.press(lead, own(lead), card.id, 'confirm')).toast).toBe('这份小结已经确认过，不用再按');
  });

  it('goes on to the liaison with who has confirmed, in one message for all zones', async () => {
    await play.clock({ advanceTo: '2022-04-19T18:05:00+08:00' });
    const liaison = holder('liaison', zone);
    expect(await cards(own(liaison), liaison, 'handover')).toHaveLength(1);
    const card = await lastCard(liaison, 'handover');
    expect(card.lines.join('\n')).toMatch(/✓ 组团督导负责人 .+ 已确认：一个小区在停水/);
    expect(card.lines.join('\n')).toMatch(/东部组团：小区覆盖/);
    const done = await play.press(liaison, own(liaison), card.id, 'confirm');
    expect(done.card?.lines.join('\n')).toContain('督导联络员');
    await delivered();
  });

  it('then to the supervisor, and from there to every town of the zones, each its own area', async () => {
    const supervisor = holder('supervisor', zone);
    const card = await lastCard(supervisor, 'handover');
    expect(card.title).toMatch(/请确认后通报镇街/);
    expect(card.lines.join('\n')).toMatch(/没有确认：组团督导负责人/);
    await play.press(supervisor, own(supervisor), card.id, 'confirm', { note: '请继续' });
    await delivered();
    const town = holder('town_contact', '东区街道');
    const note = await lastCard(town, 'handover');
    expect([note.title, note.actions]).toEqual([expect.stringContaining('东区街道 · 4月19日督导情况通报'), []]);
    expect(note.lines.join('\n')).toContain('请继续');
    const steps = (await play.all<{ kind: string; data: { step?: string; zone?: string } }>('/events')).filter(
      (e) => e.kind === 'hand_over.confirmed' && e.data.zone === zone,
    );
    expect(steps.map((e) => e.data.step)).toEqual(['zone_lead', 'liaison', 'supervisor']);
  });
});

describe('the office’s own commands', { timeout: 60_000 }, () => {
  const due = async (): Promise<string[]> =>
    (await play.all<{ kind: string; to: string; state: string }>('/assignments'))
      .filter((a) => a.kind === 'home' && a.state === 'open')
      .map((a) => a.to);
  const homePhases = async () =>
    (
      await play.api<{ strands: { id: string; phases: { id: string; start: string; end: string | null }[] }[] }>(
        '/campaign',
      )
    ).strands.find((s) => s.id === 'home')?.phases;

  it('make a phase longer, with everything that is not late yet (E31)', async () => {
    const office = holder('office');
    expect(new Set(await due())).toEqual(new Set(['2022-04-26']));
    expect(await told(office, '/阶段 回家就是督导 4月29日')).toMatch(
      /截止日已由 4月26日（周二）改为 4月29日（周五）。未完成的 \d+ 项随之调整/,
    );
    expect(new Set(await due())).toEqual(new Set(['2022-04-29']));
    expect(await homePhases()).toMatchObject([{ end: '2022-04-29' }, { start: '2022-04-30', end: null }]);
  });

  it.each<[string, string, RegExp]>([
    ['office', '/阶段 回家就是督导 4月29日', /本来就是 4月29日/],
    ['office', '/阶段 回家就是督导 4月1日', /4月1日（周五）已经过去，最早可以写今天/],
    ['office', '/阶段 回家检查 4月30日', /没有找到“回家检查”。可以调整的有：回家就是督导/],
    ['office', '/阶段 回家就是督导', /请写行动和新的截止日/],
    ['supervisor', '/阶段 回家就是督导 4月30日', /由领导小组办公室调整/],
    ['supervisor', '/自检', /自检给领导小组办公室看/],
  ])('from a %s as “%s” are answered with what can be done', async (role, words, answer) => {
    expect(await told(holder(role), words)).toMatch(answer);
  });

  it('show the state of the service: messages, people without an account, slots that did not run (E22)', async () => {
    const office = holder('office');
    await play.say(office, own(office), '/自检');
    await delivered();
    const card = await lastCard(office, 'report');
    expect(card.title).toMatch(/^自检：/);
    expect(card.lines.join('\n')).toMatch(/消息（playground） · 今天已送达 [\d,]+，待发 \d+，失败 0，不确定 0/);
    expect(card.lines.join('\n')).toMatch(/没有账号、收不到消息的人 · \d+：/);
    expect(card.lines.join('\n')).not.toContain('还没有执行');
  });
});

describe('what was not handed on (R35)', { timeout: 90_000 }, () => {
  it('stands in the evening’s digest with the step it waits for, and the forecast beside it (R32)', async () => {
    await play.clock({ advanceTo: '2022-04-19T20:05:00+08:00' });
    const digest = await lastCard(holder('commander'), 'digest');
    const text = digest.lines.join('\n');
    expect(text).toContain('小结未移交：西区组团，等组团督导负责人确认');
    expect(text).not.toContain('小结未移交：东区组团');
    expect(text).toMatch(/人均 [\d.]+ 条，最多 \d+ 条；收到回答 \d+ 次/);
  });

  it('is asked for once, the next morning, of whoever has the step', async () => {
    const lead = holder('zone_lead', '西区组团');
    await play.clock({ advanceTo: '2022-04-20T10:05:00+08:00' });
    const asked = (await cards(own(lead), lead)).filter((c) => c.lines.some((l) => l.includes('组团小结等您确认')));
    expect(asked).toHaveLength(1);
    const done = await play.press(lead, own(lead), asked[0]?.id ?? '', 'confirm');
    expect(done.toast).toBe('已确认，已报督导联络员');
    // Whoever confirmed yesterday hears nothing.
    const other = holder('zone_lead', zone);
    expect((await cards(own(other), other)).filter((c) => c.lines.some((l) => l.includes('组团小结等您确认')))).toEqual(
      [],
    );
    await play.clock({ advanceTo: '2022-04-21T10:05:00+08:00' });
    const again = (await cards(own(lead), lead)).filter((c) =>
      c.lines.some((l) => l.includes('4月19日（周二）的组团小结')),
    );
    expect(again).toHaveLength(1);
  });

  it('and inspectors without a record for two working days are told to the zone lead, for three to the liaison', async () => {
    const rungs = async (person: string) =>
      (await cards(own(person), person, 'rung')).filter((c) =>
        c.lines.some((l) => l.includes('名检查人员连续没有检查记录')),
      );
    // 19 and 20 April lapsed: the lead heard of it on the 21st.
    expect(await rungs(holder('zone_lead', zone))).toHaveLength(1);
    expect(await rungs(holder('liaison', zone))).toHaveLength(0);
    await play.clock({ advanceTo: '2022-04-22T10:05:00+08:00' });
    expect(await rungs(holder('zone_lead', zone))).toHaveLength(1);
    expect(await rungs(holder('liaison', zone))).toHaveLength(1);
  });
});
