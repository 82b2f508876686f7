// Records that are not tapped on a card of one's own: by command, for somebody else, of another day.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient, type ShownCard } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';
import { smallCity } from '../support/small-city.ts';

interface InspectionRow {
  readonly id: string;
  readonly version: number;
  readonly checkOn: string;
  readonly company: string | null;
  readonly department: string | null;
  readonly inspector: { readonly id: string; readonly name: string };
  readonly enteredBy: { readonly id: string; readonly name: string } | null;
  readonly compound: { readonly id: string; readonly name: string };
  readonly answers: Record<string, string>;
  readonly flags: readonly string[];
  readonly source: { readonly kind: string };
}

const zone = 'zone:东部组团';
let service: RunningService;
let play: PlaygroundClient;
let liaison: string;
let team: { id: string; name: string; compounds: { id: string; name: string }[] }[];

beforeAll(async () => {
  service = await startTestService({
    campaignStart: '2022-04-19',
    clockStart: '2022-04-20T08:00:00+08:00',
    environment: { CAMPAIGN: await smallCity() },
  });
  play = playgroundClient(service.url, testToken);
  await play.clock({ advanceTo: '2022-04-20T08:35:00+08:00' });
  const members = (await play.chats()).find((chat) => chat.id === zone)?.members ?? [];
  const assignments = await play.all<{ kind: string; person: string; compound: string; compoundName: string }>(
    '/assignments?on=2022-04-20',
  );
  liaison = members.find((m) => m.roles.includes('liaison'))?.id ?? '';
  team = members
    .filter((m) => m.roles.includes('inspector'))
    .map(({ id, name }) => ({
      id,
      name,
      compounds: assignments.filter((a) => a.person === id).map((a) => ({ id: a.compound, name: a.compoundName })),
    }));
}, 60_000);
afterAll(() => service?.close());

const member = (n: number) => {
  const found = team[n];
  if (!found?.compounds[0] || !found.compounds[1]) throw new Error('an inspector without two compounds');
  return { ...found, own: `person:${found.id}`, first: found.compounds[0], second: found.compounds[1] };
};
const records = async (person: string): Promise<InspectionRow[]> =>
  (await play.all<InspectionRow>('/inspections')).filter((row) => row.inspector.id === person);
const said = async (person: string): Promise<string[]> =>
  (await play.messages(`person:${person}`, person)).flatMap((m) => m.text ?? []);
const newest = async (person: string, title: string): Promise<ShownCard> => {
  let found: ShownCard | undefined;
  await expect
    .poll(
      async () => {
        found = (await play.messages(`person:${person}`, person))
          .flatMap((m) => m.card ?? [])
          .findLast((c) => c.title.includes(title));
        return found !== undefined;
      },
      { timeout: 5_000 },
    )
    .toBe(true);
  return found as ShownCard;
};
const pressed = (person: string, card: ShownCard, label: string) =>
  play.press(person, `person:${person}`, card.id, card.actions.find((a) => a.label === label)?.id ?? label);

describe('a record entered for somebody else (R06)', { timeout: 30_000 }, () => {
  it('is shown first, and written under both names once it is confirmed', async () => {
    const { id, name, first } = member(0);
    await play.say(liaison, `person:${liaison}`, `/代填 ${name} ${first.name} 除了4其他都有`);
    const card = await newest(liaison, `由您代${name}记录`);
    expect(card.lines.join('\n')).toContain('7 项落实，1 项未落实（4 隔离观察点）');
    expect(await records(id)).toEqual([]);
    const done = await pressed(liaison, card, '记录');
    expect(done.card?.lines.join('\n')).toContain('代填');
    expect(await records(id)).toMatchObject([
      { compound: { id: first.id }, enteredBy: { id: liaison }, source: { kind: 'proxy' }, flags: ['proxy'] },
    ]);
  });

  it('is not written when it is not confirmed', async () => {
    const { id, name, first } = member(1);
    await play.say(liaison, `person:${liaison}`, `/proxy ${name} ${first.name} 都有`);
    await pressed(liaison, await newest(liaison, `由您代${name}记录`), '不记录');
    expect(await records(id)).toEqual([]);
  });

  it('is refused to whoever may not, with one line', async () => {
    const [one, two] = [member(1), member(2)];
    await play.say(one.id, one.own, `/代填 ${two.name} ${two.first.name} 都有`);
    await expect.poll(() => said(one.id)).toContainEqual(expect.stringContaining(two.name));
    expect(await records(two.id)).toEqual([]);
  });

  it('that is not understood is asked back with an example', async () => {
    const { id, name, first } = member(1);
    await play.say(liaison, `person:${liaison}`, `/代填 ${name} ${first.name} 还可以`);
    await expect.poll(() => said(liaison)).toContainEqual(expect.stringContaining('没有看懂“还可以”'));
    expect(await records(id)).toEqual([]);
  });
});

