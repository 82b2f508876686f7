// One day of the real campaign with the demo roster, through the playground's doors: assign, answer, find, fix, tally.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningService } from '../../src/commands/serve.ts';
import { type PlaygroundClient, playgroundClient, type ShownCard } from '../support/playground-client.ts';
import { startTestService, testToken } from '../support/service.ts';

interface InspectionRow {
  readonly id: string;
  readonly inspector: { readonly id: string };
  readonly compound: { readonly id: string; readonly name: string };
  readonly area: string;
  readonly answers: Record<string, string>;
}
interface FindingRow {
  readonly id: string;
  readonly item: string;
  readonly area: string;
  readonly compound: string;
  readonly state: string;
  readonly dueOn: string | null;
}
interface TallyRow {
  readonly zones: readonly {
    readonly zone: string;
    readonly compounds: { known: number; covered: number; coveredToday: number };
    readonly letters: { owed: number; signed: number };
  }[];
}

const zone = 'zone:东区组团';
let service: RunningService;
let play: PlaygroundClient;

beforeAll(async () => {
  service = await startTestService({ campaignStart: '2022-04-19', clockStart: '2022-04-19T08:00:00+08:00' });
  play = playgroundClient(service.url, testToken);
}, 60_000);
afterAll(() => service?.close());

const groupCard = async (): Promise<ShownCard> => {
  const card = (await play.messages(zone)).find((m) => m.card?.kind === 'assignment')?.card;
  if (!card) throw new Error('no assignment card in the zone group');
  return card;
};
const inspectors = async (): Promise<string[]> => {
  const group = (await play.chats()).find((c) => c.id === zone);
  return (group?.members ?? []).filter((m) => m.roles.includes('inspector')).map((m) => m.id);
};
const optionsOf = (card: ShownCard): string[] =>
  card.fields.find((f) => f.id === 'compound')?.options?.map((o) => o.id) ?? [];

