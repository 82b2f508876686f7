// What a platform allows an organisation in a month, and what is still sent when it runs out: answers to what people did
// themselves, and what is due that day. Everything else can be read on the dashboard.
import type { MessageKind } from './message.ts';

export type AllowanceLevel = 'plenty' | 'low' | 'last';

const LOW = 0.8;
const LAST = 0.95;

/** `low` from 80 %, when those responsible are told; `last` from 95 %, when only what cannot wait is sent. */
export const allowanceLevel = (used: number, most: number): AllowanceLevel => {
  if (used >= most * LAST) return 'last';
  return used >= most * LOW ? 'low' : 'plenty';
};

/** Answers to people's own acts, and what the plan wants done or said on the day it is sent. */
const cannotWait: ReadonlySet<MessageKind> = new Set<MessageKind>([
  'answer',
  'receipt',
  'warning',
  'assignment',
  'finding',
  'reminder',
  'rung',
]);

/** Whether a message may still go. Drawing a card anew for those who only look at it is no answer to anybody. */
export const mayStillGo = (
  level: AllowanceLevel,
  { verb, kind }: { readonly verb: 'send' | 'update'; readonly kind: MessageKind },
): boolean => level !== 'last' || (verb === 'send' && cannotWait.has(kind));
