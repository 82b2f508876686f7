// Two campaigns in one process and in the same chats: the second is a folder of data, and neither gets in the other's way.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient, type ShownCard } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

const first = 'zhongshan-2022';
const fire = 'fire-safety-2022';
const group = 'zone:石岐区组团';

interface CampaignView {
  readonly id: string;
  readonly strands: readonly { readonly id: string; readonly phases: readonly { readonly start: string }[] }[];
  readonly checklists: readonly { readonly items: readonly { readonly id: string; readonly kind: string }[] }[];
}
interface Delivery {
  readonly kind: string;
  readonly chat: string;
  readonly sentAt: string | null;
}
interface Inspection {
  readonly campaign: string;
  readonly compound: { readonly id: string };
  readonly answers: Readonly<Record<string, string | number>>;
}
interface Tally {
  readonly city: { readonly compounds: { readonly covered: number }; readonly letters: { readonly owed: number } };
  readonly zones: readonly { readonly zone: string; readonly compounds: { readonly covered: number } }[];
}

const environment = { CAMPAIGN: `campaigns/${first},campaigns/${fire}` };
let service: RunningService;
let play: PlaygroundClient;

describe('two campaigns moved to one day', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    // Monday 5 September 2022: an inspection day of the second, an ordinary one of the first.
    service = await startTestService({
      campaignStart: '2022-09-05',
      clockStart: '2022-09-05T08:00:00+08:00',
      environment,
    });
    play = playgroundClient(service.url, testToken);
    await play.clock({ advanceTo: '2022-09-05T09:05:00+08:00' });
  }, 90_000);
  afterAll(() => service?.close());

  const cardsIn = async (chat: string, as?: string): Promise<ShownCard[]> =>
    (await play.messages(chat, as)).flatMap((message) => message.card ?? []);
  const fireCard = async (): Promise<ShownCard> => {
    const card = (await cardsIn(group)).find((c) => c.kind === 'assignment' && c.title.includes('消防检查'));
    if (!card) throw new Error('the second campaign posted no card');
    return card;
  };
  const inspectors = async (): Promise<string[]> =>
    ((await play.chats()).find((chat) => chat.id === group)?.members ?? [])
      .filter((member) => member.roles.includes('inspector'))
      .map((member) => member.id);
  const compoundsOf = (card: ShownCard): string[] =>
    card.fields.find((field) => field.id === 'compound')?.options?.map((option) => option.id) ?? [];

  it('begin on it both, each with its own strands and checklist', async () => {
    const [one, two] = await Promise.all([first, fire].map((id) => play.api<CampaignView>(`/campaign?campaign=${id}`)));
    expect(one?.strands.find((s) => s.id === 'zone')?.phases[0]?.start).toBe('2022-09-05');
    expect(two?.strands.find((s) => s.id === 'zone')?.phases[0]?.start).toBe('2022-09-05');
    expect(two?.strands.map((s) => s.id)).toEqual(['zone', 'city_town']);
    const kinds = Map.groupBy(two?.checklists[0]?.items ?? [], (item) => item.kind);
    expect([...kinds].map(([kind, items]) => [kind, items.length]).sort()).toEqual([
      ['choice', 1],
      ['number', 1],
      ['yes_no', 10],
    ]);
  });

  it('have the first of CAMPAIGN as the one that is meant where none is named', async () => {
    expect((await play.api<CampaignView>('/campaign')).id).toBe(first);
  });

  it('post a card each in a group that serves a zone of both, and say which is which', async () => {
    const titles = (await cardsIn(group)).filter((c) => c.kind === 'assignment').map((c) => c.title);
    expect(titles).toHaveLength(2);
    expect(titles.filter((title) => title.startsWith('【疫情防控】'))).toHaveLength(1);
    expect(titles.filter((title) => title.startsWith('【消防检查】'))).toHaveLength(1);
  });

  it('share the group of a zone, and each has a command group of its own', async () => {
    const chats = await play.chats();
    const membersOf = (id: string) => chats.find((chat) => chat.id === id)?.members.map((member) => member.name) ?? [];
    expect(membersOf(group)).toEqual(expect.arrayContaining(['黄金雄', '示例负责人甲']));
    expect(membersOf('command')).toContain('彭荣辉');
    expect(membersOf('command')).not.toContain('示例总指挥');
    expect(membersOf(`command:${fire}`)).toContain('示例总指挥');
    expect(membersOf(`command:${fire}`)).not.toContain('彭荣辉');
  });

  it('the second asks nobody to sign a letter or to inspect at home', async () => {
    expect(await play.all(`/letters?campaign=${fire}`)).toEqual([]);
    const assignments = await play.all<{ kind: string }>(`/assignments?on=2022-09-05&campaign=${fire}`);
    expect(new Set(assignments.map((a) => a.kind))).toEqual(new Set(['zone']));
  });

  it('全部落实 keeps ten answers and asks for the figure and the choice; with them it is a record of the second only', async () => {
    const card = await fireCard();
    const [who = ''] = await inspectors();
    const [compound = ''] = compoundsOf(card);
    const form = await play.press(who, group, card.id, 'all_ok', { compound });
    expect(form.card?.fields.map((field) => field.id)).toEqual(['extinguishers', 'duty', 'note']);
    const short = await play.press(who, group, card.id, 'submit', { extinguishers: '36' });
    expect(short.toast).toContain('控制室值班方式');
    const done = await play.press(who, group, card.id, 'submit', { extinguishers: '36', duty: 'two_persons' });
    expect(done.card?.kind).toBe('confirmation');
    const [record, ...more] = await play.all<Inspection>(`/inspections?campaign=${fire}`);
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      campaign: fire,
      answers: { fire_lane: 'yes', extinguishers: 36, duty: 'two_persons' },
    });
    expect(Object.keys(record?.answers ?? {})).toHaveLength(12);
    expect(await play.all(`/inspections?campaign=${first}`)).toEqual([]);
  });

  it('有未落实 opens a finding in the second, due after its own three working days', async () => {
    const card = await fireCard();
    const [, who = ''] = await inspectors();
    const [, compound = ''] = compoundsOf(card);
    await play.press(who, group, card.id, 'has_exceptions', { compound });
    const values = { not_done: ['ebike_indoor'], extinguishers: '8', duty: 'no_room' };
    expect((await play.press(who, group, card.id, 'submit', values)).card?.kind).toBe('confirmation');
    await play.clock({ advanceTo: '2022-09-05T09:30:00+08:00' });
    expect(await play.all(`/findings?campaign=${fire}`)).toMatchObject([
      { item: 'ebike_indoor', state: 'notified', dueOn: '2022-09-08' },
    ]);
    expect(await play.all(`/findings?campaign=${first}`)).toEqual([]);
  });

  it('a compound covered in the one is not covered in the other', async () => {
    const [one, two] = await Promise.all([first, fire].map((id) => play.api<Tally>(`/tally?campaign=${id}`)));
    expect([one?.city.compounds.covered, two?.city.compounds.covered]).toEqual([0, 2]);
    expect(two?.zones.map((zone) => zone.zone)).toEqual(['石岐区组团', '西区组团']);
  });

  it('/report in the shared group speaks of the first, and of the second when it is named', async () => {
    const [lead = ''] = ((await play.chats()).find((c) => c.id === group)?.members ?? [])
      .filter((member) => member.roles.includes('liaison'))
      .map((member) => member.id);
    const office = (await play.all<{ id: string; roles: { role: string }[] }>('/people')).find((p) =>
      p.roles.some((r) => r.role === 'office'),
    )?.id;
    const titles = async () => (await cardsIn(group)).filter((c) => c.kind === 'report').map((c) => c.title);
    await play.say(lead, group, '/report', true);
    await expect.poll(titles).toEqual([expect.stringContaining('【疫情防控】')]);
    await play.say(office ?? '', group, '/report 消防检查', true);
    await expect.poll(titles).toContainEqual(expect.stringContaining('【消防检查】'));
  });

  it('the tally of the second says nothing of a letter', async () => {
    await play.clock({ advanceTo: '2022-09-05T20:05:00+08:00' });
    const tallies = (await cardsIn(group)).filter((c) => c.kind === 'tally');
    const linesOf = (label: string) => tallies.filter((c) => c.title.includes(label)).flatMap((c) => c.lines);
    expect(linesOf('消防检查').join('\n')).toContain('小区覆盖 2 / ');
    expect(linesOf('消防检查').join('\n')).not.toContain('一封信');
    expect(linesOf('疫情防控').join('\n')).toContain('一封信');
  });

  it('the second rests until Thursday while the first works every day', async () => {
    const { slotsRun } = await play.clock({ advanceTo: '2022-09-08T09:05:00+08:00' });
    const days = (campaign: string) =>
      slotsRun.filter((slot) => slot.campaign === campaign && slot.kind === 'assignments').map((slot) => slot.day);
    expect(days(first)).toEqual(['2022-09-06', '2022-09-07', '2022-09-08']);
    expect(days(fire)).toEqual(['2022-09-08']);
  });
});

describe('two campaigns on the days of their packs', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    service = await startTestService({
      clockStart: '2022-04-19T08:00:00+08:00',
      environment: { ...environment, DEMO: 'off' },
    });
    play = playgroundClient(service.url, testToken);
  }, 90_000);
  afterAll(() => service?.close());

  it('the one that has not begun runs no slot and sends nothing', async () => {
    const { slotsRun } = await play.clock({ advanceTo: '2022-04-21T20:30:00+08:00' });
    expect(new Set(slotsRun.map((slot) => slot.campaign))).toEqual(new Set([first]));
    expect(await play.all<Delivery>(`/deliveries?campaign=${fire}`)).toEqual([]);
  });
});
