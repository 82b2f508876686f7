// Ten compounds in a row in no time: accepted, counted, flagged for the supervisor alone (R44, E27).
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTownStage, type TownStage } from '../support/town-stage.ts';

const zone = '东部组团';
let stage: TownStage;
beforeAll(async () => {
  stage = await openTownStage();
  await stage.play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
}, 120_000);
afterAll(() => stage?.close());

it('flags ten records in a row for the supervisor only, and counts them all (R44, E27)', {
  timeout: 60_000,
}, async () => {
  const inspector = stage.who('inspector', zone);
  const compounds = (await stage.play.all<{ name: string; area: string }>('/compounds')).filter(
    (c) => c.area === '火炬开发区',
  );
  const names = compounds.filter((c) => compounds.every((o) => o === c || !o.name.includes(c.name))).slice(0, 10);
  expect(names).toHaveLength(10);
  for (const { name } of names) await stage.ask(inspector.id, `${name} 全部落实`);
  await stage.play.clock({ advanceBy: 1 });
  const rows = await stage.play.all<{ inspector: { id: string }; flags: string[] }>('/inspections');
  const own = rows.filter((row) => row.inspector.id === inspector.id);
  expect(own.map((row) => row.flags.includes('suspicious'))).toEqual(Array.from({ length: 10 }, () => true));
  const tally = await stage.play.api<{ city: { inspections: { total: number } } }>('/tally');
  expect(tally.city.inspections.total).toBe(10);

  const warned = async (id: string) => (await stage.seen(id)).filter((m) => m.text?.includes('条相同的记录'));
  expect(await warned(stage.who('supervisor', zone).id)).toHaveLength(1);
  for (const role of ['liaison', 'zone_lead', 'inspector'])
    expect([role, await warned(stage.who(role, zone).id)]).toEqual([role, []]);
  expect((await stage.play.messages(`zone:${zone}`)).filter((m) => m.text?.includes('条相同的记录'))).toEqual([]);
  await stage.play.clock({ advanceBy: 2 });
  expect(await warned(stage.who('supervisor', zone).id)).toHaveLength(1);
  const drawn = await stage.ask(stage.who('supervisor', zone).id, '/抽查 2 待核实');
  expect(drawn.card?.title).toContain('抽中 2 个');
});
