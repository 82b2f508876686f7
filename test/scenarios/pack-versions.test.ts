// The office publishes a checklist with other questions from a day on (E30): what was given out is finished on the old one,
// what is given out later asks the new one, records keep what they answered, and the figures go on.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testToken } from '../support/service.ts';
import { openTownStage, type TownStage } from '../support/town-stage.ts';
import { packFolder } from '../support/universe.ts';

interface Row {
  readonly checklist: string;
  readonly strand: string;
  readonly inspector: { readonly id: string };
  readonly compound: { readonly name: string };
  readonly answers: Readonly<Record<string, unknown>>;
}
interface Published {
  readonly version: number;
  readonly isNew: boolean;
  readonly from: string;
  readonly differs: { readonly checklists: readonly { readonly added: readonly string[] }[] };
}

const zone = '东部组团';
let stage: TownStage;
let files: Record<string, string>;

beforeAll(async () => {
  stage = await openTownStage();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
  const names = (await readdir(packFolder)).filter((name) => /\.(yaml|csv)$/.test(name));
  files = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(packFolder, name), 'utf8')] as const)),
  );
}, 120_000);
afterAll(() => stage?.close());

const publish = async (texts: Record<string, string>, from?: string) => {
  const response = await fetch(`${stage.service.url}/api/v1/packs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${testToken}` },
    body: JSON.stringify({ files: texts, ...(from ? { from } : {}) }),
  });
  return { status: response.status, body: (await response.json()) as Published & { code?: string; detail?: string } };
};
const records = () => stage.play.all<Row>('/inspections');
const shown = (person: string, title: string) =>
  stage.play
    .messages(`person:${person}`, person)
    .then((all) => all.findLast((m) => m.card?.kind === 'checklist' && m.card.title.includes(title))?.card);

/** The same list with another fourth question. */
const other = (checklist: string, id: string): string =>
  checklist
    .replace('id: checklist-2022-04', `id: ${id}`)
    .replace(
      /\s+- \{id: isolation_point, num: 4.*\}/,
      "\n  - {id: night_patrol, num: 4, label: '是否安排夜间巡查', short_label: 夜间巡查, type: yes_no, required: true}",
    )
    .replace('isolation_point, visitor_control', 'night_patrol, visitor_control')
    .replace(/\n {4}isolation_point: .*/g, '');

const nextPack = (): Record<string, string> => ({
  ...files,
  'plan.yaml': (files['plan.yaml'] ?? '').replaceAll('checklist: checklist-2022-04', 'checklist: checklist-2022-05'),
  'checklist-2022-05.yaml': other(files['checklist.yaml'] ?? '', 'checklist-2022-05'),
});