describe('19 April 2022', { timeout: 60_000 }, () => {
  it('posts the assignments in all nine zone groups and a home card to each bound member of staff (R13, R31)', async () => {
    const { slotsRun } = await play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
    expect(slotsRun.map((s) => s.kind)).toContain('assignments');
    const groups = (await play.chats()).filter((c) => c.id.startsWith('zone:'));
    expect(groups).toHaveLength(9);
    for (const group of groups) {
      const cards = (await play.messages(group.id)).filter((m) => m.card?.kind === 'assignment');
      expect([group.title, cards.length]).toEqual([group.title, 1]);
    }
    const home = await play.all<{ kind: string; person: string; compound: unknown; state: string }>(
      '/assignments?on=2022-04-19',
    );
    const people = await play.all<{ id: string; reachable: boolean }>('/people');
    const reachable = new Set(people.filter((p) => p.reachable).map((p) => p.id));
    const sent = await play.all<{ kind: string; person: string | null; about: { kind: string; id: string }[] }>(
      '/deliveries',
    );
    const due = home.filter((a) => a.kind === 'home' && a.state === 'open' && a.compound && reachable.has(a.person));
    expect(due.length).toBeGreaterThan(450);
    expect(sent.filter((d) => d.kind === 'assignment' && d.person).length).toBe(due.length);
  });

  it('turns 全部落实 and an exception answer of two inspectors into two records, and the "no" into a finding at the compound’s own town (R17, R37)', async () => {
    const card = await groupCard();
    const [first = '', second = ''] = await inspectors();
    const [one = '', two = ''] = optionsOf(card);
    const done = await play.press(first, zone, card.id, 'all_ok', { compound: one });
    expect(done.card?.kind).toBe('confirmation');
    const form = await play.press(second, zone, card.id, 'has_exceptions', { compound: two });
    expect(form.card?.fields.map((f) => f.id)).toEqual(['not_done', 'note']);
    const recorded = await play.press(second, zone, card.id, 'submit', {
      not_done: ['isolation_point'],
      note: '西门没人',
    });
    expect(recorded.card?.lines.join('\n')).toContain('4 隔离观察点');

    const rows = await play.all<InspectionRow>('/inspections');
    expect(rows.map((r) => [r.inspector.id, r.compound.id, Object.keys(r.answers).length]).sort()).toEqual(
      [
        [first, one, 8],
        [second, two, 8],
      ].sort(),
    );
    const compounds = await play.all<{ id: string; area: string }>('/compounds');
    const findings = await play.all<FindingRow>('/findings');
    expect(findings).toMatchObject([
      { item: 'isolation_point', area: compounds.find((c) => c.id === two)?.area, compound: two },
    ]);
  });

  it('asks back what contradicts itself or says nothing, and writes no record (R20)', async () => {
    const card = await groupCard();
    const [, , third = ''] = await inspectors();
    const [, , compound = ''] = optionsOf(card);
    const before = (await play.all('/inspections')).length;
    for (const [action, values] of [
      ['all_ok', {}],
      ['all_ok', { compound, not_done: ['staff_mask'] }],
      ['submit', { compound }],
    ] as const) {
      const answer = await play.press(third, zone, card.id, action, values);
      expect(answer.toast).toBeTruthy();
    }
    expect((await play.all('/inspections')).length).toBe(before);
  });

  it('does not mistake a correction that was begun for another compound that is chosen then', async () => {
    const card = await groupCard();
    const [first = ''] = await inspectors();
    const [, , , , other = ''] = optionsOf(card);
    const form = await play.press(first, zone, card.id, 'correct');
    expect(form.card?.kind).toBe('checklist');
    await play.press(first, zone, card.id, 'all_ok', { compound: other });
    const own = (await play.all<InspectionRow & { version: number }>('/inspections')).filter(
      (row) => row.inspector.id === first,
    );
    expect(own.map((row) => row.version)).toEqual([1, 1]);
    expect(own.map((row) => row.compound.id)).toContain(other);
  });

  it('takes a press delivered twice as one, in a row or at once, with the same answer (E11)', async () => {
    const card = await groupCard();
    const [, , , fourth = ''] = await inspectors();
    const [, , , compound = ''] = optionsOf(card);
    const press = () => play.press(fourth, zone, card.id, 'all_ok', { compound }, 'event-7');
    const answers = await Promise.all([press(), press(), press()]);
    answers.push(await press());
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const rows = await play.all<InspectionRow>('/inspections');
    expect(rows.filter((r) => r.compound.id === compound)).toHaveLength(1);
  });

  it('draws the group card anew: who did what, and one compound less to choose', async () => {
    await play.clock({ advanceBy: 1 });
    const card = await groupCard();
    expect(card.lines.filter((line) => line.startsWith('✓'))).toHaveLength(4);
  });

  it('tells the town after ten minutes, and its clock starts with the delivery (R37, R39)', async () => {
    await play.clock({ advanceTo: '2022-04-19T09:00:00+08:00' });
    const [finding] = await play.all<FindingRow>('/findings');
    expect(finding).toMatchObject({ state: 'notified', dueOn: '2022-04-21' });
    const contact = (await play.chats())
      .find((c) => c.id === `area:${finding?.area}`)
      ?.members.find((m) => m.roles.includes('town_contact'));
    const own = (await play.chats(contact?.id)).find((c) => c.kind === 'person');
    const notice = (await play.messages(own?.id ?? '', contact?.id)).find((m) => m.card?.kind === 'finding');
    expect(notice?.card?.lines.join('\n')).toContain('4月21日（周四）24:00 前');
    const reported = await play.press(contact?.id ?? '', own?.id ?? '', notice?.card?.id ?? '', 'report_fix');
    expect(reported.toast).toContain('已上报');
    expect(await play.all('/findings')).toMatchObject([{ state: 'reported' }]);
  });

  it('lets a company head sign for all units in one act (R23, E05)', async () => {
    const letters = await play.all<{ unit: string; signatory: { id: string } | null; state: string }>('/letters');
    const letter = letters.find((l) => l.state === 'sent' && l.signatory);
    const head = letter?.signatory?.id ?? '';
    const own = (await play.chats(head)).find((c) => c.kind === 'person')?.id ?? '';
    const card = (await play.messages(own, head)).find((m) => m.card?.kind === 'letter')?.card;
    const yes = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`q${i + 1}`, 'yes']));
    const half = await play.press(head, own, card?.id ?? '', 'sign', { q1: 'yes' });
    expect(half.toast).toContain('2');
    const signed = await play.press(head, own, card?.id ?? '', 'sign', yes);
    expect(signed.toast).toContain('已签阅');
    const after = await play.all<{ signatory: { id: string } | null; state: string }>('/letters');
    expect(after.filter((l) => l.signatory?.id === head).every((l) => l.state === 'signed')).toBe(true);
  });

  it('answers /report of the zone’s liaison, and refuses a company head politely (R50)', async () => {
    const liaison =
      (await play.chats()).find((c) => c.id === zone)?.members.find((m) => m.roles.includes('liaison'))?.id ?? '';
    const own = (await play.chats(liaison)).find((c) => c.kind === 'person')?.id ?? '';
    await play.say(liaison, own, '/report 东区组团');
    await expect
      .poll(
        async () =>
          (await play.messages(own, liaison)).some(
            (m) => m.card?.kind === 'report' && m.card.title.includes('东区组团'),
          ),
        { timeout: 2000 },
      )
      .toBe(true);

    const letters = await play.all<{ signatory: { id: string } | null; state: string }>('/letters');
    const head = letters.find((l) => l.state === 'sent' && l.signatory)?.signatory?.id ?? '';
    const heads = (await play.chats(head)).find((c) => c.kind === 'person')?.id ?? '';
    await play.say(head, heads, '/汇总 东区组团');
    await expect
      .poll(async () => (await play.messages(heads, head)).some((m) => m.text?.includes('督导人员')), { timeout: 2000 })
      .toBe(true);
  });

  it('posts nine tallies at 20:00 whose numbers are the API’s, and one digest to the commander (R04, R49, R52)', async () => {
    const { slotsRun } = await play.clock({ advanceTo: '2022-04-19T20:05:00+08:00' });
    expect(slotsRun.map((s) => s.kind)).toEqual(expect.arrayContaining(['reminders', 'tally', 'digest']));
    const tally = await play.api<TallyRow>('/tally?on=2022-04-19');
    for (const own of tally.zones) {
      const cards = (await play.messages(`zone:${own.zone}`)).filter((m) => m.card?.kind === 'tally');
      expect(cards).toHaveLength(1);
      const text = cards[0]?.card?.lines.join('\n') ?? '';
      expect(text).toContain(`${own.compounds.covered} / ${own.compounds.known}，今天 +${own.compounds.coveredToday}`);
      expect(text).toContain(`${own.letters.signed} / ${own.letters.owed} 已签阅`);
    }
    const commander =
      (await play.chats()).find((c) => c.id === 'command')?.members.find((m) => m.roles.includes('commander'))?.id ??
      '';
    const own = (await play.chats(commander)).find((c) => c.kind === 'person')?.id ?? '';
    expect((await play.messages(own, commander)).filter((m) => m.card?.kind === 'digest')).toHaveLength(1);
  });
});