describe('a record by /report', { timeout: 30_000 }, () => {
  it('shows what was understood, and is written when confirmed (R50)', async () => {
    const { id, own, first } = member(2);
    await play.say(id, own, `/report ${first.name} 除了3都有`);
    const card = await newest(id, `请核对：${first.name}`);
    expect(await records(id)).toEqual([]);
    await pressed(id, card, '记录');
    expect(await records(id)).toMatchObject([
      { compound: { id: first.id }, enteredBy: null, answers: { wall_guide: 'no' } },
    ]);
  });

  it('with a compound alone reads what is known of it (R50)', async () => {
    const { first } = member(2);
    await play.say(liaison, `person:${liaison}`, `/汇总 ${first.name}`);
    expect((await newest(liaison, first.name)).lines.join('\n')).toContain('最近一次检查');
  });
});

describe('a check of another day (E25)', { timeout: 30_000 }, () => {
  it('is said in the words: the record keeps its day beside the time of entry', async () => {
    const { id, own, first } = member(3);
    await play.say(id, own, `${first.name} 昨天查的，都有`);
    await newest(id, '已记录');
    expect(await records(id)).toMatchObject([{ checkOn: '2022-04-19', flags: ['other_day'] }]);
  });

  it('may not lie ahead, nor before the campaign', async () => {
    const { id, own, first } = member(4);
    await play.say(id, own, `${first.name} 明天查的，都有`);
    await play.say(id, own, `${first.name} 4月1日查的，都有`);
    await expect.poll(() => said(id)).toContainEqual(expect.stringContaining('不能是“明天”'));
    await expect.poll(() => said(id)).toContainEqual(expect.stringContaining('检查从 4月19日'));
    expect(await records(id)).toEqual([]);
  });

  it('takes one tap on the confirmation of a tapped one', async () => {
    const { id, first } = member(4);
    const group = (await play.messages(zone, id)).flatMap((m) => m.card ?? []).find((c) => c.kind === 'assignment');
    const done = await play.press(id, zone, group?.id ?? '', 'all_ok', { compound: first.id });
    expect(done.card?.actions.map((a) => a.label)).toContain('是昨天查的');
    const after = await play.press(id, zone, group?.id ?? '', 'yesterday');
    expect(after.card?.lines.join('\n')).toContain('检查日期 4月19日');
    expect(await records(id)).toMatchObject([{ version: 2, checkOn: '2022-04-19', flags: ['other_day'] }]);
  });
});

describe('/correct', { timeout: 30_000 }, () => {
  it('corrects one’s own record: a new version, the old one kept (E10)', async () => {
    const { id, own, first } = member(3);
    await play.say(id, own, `/更正 ${first.name} 第4项改为否`);
    await newest(id, '已更正');
    expect(await records(id)).toMatchObject([{ version: 2, answers: { isolation_point: 'no', wall_notice: 'yes' } }]);
  });

  it('corrects the basic information in the record, and leaves the registry alone (R19)', async () => {
    const { id, first } = member(3);
    const company = (await play.all<{ id: string; company: string | null }>('/compounds')).find(
      (c) => c.id === first.id,
    )?.company;
    const other =
      (await play.all<{ unit: string }>('/letters')).map((l) => l.unit).find((unit) => unit !== company) ?? '';
    await play.say(liaison, `person:${liaison}`, `/更正 ${first.name} 物业企业：${other} 检查日期 4月20日`);
    await newest(liaison, '已更正');
    expect(await records(id)).toMatchObject([{ version: 3, company: other, checkOn: '2022-04-20', flags: [] }]);
    expect(
      (await play.all<{ id: string; company: string | null }>('/compounds')).find((c) => c.id === first.id)?.company,
    ).toBe(company);
    const event = (await play.all<{ kind: string; data: Record<string, unknown> }>('/events')).findLast(
      (e) => e.kind === 'inspection.replaced',
    );
    expect(event?.data).toMatchObject({ company, checkOn: '2022-04-19' });
  });

  it('names the nearest companies for one that the registry does not have (R19)', async () => {
    const { first } = member(3);
    await play.say(liaison, `person:${liaison}`, `/更正 ${first.name} 物业企业 没有这家物业`);
    await expect.poll(() => said(liaison)).toContainEqual(expect.stringContaining('名册里没有“没有这家物业”'));
  });
});
