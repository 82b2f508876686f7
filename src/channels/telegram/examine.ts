// Looks at a Telegram bot's set-up: its token, and where its updates go. For `npm run dudao -- doctor`.
import { ChannelRefused } from '../../ports.ts';
import { type Checked, leftOut, well, wrong } from '../../ports-checks.ts';
import { makeTelegramClient, type TelegramClient } from './client.ts';

export interface ExaminedBot {
  readonly botToken: string;
  readonly apiRoot: string;
  readonly mode: 'polling' | 'webhook';
}

const why = (error: unknown): string => {
  const said = (error as Error).message;
  if (error instanceof ChannelRefused && (error.code === '401' || error.code === '404'))
    return `${said}: TELEGRAM_BOT_TOKEN is not a bot’s token; @BotFather shows the right one`;
  return `${said}. Check TELEGRAM_API_ROOT and the way out of this machine`;
};

/** `publicUrl`: where Telegram reaches this service in webhook mode; null when it is not set. */
export async function* examineBot(bot: ExaminedBot, publicUrl: string | null): AsyncGenerator<Checked> {
  const client = makeTelegramClient(bot);
  const me = await client.me().catch(why);
  yield typeof me === 'string' ? wrong('Telegram: token', me) : well('Telegram: token', `the bot is @${me.username}`);
  const step = 'Telegram: updates';
  yield typeof me === 'string' ? leftOut(step, 'needs the token') : await lookAtUpdates(step, client, bot, publicUrl);
}

const lookAtUpdates = async (
  step: string,
  client: TelegramClient,
  { mode }: ExaminedBot,
  publicUrl: string | null,
): Promise<Checked> => {
  try {
    const { url, waiting, lastError } = await client.webhook();
    const wanted = mode === 'webhook' ? `${publicUrl}/callbacks/telegram` : '';
    if (url !== wanted)
      return wrong(
        step,
        `they go to ${url || 'nobody'} instead of ${wanted || 'this service by polling'}: start the service`,
      );
    if (lastError !== null) return wrong(step, `Telegram could not deliver (${waiting} waiting): ${lastError}`);
    return well(step, mode === 'webhook' ? `they come to ${url}` : 'they are polled');
  } catch (error) {
    return wrong(step, why(error));
  }
};
