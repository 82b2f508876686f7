// WeCom (企业微信): one channel of three ways that WeCom keeps apart. The self-built app speaks to people, the AI bot in
// groups, and a group's robot rings people there and is what is left when the bot is not.
import type { Message } from '../../domain/message.ts';
import { type Ack, type Channel, ChannelRefused, ChannelUnreachable, type SentMessage } from '../../ports.ts';
import { cutToBytes } from '../chunk-text.ts';
import { type AppConfig, makeAppPart } from './app.ts';
import { type BotConfig, type BotNeeds, makeBotPart } from './bot.ts';
import { takeRoom } from './budgets.ts';
import { isInteractive } from './cards.ts';
import type { AppClient } from './client.ts';
import { accountOf, messageText, userIdOf } from './codec.ts';
import type { WecomDeps } from './deps.ts';
import { cardLimits, mostCards, textBytes } from './limits.ts';
import { makeRobot, robotLimits } from './robot.ts';
import { asRobotMarkdown } from './texts.ts';
import { words } from './words.ts';

export interface WecomConfig {
  readonly app: AppConfig | null;
  readonly bot: BotConfig | null;
  /** For the group robots; the app's own is the same unless an operator says otherwise. */
  readonly apiBase: string;
}

export interface WecomOptions {
  readonly bot?: Pick<BotNeeds, 'times' | 'leaseMs'>;
}

/** Who logs in to the pages through WeCom; null without the app. */
export interface WecomIdentity {
  /** The account behind the code of a web login; null for somebody outside the corp. */
  accountByLogin(code: string): Promise<string | null>;
  /** Where a browser inside WeCom goes to log in, and one outside. `state`: letters and digits, at most 128. */
  loginUrl(redirectUri: string, state: string, inside: boolean): string;
}

export interface WecomChannel extends Channel {
  readonly identity: WecomIdentity | null;
  readonly client: AppClient | null;
  /** How the bot's connection stands; null without a bot. */
  botState(): 'ready' | 'down' | 'elsewhere' | null;
}

/** A group waits this long for the bot to come back before its robot speaks in its place. */
const ROBOT_STEPS_IN_MS = 60_000;
/** The bot is not in the group any more, or never was. */
const notThere = new Set(['93001', '93006', '93008']);