describe('a checklist with other questions (E30)', { timeout: 90_000 }, () => {
  it('is refused under the old id, with what to do', async () => {
    const changed = { ...files, 'checklist.yaml': other(files['checklist.yaml'] ?? '', 'checklist-2022-04') };
    const { status, body } = await publish(changed);
    expect([status, body.code]).toEqual([422, 'pack-refused']);
    expect(body.detail).toContain('checklist checklist-2022-04');
    expect(await publish({ ...files, 'plan.yaml': 'id: broken' })).toMatchObject({ status: 422 });
    expect(await publish(nextPack(), '2022-04-18')).toMatchObject({ status: 422 });
  });

  it('says nothing new where the pack is the one that stands', async () => {
    expect((await publish(files)).body).toMatchObject({ version: 1, isNew: false });
  });

  it('stands from the day it is published for, and waits until then', async () => {
    expect((await publish(nextPack())).body).toMatchObject({
      version: 2,
      isNew: true,
      from: '2022-04-20',
      differs: { checklists: [{ strand: 'home', added: ['夜间巡查'], removed: ['隔离观察点'] }, { strand: 'zone' }] },
    });
    const lines = (await stage.play.api<{ items: { version: number; stands: string }[] }>('/packs')).items;
    expect(lines.map(({ version, stands }) => [version, stands])).toEqual([
      [2, 'later'],
      [1, 'now'],
    ]);
    const inspector = stage.who('inspector', zone);
    const task = (await stage.assignments('2022-04-19')).find((a) => a.person === inspector.id && a.kind === 'zone');
    await stage.ask(inspector.id, `${task?.compoundName} 全部落实`);
    const [record] = await records();
    expect([record?.checklist, record?.answers.isolation_point]).toEqual(['checklist-2022-04', 'yes']);
  });

  it('is what new assignments ask, in cards, in typed words and under the group’s one tap', async () => {
    await stage.play.clock({ advanceTo: '2022-04-20T08:35:00+08:00' });
    const inspector = stage.who('inspector', zone);
    const tasks = (await stage.assignments('2022-04-20')).filter((a) => a.zone === zone && a.kind === 'zone');
    const [own] = tasks.filter((a) => a.person === inspector.id);
    const answer = await stage.ask(inspector.id, `${own?.compoundName} 除了4都有`);
    expect(answer.card?.lines.join('\n')).toContain('4 夜间巡查');
    const next = tasks.find((a) => a.person !== inspector.id);
    const group = (await stage.play.messages(`zone:${zone}`, next?.person)).findLast(
      (m) => m.card?.kind === 'assignment',
    )?.card;
    const tapped = await stage.play.press(next?.person ?? '', `zone:${zone}`, group?.id ?? '', 'all_ok', {
      compound: next?.compound ?? '',
    });
    expect(tapped.card?.kind).toBe('confirmation');
    const rows = (await records()).filter((row) => row.checklist === 'checklist-2022-05');
    expect(rows.map((row) => [row.answers.night_patrol, 'isolation_point' in row.answers]).sort()).toEqual([
      ['no', false],
      ['yes', false],
    ]);
  });

  it('leaves home duties of before on the list they were given with', async () => {
    const person = (
      await stage.play.all<{ id: string; compound: string | null; reachable: boolean; roles: { role: string }[] }>(
        '/people',
      )
    ).find((p) => p.reachable && p.compound !== null && p.roles.length === 1 && p.roles[0]?.role === 'staff');
    const card = await shown(person?.id ?? '', '');
    expect(card?.fields.find((f) => f.id === 'not_done')?.options?.map((o) => o.id)).toContain('isolation_point');
    await stage.press(person?.id ?? '', card?.id ?? '', 'submit', { not_done: ['isolation_point'], note: '没有设置' });
    const row = (await records()).find((one) => one.inspector.id === person?.id);
    expect([row?.checklist, row?.answers.isolation_point, row?.answers.night_patrol]).toEqual([
      'checklist-2022-04',
      'no',
      undefined,
    ]);
    // 改: the form of the record's own day.
    const { card: form } = await stage.press(person?.id ?? '', card?.id ?? '', 'correct');
    expect(form?.fields.find((f) => f.id === 'not_done')?.options?.map((o) => o.id)).toContain('isolation_point');
    await stage.press(person?.id ?? '', card?.id ?? '', 'submit', { not_done: ['staff_mask'] });
    const corrected = (await records()).find((one) => one.inspector.id === person?.id);
    expect([corrected?.checklist, corrected?.answers.isolation_point, corrected?.answers.staff_mask]).toEqual([
      'checklist-2022-04',
      'yes',
      'no',
    ]);
  });

  it('counts every record once, whichever list it answered, and names findings of both', async () => {
    const { city } = await stage.play.api<{
      city: { inspections: { total: number }; compounds: { covered: number }; findings: { total: number } };
    }>('/tally');
    const rows = await records();
    expect(city.inspections.total).toBe(rows.length);
    expect(city.compounds.covered).toBe(new Set(rows.map((row) => row.compound.name)).size);
    const findings = await stage.play.all<{ item: string; state: string }>('/findings');
    expect(findings.filter((f) => f.state !== 'withdrawn').map((f) => f.item)).toEqual(
      expect.arrayContaining(['night_patrol', 'staff_mask']),
    );
    expect(findings.find((f) => f.item === 'isolation_point')?.state).toBe('withdrawn');
    const { checklists } = await stage.play.api<{ checklists: { id: string }[] }>('/campaign');
    expect(checklists.map((c) => c.id)).toEqual(['checklist-2022-05', 'checklist-2022-04']);
  });
});
