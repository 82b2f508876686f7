// What WeCom's error codes mean for a message: asked again, and when, or given up (reference: wecom-app §11, wecom-bot §8).
// A code that is not listed is given up: it stands in the list of deliveries with a button to send it again.
import { ChannelRefused } from '../../ports.ts';

interface Rule {
  readonly code: number;
  readonly retryAfterSeconds: number;
}

/** Codes worth asking again for; every other one is final. */
const again: readonly Rule[] = [
  { code: -1, retryAfterSeconds: 1 },
  // Tokens are renewed by the client; one that is refused even then is WeCom's to mend.
  { code: 42001, retryAfterSeconds: 5 },
  { code: 40014, retryAfterSeconds: 5 },
  { code: 45009, retryAfterSeconds: 60 },
  { code: 45033, retryAfterSeconds: 5 },
  { code: 846607, retryAfterSeconds: 45 },
  { code: 846609, retryAfterSeconds: 2 },
  // For the operator to put right: secret, trusted IP, app switched off.
  { code: 40001, retryAfterSeconds: 300 },
  { code: 40013, retryAfterSeconds: 300 },
  { code: 40091, retryAfterSeconds: 300 },
  { code: 60020, retryAfterSeconds: 120 },
  { code: 50003, retryAfterSeconds: 300 },
];
const rules = new Map(again.map((rule) => [rule.code, rule]));

/** The token is old or was never good: a new one is worth one try. */
export const isTokenRefusal = (code: string): boolean => code === '42001' || code === '40014';

/** The response code of a card was used before, or is too old. */
export const isSpentCode = (code: string): boolean => code === '42022' || code === '60140';

/** A card with this task id was taken before: what was asked for is there already. */
export const isKnownTask = (code: string): boolean => code === '42014';

/** `errmsg` may say anything; `secrets` are taken out of it. */
export const refusal = (code: number, errmsg: string, secrets: readonly string[] = []): ChannelRefused => {
  let said = errmsg.slice(0, 200);
  for (const secret of secrets) if (secret !== '') said = said.replaceAll(secret, '…');
  const rule = rules.get(code);
  return new ChannelRefused(String(code), said, rule ? { retryAfterSeconds: rule.retryAfterSeconds } : { fatal: true });
};
