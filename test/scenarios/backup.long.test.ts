// A back-up is taken under load, the service is killed, and the back-up comes back on another machine: nothing that was
// acknowledged before it is missing, photos too, and no message is sent again (R45).
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, type ServiceProcess, startProcess } from '../support/service-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const zone = 'zone:东区组团';
let folder: string;
let other: string;
let running: ServiceProcess;

beforeAll(async () => {
  folder = await tempFolder();
  other = await tempFolder();
}, 30_000);
afterAll(() => running.kill('SIGTERM'), 30_000);

interface Delivery {
  readonly id: string;
  readonly state: string;
  readonly sentAt: string | null;
}

describe('a back-up under load', { timeout: 180_000 }, () => {
  it('comes back elsewhere with all that was acknowledged before it, and sends nothing again', async () => {
    running = await startProcess(folder);
    const { play } = running;
    await play.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
    const inspectors = ((await play.chats()).find((chat) => chat.id === zone)?.members ?? []).filter((m) =>
      m.roles.includes('inspector'),
    );
    const [shown] = (await play.messages(zone)).filter((m) => m.card?.kind === 'assignment');
    const card = shown?.card?.id ?? '';
    const compounds = (shown?.card?.fields.find((f) => f.id === 'compound')?.options ?? []).map((o) => o.id);
    const acknowledged: string[] = [];
    const pressing = (async () => {
      for (const compound of compounds) {
        const by = inspectors[acknowledged.length % inspectors.length]?.id ?? '';
        await play.press(by, zone, card, 'all_ok', { compound }, `load-${compound}`);
        acknowledged.push(compound);
      }
    })();
    await expect.poll(() => acknowledged.length).toBeGreaterThanOrEqual(2);

    const before = [...acknowledged];
    expect(await runCommand(folder, 'backup')).toContain('proved');
    await pressing;
    const sent = (await play.all<Delivery>('/deliveries')).filter((d) => d.state === 'sent');
    await running.kill('SIGKILL');

    const [taken] = (await readdir(join(folder, 'backups'))).filter((name) => name.startsWith('20'));
    const said = await runCommand(other, 'restore', join(folder, 'backups', taken ?? ''));
    expect(said).toContain('restored what was true at');
    running = await startProcess(other);
    const inspections = await running.play.all<{ compound: { id: string } }>('/inspections');
    expect(inspections.map((i) => i.compound.id)).toEqual(expect.arrayContaining(before));

    await running.play.clock({ advanceBy: 1 });
    const again = await running.play.all<Delivery>('/deliveries');
    expect(again.filter((d) => sent.some((s) => s.id === d.id)).map((d) => [d.id, d.sentAt])).toEqual(
      sent.filter((s) => again.some((d) => d.id === s.id)).map((d) => [d.id, d.sentAt]),
    );
    const texts = (await running.play.messages(zone)).filter((m) => m.card?.kind === 'assignment');
    expect(texts).toHaveLength(1);
  });

  it('does not go into a folder that has records, nor beside a running service', async () => {
    const [taken] = (await readdir(join(folder, 'backups'))).filter((name) => name.startsWith('20'));
    await expect(runCommand(other, 'restore', join(folder, 'backups', taken ?? ''))).rejects.toThrow(
      /serve|running|use/i,
    );
    await running.kill('SIGTERM');
    await expect(runCommand(other, 'restore', join(folder, 'backups', taken ?? ''))).rejects.toThrow(/an empty one/);
    running = await startProcess(other);
  });
});
