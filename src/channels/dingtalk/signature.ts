// Whether a callback comes from DingTalk. Runs before the body is looked at and compares in constant time. The body is in
// no signature: the time window is what keeps an old callback out, and the event's id a repeated one.
// https://open.dingtalk.com/document/orgapp/receive-message (robot), …/event-callback-card (card)
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RawCallback } from '../../ports.ts';

export type Verdict = 'good' | 'stale' | 'forged';

/** What DingTalk itself allows between its clock and ours. */
const FRESH_MS = 60 * 60_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

/** `sign` of the robot's callback for this timestamp in ms. */
export const robotSign = (timestamp: string, clientSecret: string): string =>
  hmac(clientSecret, `${timestamp}\n${clientSecret}`);
/** `x-ddpaas-signature` of a card's callback for this timestamp in ms. */
export const cardSign = (timestamp: string, apiSecret: string): string => hmac(apiSecret, timestamp);

const judge = (timestamp = '', given = '', expected: string, nowMs: number): Verdict => {
  if (!/^\d{13}$/.test(timestamp) || given === '') return 'forged';
  if (!timingSafeEqual(digest(given), digest(expected))) return 'forged';
  return Math.abs(nowMs - Number(timestamp)) <= FRESH_MS ? 'good' : 'stale';
};

type Signed = Pick<RawCallback, 'headers'>;

export const verifyRobot = ({ headers }: Signed, clientSecret: string, nowMs: number): Verdict =>
  judge(headers.timestamp, headers.sign, robotSign(headers.timestamp ?? '', clientSecret), nowMs);

/** Forged without a secret: an open door is no door. */
export const verifyCard = ({ headers }: Signed, apiSecret: string | null, nowMs: number): Verdict => {
  if (apiSecret === null) return 'forged';
  const timestamp = headers['x-ddpaas-signature-timestamp'];
  return judge(timestamp, headers['x-ddpaas-signature'], cardSign(timestamp ?? '', apiSecret), nowMs);
};
