// The one-day scenario's people in the playground, through its channel's own doors.
import { makePlaygroundChannel } from '../../../src/channels/playground/channel.ts';
import type { Channel, OnEvent } from '../../../src/ports.ts';
import type { PlaygroundMessage, PlaygroundRooms } from '../../../src/ports-playground.ts';
import { makePlayground } from '../../../src/store/playground.ts';
import { openPlaygroundGroups } from '../../../src/usecases/open-playground-groups.ts';
import type { DayPlayer } from './player.ts';

const group = 'zone:东区组团';

export const playgroundPlayer = (): DayPlayer => {
  let channel: Channel;
  let onEvent: OnEvent;
  let rooms: PlaygroundRooms;
  let presses = 0;
  const toasts = new Map<string, string[]>();

  const home = (account: string) => `person:${account}`;
  const messages = (chat: string, as: string | null): Promise<PlaygroundMessage[]> => rooms.messages(chat, as, 0, 500);
  const post = async (
    door: 'say' | 'press',
    body: { readonly as: string; readonly [name: string]: unknown },
    times = 1,
  ): Promise<void> => {
    const callback = {
      method: 'POST',
      path: `/playground/api/${door}`,
      query: {},
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
    };
    const acks = await Promise.all(Array.from({ length: times }, () => channel.receive(callback, onEvent)));
    for (const ack of acks) {
      const { toast } = JSON.parse(ack.body) as { toast?: string };
      if (toast) toasts.set(body.as, [...(toasts.get(body.as) ?? []), toast]);
    }
  };
  const press = async (as: string, chat: string, on: string, action: string, values: object, times = 1) => {
    presses += 1;
    const found = (await messages(chat, as)).findLast(({ card }) => card && JSON.stringify(card).includes(on));
    await post('press', { id: `p${presses}`, as, chat, card: found?.card?.id ?? '', action, values }, times);
  };

  return {
    group,
    accountOf: (person) => person,
    stranger: null,
    async open({ pool, clock, campaigns }) {
      const playground = makePlayground(pool);
      rooms = playground;
      channel = makePlaygroundChannel({ messages: playground, clock, touchMs: 5 });
      await openPlaygroundGroups({ doors: playground, clock }, campaigns);
      // The other players bind people and groups by hand; these are the doors that need it here.
      await pool.query(`delete from binding where channel = 'playground'`);
      await pool.query(`delete from chat_group where channel = 'playground'`);
      return channel;
    },
    enter: (to) => {
      onEvent = to;
    },
    allOk: (account, compound) => press(account, group, '', 'all_ok', compound ? { compound: compound.id } : {}),
    async notDone(account, compound, item, times = 1) {
      const chat = compound ? group : home(account);
      if (compound) await press(account, chat, '', 'has_exceptions', { compound: compound.id });
      await press(account, chat, item.label, 'submit', { not_done: [item.id] }, times);
    },
    async press(account, on, label) {
      const found = (await messages(home(account), account)).findLast(({ card }) => JSON.stringify(card).includes(on));
      const action = found?.card?.actions.find((one) => one.label === label)?.id ?? '';
      await press(account, home(account), on, action, {});
    },
    say: (account, text) => post('say', { as: account, chat: home(account), text }),
    shownTo: async (account) =>
      JSON.stringify([toasts.get(account), await messages(home(account), account), await messages(group, account)]),
    inGroup: async () => JSON.stringify(await messages(group, null)),
    close: async () => {},
  };
};
