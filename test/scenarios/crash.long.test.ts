// The process is killed right after an answer was accepted: nothing is lost, and nothing that was delivered comes again (E23).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlaygroundClient } from '../support/playground-client.ts';
import { type ServiceProcess, startProcess } from '../support/service-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const zone = 'zone:东区组团';
let folder: string;
let running: ServiceProcess;

const start = async (): Promise<PlaygroundClient> => {
  running = await startProcess(folder);
  return running.play;
};

beforeAll(async () => {
  folder = await tempFolder();
}, 30_000);
afterAll(() => running.kill('SIGTERM'), 30_000);

describe('a process that is killed', { timeout: 120_000 }, () => {
  it('keeps an accepted press, answers its repetition the same, and sends nothing again', async () => {
    const before = await start();
    await before.clock({ advanceTo: '2022-04-19T08:35:00+08:00' });
    const group = (await before.chats()).find((chat) => chat.id === zone);
    const inspector = group?.members.find((m) => m.roles.includes('inspector'))?.id ?? '';
    const [shown] = (await before.messages(zone)).filter((m) => m.card?.kind === 'assignment');
    const compound = shown?.card?.fields.find((f) => f.id === 'compound')?.options?.[0]?.id ?? '';
    const press = (play: PlaygroundClient) =>
      play.press(inspector, zone, shown?.card?.id ?? '', 'all_ok', { compound }, 'before-the-crash');
    const sent = await before.all<{ id: string; sentAt: string | null }>('/deliveries');
    const answer = await press(before);
    await running.kill('SIGKILL');

    const after = await start();
    expect(await after.all('/inspections')).toMatchObject([
      { inspector: { id: inspector }, compound: { id: compound } },
    ]);
    expect(await press(after)).toEqual(answer);
    expect(await after.all('/inspections')).toHaveLength(1);
    await after.clock({ advanceBy: 1 });
    const again = await after.all<{ id: string; sentAt: string | null }>('/deliveries');
    expect(again.filter((d) => sent.some((s) => s.id === d.id))).toEqual(sent);
    for (const chat of [zone, `person:${inspector}`]) {
      const texts = (await after.messages(chat)).map((m) => m.id);
      expect(new Set(texts).size).toBe(texts.length);
    }
    expect((await after.messages(zone)).filter((m) => m.card?.kind === 'assignment')).toHaveLength(1);
  });
});