export const makeWecomChannel = (config: WecomConfig, deps: WecomDeps, options: WecomOptions = {}): WecomChannel => {
  const { log, groups, budget } = deps;
  const app = config.app && makeAppPart(config.app, deps);
  const bot =
    config.bot &&
    makeBotPart(config.bot, deps, {
      plainUserId: app && ((id) => app.client.plainUserId(id)),
      hasPrivateChats: app !== null,
      ...options.bot,
    });
  const robot = makeRobot(config.apiBase);

  const byRobot = async (chat: string, key: string, message: Message): Promise<SentMessage> => {
    await takeRoom(budget, 'robot', chat, 1);
    await robot.sayMarkdown(key, asRobotMarkdown(messageText(message), deps.pageUrl));
    return {};
  };

  const byBot = async (chat: string, message: Message, key: string, robotKey: string | null): Promise<SentMessage> => {
    if (!bot) throw new Error('there is no bot');
    try {
      return await bot.send(chat, 'group', message, key);
    } catch (error) {
      const instead = robotKey !== null && !wantsPress(message);
      if (instead && error instanceof ChannelRefused && notThere.has(error.code))
        return byRobot(chat, robotKey, message);
      throw error;
    }
  };

  const toGroup = async (chat: string, message: Message, key: string): Promise<SentMessage> => {
    const robotKey = await groups.robotKey('wecom', chat);
    const state = bot?.state() ?? null;
    if (bot && state !== null) {
      const stepsIn = state === 'down' && bot.downMs() > ROBOT_STEPS_IN_MS && !wantsPress(message);
      if (robotKey !== null && stepsIn) return byRobot(chat, robotKey, message);
      if (state !== 'ready') throw new ChannelUnreachable(`the bot is ${state}`, false);
      return byBot(chat, message, key, robotKey);
    }
    if (robotKey !== null) return byRobot(chat, robotKey, message);
    if (!app)
      throw new ChannelRefused('no-way', 'neither a bot nor a group robot speaks in this group', { fatal: true });
    const content = cutToBytes(messageText(message), textBytes.app);
    await app.client.sendToChat({ chatid: chat, msgtype: 'text', text: { content }, safe: 0 });
    return {};
  };

  /** The message stands already: that nobody rang is told to the log, or it would be sent again. */
  const ring = async (chat: string, { mentions = [], card, text }: Message): Promise<void> => {
    const robotKey = mentions.length === 0 ? null : await groups.robotKey('wecom', chat);
    if (robotKey === null) return;
    const said = `${card?.title ?? text ?? ''}\n${words.lookAbove}`.trim();
    await takeRoom(budget, 'robot', chat, 1)
      .then(() => robot.ring(robotKey, cutToBytes(said, robotLimits.textBytes), mentions))
      .catch((error) => log.warn({ channel: 'wecom', err: error }, 'people were not rung in a group'));
  };

  const toPerson = async (userId: string, message: Message, key: string): Promise<SentMessage> => {
    if (app) return app.send(userId, message, key);
    if (!bot) throw new ChannelRefused('no-way', 'neither the app nor the bot is configured', { fatal: true });
    if (bot.state() !== 'ready') throw new ChannelUnreachable(`the bot is ${bot.state()}`, false);
    return bot.send(userId, 'person', message, key);
  };

  return {
    name: 'wecom',
    supports: {
      update: 'on-press',
      ticks: cardLimits.ticks - 2,
      choices: mostCards * cardLimits.choices,
      textField: false,
      ownView: true,
      mention: true,
      image: true,
      recognisesRepeats: false,
    },

    async send(chat, message, key) {
      const userId = userIdOf(chat);
      if (userId !== null) return toPerson(userId, message, key);
      const sent = await toGroup(chat, message, key);
      await ring(chat, message);
      return sent;
    },

    recognises(chat, message) {
      if (userIdOf(chat) !== null && app) return true;
      if (!bot || (message.mentions ?? []).length > 0) return false;
      return bot.recognises(userIdOf(chat) === null ? 'group' : 'person', message);
    },

    groupsElsewhere: () => bot?.state() === 'elsewhere',

    health: () => (bot?.state() === 'down' ? 'the bot is not connected' : null),

    async update() {
      throw new ChannelRefused('not-supported', 'WeCom changes a card only in answer to a press', { fatal: true });
    },

    async receive(callback, onEvent, acknowledged): Promise<Ack> {
      return app
        ? app.receive(callback, onEvent, acknowledged)
        : { status: 404, type: 'text/plain', body: 'no app is configured' };
    },

    async start(onEvent) {
      await bot?.start(onEvent);
    },

    async stop() {
      await Promise.all([bot?.stop(), app?.settle()]);
    },

    ...(app ? { accountByMobile: async (mobile: string) => lowered(await app.client.userIdByMobile(mobile)) } : {}),
    identity: app && config.app && identityOf(app.client, config.app),
    client: app?.client ?? null,
    botState: () => bot?.state() ?? null,
  };
};

const wantsPress = ({ card }: Message): boolean => card !== undefined && isInteractive(card);

const lowered = (userId: string | null) => (userId === null ? null : accountOf(userId));

const identityOf = (client: AppClient, app: AppConfig): WecomIdentity => {
  return {
    accountByLogin: async (code) => lowered(await client.userIdByLogin(code)),
    // https://developer.work.weixin.qq.com/document/path/91022 and 98152
    loginUrl(redirectUri, state, inside) {
      const common = { appid: app.corpId, redirect_uri: redirectUri, state, agentid: String(app.agentId) };
      if (!inside) {
        const query = new URLSearchParams({ login_type: 'CorpApp', ...common });
        return `https://login.work.weixin.qq.com/wwlogin/sso/login?${query}`;
      }
      const query = new URLSearchParams({ ...common, response_type: 'code', scope: 'snsapi_base' });
      return `https://open.weixin.qq.com/connect/oauth2/authorize?${query}#wechat_redirect`;
    },
  };
};
