// What DingTalk's error codes mean for a message: asked again, and when, or given up (reference: dingtalk §8). A code that
// is not listed is given up: it stands in the list of deliveries with a button to send it again.
import { ChannelRefused, ChannelUnreachable } from '../../ports.ts';

/** Codes worth asking again for, with the seconds to wait. The long ones come with a namespace before them. */
const again: readonly (readonly [pattern: RegExp, seconds: number])[] = [
  [/QpsLimitFor(?:AppkeyAndApi|Api)$/, 2],
  [/^(?:90018|90002)$/, 2],
  [/^(?:system\.busy|system\.error|serviceUnavailable|-1|15|88)$/i, 5],
  [/^(?:InvalidAuthentication|40014|42001)$/, 5],
  [/^(?:send\.too\.fast|send\.byToken\.tooFast|too\.many\.group|too\.many\.people|130101|410100)$/, 60],
  // For the operator to put right, without a restart.
  [/^invalidClientIdOrSecret$/, 300],
];

/** The token is old or was never good: a new one is worth one try. */
export const isTokenRefusal = (code: string): boolean => /^(?:InvalidAuthentication|40014|42001)$/.test(code);

/** Too many calls this second; DingTalk does not count such a call. */
export const isTooFast = (code: string): boolean => /QpsLimitFor|^(?:90018|90002)$/.test(code);

/** The month's calls of the organisation are used up. */
export const isUsedUp = (code: string): boolean => /ApiCountLimitForOrg$|^90020$/.test(code);

/** A card under this id stands already: what was asked for was done before. */
export const isKnownCard = (code: string): boolean => /cardAlreadyExist$/i.test(code);

/** No card of ours can be sent, whoever it is for: template or permission is the operator's to put right. */
export const isTemplateFault = (code: string): boolean =>
  /template(?:NotExist|Unpublished)|AccessTokenPermissionDenied$/i.test(code);

/** `message` may say anything; `secrets` are taken out of it. */
export const refusal = (
  code: string,
  message: string,
  secrets: readonly string[] = [],
): ChannelRefused | ChannelUnreachable => {
  let said = message.slice(0, 300);
  for (const secret of secrets) if (secret !== '') said = said.replaceAll(secret, '…');
  if (code === 'unknown.send.result') return new ChannelUnreachable(said, true);
  const [, retryAfterSeconds] = again.find(([pattern]) => pattern.test(code)) ?? [];
  return new ChannelRefused(code, said, retryAfterSeconds === undefined ? { fatal: true } : { retryAfterSeconds });
};
