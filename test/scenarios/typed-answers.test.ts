// Answers that are typed instead of tapped: understood, asked back, corrected (R20, E10, E26, E28), in the playground.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient, type ShownCard } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

interface InspectionRow {
  readonly id: string;
  readonly version: number;
  readonly inspector: { readonly id: string };
  readonly compound: { readonly id: string; readonly name: string };
  readonly answers: Record<string, string>;
  readonly note: string | null;
  readonly source: { readonly kind: string; readonly text?: string };
}

const zone = 'zone:东区组团';
let service: RunningService;
let play: PlaygroundClient;
/** Inspectors of the zone, each with two compounds today. */
let team: { id: string; compounds: { id: string; name: string }[] }[];

beforeAll(async () => {
  service = await startTestService({ campaignStart: '2022-04-19', clockStart: '2022-04-19T08:00:00+08:00' });
  play = playgroundClient(service.url, testToken);
  await play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  const group = (await play.chats()).find((chat) => chat.id === zone);
  const assignments = await play.all<{ kind: string; person: string; compound: string; compoundName: string }>(
    '/assignments?on=2022-04-19',
  );
  team = (group?.members ?? [])
    .filter((member) => member.roles.includes('inspector'))
    .map(({ id }) => ({
      id,
      compounds: assignments.filter((a) => a.person === id).map((a) => ({ id: a.compound, name: a.compoundName })),
    }));
}, 60_000);
afterAll(() => service?.close());

const member = (n: number) => {
  const found = team[n];
  if (!found?.compounds[0] || !found.compounds[1]) throw new Error('an inspector without two compounds');
  return { id: found.id, own: `person:${found.id}`, first: found.compounds[0], second: found.compounds[1] };
};
const records = async (person: string): Promise<InspectionRow[]> =>
  (await play.all<InspectionRow>('/inspections')).filter((row) => row.inspector.id === person);
/** The newest card of a kind in the person's own chat, once it has come. */
const card = async (person: string, kind: string, after = 0): Promise<ShownCard> => {
  let found: ShownCard[] = [];
  await expect
    .poll(
      async () => {
        found = (await play.messages(`person:${person}`, person)).flatMap((m) =>
          m.card?.kind === kind ? [m.card] : [],
        );
        return found.length > after;
      },
      { timeout: 5_000 },
    )
    .toBe(true);
  return found.at(-1) as ShownCard;
};

