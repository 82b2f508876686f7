// Looks at DingTalk's set-up as an operator did it: secret, template, and the way in. For `npm run dudao -- doctor`. No
// connection is opened: two of one app share its messages, and what came to this one would be lost.
import { ChannelRefused } from '../../ports.ts';
import { type Checked, leftOut, well, wrong } from '../../ports-checks.ts';
import type { DingtalkConfig } from './channel.ts';
import { makeDingtalkClient } from './client.ts';
import type { Meter } from './hosts.ts';

/** What an operator does about a refusal; the codes of the reference §2 and §5.1. */
const advice: Readonly<Record<string, string>> = {
  invalidClientIdOrSecret:
    'DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET are not of one app: copy both from 凭证与基础信息',
};

const why = (error: unknown): string => {
  if (!(error instanceof ChannelRefused)) return `no answer: ${(error as Error).message}`;
  return `${error.code} ${error.message}. ${advice[error.code] ?? 'See the table in docs/dingtalk.md'}`;
};

/** What is looked at here is free of charge. */
const free: Meter = { turn: async () => {}, rest: async () => {}, counted: async () => {} };

export async function* examineRobot(
  config: Omit<DingtalkConfig, 'publicUrl'>,
  publicUrl: string | null,
): AsyncGenerator<Checked> {
  const client = makeDingtalkClient(config, free);
  const token = await client.checkToken().then(() => null, why);
  yield token === null ? well('DingTalk: secret', 'an access token was given') : wrong('DingTalk: secret', token);
  yield config.robotCode === config.clientId
    ? well('DingTalk: robot', 'its code is the client id, as of every internal app')
    : wrong('DingTalk: robot', 'DINGTALK_ROBOT_CODE of an internal app is the same as DINGTALK_CLIENT_ID');
  yield config.cardTemplateId === null
    ? leftOut('DingTalk: card template', 'none: cards are texts with numbers (see cards/dingtalk/README.md)')
    : config.cardTemplateId.endsWith('.schema')
      ? well('DingTalk: card template', 'send a test card with --group to see whether it is published')
      : wrong('DingTalk: card template', 'the id of a template ends with .schema: copy it from the card platform');
  yield await lookAtWayIn(client, config.mode, token === null, publicUrl);
}

const lookAtWayIn = async (
  client: ReturnType<typeof makeDingtalkClient>,
  mode: DingtalkConfig['mode'],
  hasToken: boolean,
  publicUrl: string | null,
): Promise<Checked> => {
  if (mode === 'http') {
    const step = 'DingTalk: callbacks';
    if (publicUrl === null) return wrong(step, 'PUBLIC_URL is not set: messages and presses cannot reach this service');
    return well(step, `the robot’s message address must be ${publicUrl}/callbacks/dingtalk/robot`);
  }
  const step = 'DingTalk: Stream';
  if (!hasToken) return leftOut(step, 'needs the secret');
  // A ticket that nobody uses ends by itself.
  const refused = await client.openStream().then(() => null, why);
  return refused === null
    ? well(step, 'the gateway would open a connection')
    : wrong(step, `${refused}: is the robot in Stream mode, and is its version published?`);
};
