// What a bot tells Telegram about itself when it starts: where its webhook is, and its commands in two languages. Tried
// until it works, so that a start without network is no failed start.
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../ports.ts';
import type { ChannelMemory } from '../../ports-channels.ts';
import { backOffMs } from '../back-off.ts';
import type { CommandList, TelegramClient } from './client.ts';
import { commandWords } from './words.ts';

const scopes = { private: 'all_private_chats', group: 'all_group_chats' } as const;

/** English for everybody, and Chinese for those whose app speaks it; Telegram wants two letters. */
export const commandLists: readonly CommandList[] = (['private', 'group'] as const).flatMap((where) =>
  ([null, 'zh'] as const).map((language) => ({
    scope: scopes[where],
    language,
    commands: commandWords[where].map(({ command, zh, en }) => ({ command, description: language === 'zh' ? zh : en })),
  })),
);

export interface SetupNeeds {
  readonly client: TelegramClient;
  readonly memory: ChannelMemory;
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly log: Log;
  readonly chance: () => number;
}

/** Never throws. Ends early when the signal is given. */
export const setUp = async (
  { client, memory, webhook, log, chance }: SetupNeeds,
  signal: AbortSignal,
): Promise<void> => {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      if (webhook) await client.setWebhook(webhook.url, webhook.secret);
      await tellCommands(client, memory);
      return;
    } catch (error) {
      log.warn({ channel: 'telegram', err: error }, 'the bot could not be set up yet');
      await wait(backOffMs(failures, { firstMs: 1_000, longestMs: 300_000 }, chance()), undefined, { signal }).catch(
        () => {},
      );
    }
  }
};

/** Four calls once for each version of the lists, not at every start. */
const tellCommands = async (client: TelegramClient, memory: ChannelMemory): Promise<void> => {
  const { id } = await client.me();
  const key = `telegram.commands.${id}`;
  const version = createHash('sha256').update(JSON.stringify(commandLists)).digest('base64url');
  if ((await memory.get<string>(key)) === version) return;
  for (const list of commandLists) await client.setCommands(list);
  await memory.set(key, version);
};
