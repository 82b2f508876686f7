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
