// One attempt to deliver one message: what is sent, and what its outcome means for the row. It touches no database.
import type { Message } from '../domain/message.ts';
import { ChannelRefused, ChannelUnreachable, type Outlet, type SentMessage } from '../ports.ts';
import type { Claim, Settlement } from '../ports-delivery.ts';
import { retryDelayMs } from './retry.ts';

export interface AttemptNeeds {
  readonly channel: Outlet;
  readonly now: Date;
  /** The card as it is now; null when there is nothing to show any more. */
  readonly redraw: (cardId: string) => Promise<Message | null>;
  readonly chance: number;
  /** Shorter than the lease, or somebody else would take the message while it is being sent. */
  readonly timeoutMs: number;
}

/** Never throws: whatever goes wrong is an outcome. `bug` is set when it was no fault of the platform. */
export const attempt = async (claim: Claim, needs: AttemptNeeds): Promise<{ outcome: Settlement; bug?: unknown }> => {
  const { channel, now } = needs;
  if (claim.interrupted && !isRepeatable(claim, channel)) {
    return { outcome: { state: 'unknown', error: 'interrupted while it was sent' } };
  }
  if (claim.expiresAt !== null && claim.expiresAt < now) return { outcome: { state: 'expired' } };
  try {
    const kept = await channel.keepsBack?.(claim);
    if (kept) return { outcome: { state: 'failed', error: kept } };
    const call = claim.verb === 'send' ? channel.send(claim.chat, claim.message, claim.key) : update(claim, needs);
    const sent = await within(needs.timeoutMs, call);
    return { outcome: sent === 'gone' ? { state: 'expired' } : { state: 'sent', at: now, sent } };
  } catch (error) {
    return explained(claim, error, needs);
  }
};

/** An update is drawn anew each time: twice is the same as once. */
const isRepeatable = ({ verb, chat, message }: Claim, channel: Outlet): boolean =>
  verb === 'update' || (channel.recognises?.(chat, message) ?? channel.supports.recognisesRepeats);

const update = async (claim: Claim, { channel, redraw }: AttemptNeeds): Promise<SentMessage | null | 'gone'> => {
  const message = claim.cardId === null || claim.original === null ? null : await redraw(claim.cardId);
  if (message === null || claim.original === null) return 'gone';
  await channel.update(claim.chat, claim.original, message);
  return null;
};

const explained = (
  claim: Claim,
  error: unknown,
  { channel, chance }: AttemptNeeds,
): { outcome: Settlement; bug?: unknown } => {
  const again = (text: string, retryAfterSeconds: number | null = null): Settlement => {
    const afterMs = retryDelayMs(claim.attempts, retryAfterSeconds, chance);
    return afterMs === null ? { state: 'failed', error: text } : { state: 'waiting', afterMs, error: text };
  };
  const repeatable = isRepeatable(claim, channel);
  if (error instanceof ChannelRefused) {
    const text = short(`${error.code}: ${error.message}`);
    if (error.held) {
      const afterMs = (error.retryAfterSeconds ?? 1) * 1_000;
      return { outcome: { state: 'waiting', afterMs, error: text, held: true } };
    }
    return { outcome: error.fatal ? { state: 'failed', error: text } : again(text, error.retryAfterSeconds) };
  }
  if (error instanceof ChannelUnreachable) {
    const text = short(error.message);
    // Rather never than twice: whether it arrived is for a person to say, who has a button for it (DESIGN §1).
    return { outcome: error.mayHaveArrived && !repeatable ? { state: 'unknown', error: text } : again(text) };
  }
  // A bug of ours, before or after the platform had it. Its text may hold anything, so it is told to the log only.
  const text = `internal error (${error instanceof Error ? error.name : 'thrown value'})`;
  return { outcome: repeatable ? again(text) : { state: 'unknown', error: text }, bug: error };
};

const short = (text: string): string => text.slice(0, 500);

const within = async <T>(timeoutMs: number, work: Promise<T>): Promise<T> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new ChannelUnreachable(`no answer within ${timeoutMs / 1000} s`, true)),
    timeoutMs,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
