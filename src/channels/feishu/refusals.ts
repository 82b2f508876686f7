// What Feishu's error codes mean for a message: asked again, and when, or given up. A code that is not listed is given up:
// it stands in the list of deliveries with a button to send it again.
// https://open.feishu.cn/document/ukTMukTMukTM/ugjM14COyUjL4ITN and the pages of the single calls
import { ChannelRefused } from '../../ports.ts';

/** Codes worth asking again for, with the seconds to wait where Feishu does not say. */
const again: Readonly<Record<number, number>> = {
  // Too fast: for the app, for one group or person, for everybody at the full hour.
  99991400: 5,
  230020: 2,
  11232: 5,
  // The same message is being sent right now.
  230049: 2,
  // Tokens are renewed by the client; one that is refused even then is Feishu's to mend.
  99991663: 5,
  99991664: 5,
  99991665: 5,
  // For the operator to put right: secret, allowed addresses, app switched off, the month's calls used up.
  10003: 300,
  10014: 300,
  99991401: 300,
  99991403: 300,
  99991662: 300,
  99991673: 300,
};

const tokenCodes = new Set([99991661, 99991663, 99991664, 99991665, 99991668, 99991671]);
/** Out of the app's range, left, does not want our messages, or unknown to this app. */
const unreachable = new Set(['230013', '230029', '230053', '99992351', '99992361']);
const groupGone = new Set(['230002', '232009']);
const tooFast = new Set(['99991400', '230020', '11232']);

/** The token is old or was never good: a new one is worth one try. */
export const isTokenRefusal = (code: string): boolean => tokenCodes.has(Number(code));
export const isUnreachablePerson = ({ code }: ChannelRefused): boolean => unreachable.has(code);
export const isGroupGone = ({ code }: ChannelRefused): boolean => groupGone.has(code);
export const isTooFast = ({ code }: ChannelRefused): boolean => tooFast.has(code);

/** Somebody is pressing this very card: it can be changed a moment later. */
const isLocked = (code: number, msg: string): boolean => code === 230099 && /card action is lock/i.test(msg);

/** `msg` may say anything; `secrets` are taken out of it. `resetSeconds` as the header x-ogw-ratelimit-reset says. */
export const refusal = (
  code: number,
  msg: string,
  { secrets = [], resetSeconds }: { readonly secrets?: readonly string[]; readonly resetSeconds?: number } = {},
): ChannelRefused => {
  let said = msg.slice(0, 300);
  for (const secret of secrets) if (secret !== '') said = said.replaceAll(secret, '…');
  const wait = isLocked(code, msg) ? 2 : again[code];
  return new ChannelRefused(
    String(code),
    said,
    wait === undefined ? { fatal: true } : { retryAfterSeconds: resetSeconds ?? wait },
  );
};