describe('a typed answer', { timeout: 30_000 }, () => {
  it('to the bot in the group becomes a record, with the words as its proof', async () => {
    const { id, first } = member(0);
    await play.say(id, zone, `${first.name} 除了3和5其他都有`, true);
    const shown = await card(id, 'confirmation');
    expect(shown.lines.join('\n')).toContain('2 项未落实（3 简明指引上墙、5');
    const [row] = await records(id);
    expect(row).toMatchObject({ compound: { id: first.id }, source: { kind: 'text' } });
    expect(
      Object.entries(row?.answers ?? {})
        .filter(([, value]) => value === 'no')
        .map(([item]) => item),
    ).toEqual(['wall_guide', 'visitor_control']);
    expect((await play.messages(zone)).some((m) => m.text?.includes(`已记录：${first.name}`))).toBe(true);
  });

  it('that is not addressed to the bot is nobody’s business', async () => {
    const { id, first } = member(1);
    await play.say(id, zone, `${first.name} 全部落实`);
    await play.say(id, zone, '收到', true);
    expect(await records(id)).toEqual([]);
  });

  it('that fits several open compounds is asked, and the tap answers it (E28)', async () => {
    const { id, own, second } = member(2);
    await play.say(id, own, '全部落实');
    const question = await card(id, 'question');
    const choice = question.actions.find((action) => action.label.startsWith(second.name));
    await play.press(id, own, question.id, choice?.id ?? '');
    expect(await records(id)).toMatchObject([
      { compound: { id: second.id }, source: { kind: 'text', text: '全部落实' } },
    ]);
  });

  it('may name a colleague’s compound: it is recorded as one’s own visit, and the colleague’s is covered', async () => {
    const { id } = member(8);
    const { first } = member(1);
    await play.say(id, zone, `@督导 ${first.name} 除了4其他都有`, true);
    await card(id, 'confirmation');
    expect(await records(id)).toMatchObject([{ compound: { id: first.id }, answers: { isolation_point: 'no' } }]);
    const assignments = await play.all<{ compound: string; kind: string; state: string }>('/assignments?on=2022-04-19');
    expect(assignments.filter((a) => a.compound === first.id && a.kind === 'zone').map((a) => a.state)).toEqual([
      'covered',
    ]);
  });

  it('that is doubtful is asked back, and nothing is written until it is clear', async () => {
    const { id, own, first } = member(3);
    await play.say(id, own, `${first.name}口罩没戴`);
    const question = await card(id, 'question');
    expect(question.title).toContain('口罩');
    expect(await records(id)).toEqual([]);
    const choice = question.actions.find((action) => action.label.startsWith('8'));
    const answer = await play.press(id, own, question.id, choice?.id ?? '');
    expect(answer.card?.lines.join('\n')).toContain('还差 7 项');
    const done = await play.press(id, own, question.id, 'all_ok');
    expect(done.card?.kind).toBe('confirmation');
    expect(await records(id)).toMatchObject([
      { compound: { id: first.id }, answers: { staff_mask: 'no', wall_notice: 'yes' } },
    ]);
  });

  it('that stays doubtful leads to the card (E26)', async () => {
    const { id, own, first } = member(4);
    for (const text of ['基本都落实了', '跟上次一样', '有一项没做到，其他都有'])
      await play.say(id, own, `${first.name} ${text}`);
    expect((await card(id, 'checklist')).title).toContain(first.name);
    expect(await records(id)).toEqual([]);
  });

  it('can be partial: the rest is asked for, and a second message completes it', async () => {
    const { id, own, first } = member(5);
    await play.say(id, own, `${first.name} 1-4都有`);
    expect((await card(id, 'checklist')).lines.join('\n')).toContain('还差 4 项');
    expect(await records(id)).toEqual([]);
    await play.say(id, own, `${first.name} 5-8都有，备注：西门没人`);
    await card(id, 'confirmation');
    expect(await records(id)).toMatchObject([
      { compound: { id: first.id }, answers: { wall_notice: 'yes', staff_mask: 'yes' }, note: '西门没人' },
    ]);
  });

  it('can correct the record: a new version, and a finding for the town (E10)', async () => {
    const { id, own } = member(5);
    await play.say(id, own, '更正:第4项改为否');
    await card(id, 'confirmation', 1);
    expect(await records(id)).toMatchObject([{ version: 2, answers: { isolation_point: 'no' }, note: '西门没人' }]);
    const findings = await play.all<{ item: string; inspections: string[] }>('/findings');
    const [row] = await records(id);
    expect(findings.filter((f) => f.inspections.includes(row?.id ?? ''))).toMatchObject([{ item: 'isolation_point' }]);
  });

  it('may be a list in which each line is another person’s, sent by their liaison; doubtful lines are listed (R06)', async () => {
    const group = (await play.chats()).find((chat) => chat.id === zone);
    const nameOf = (id: string) => group?.members.find((m) => m.id === id)?.name ?? '';
    const liaison = group?.members.find((m) => m.roles.includes('liaison'))?.id ?? '';
    const [six, seven] = [member(6), member(7)];
    const list = `#接龙\n1. ${nameOf(six.id)} ${six.first.name} 全部落实\n2. ${nameOf(seven.id)} ${seven.first.name} 基本都有\n3. 过路人 全部落实`;
    await play.say(liaison, `person:${liaison}`, list);
    const shown = await card(liaison, 'report');
    expect(shown.title).toContain('已记录 1 条，2 条没有写入');
    expect(await records(six.id)).toMatchObject([{ compound: { id: six.first.id }, source: { kind: 'proxy' } }]);
    expect(await records(seven.id)).toEqual([]);
    await play.say(six.id, six.own, list.replace('#接龙', '#接龙 '));
    expect(await records(seven.id)).toEqual([]);
  });

  it('is no way in for somebody who does not inspect', async () => {
    const letters = await play.all<{ signatory: { id: string } | null; state: string }>('/letters');
    const head = letters.find((l) => l.state === 'sent')?.signatory?.id ?? '';
    await play.say(head, `person:${head}`, '全部落实');
    expect(await records(head)).toEqual([]);
  });
});
