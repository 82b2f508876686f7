// What calling other systems needs: the webhooks with their health, and the random secrets they sign with.
import type { Webhook } from './domain/webhook.ts';

/** How a webhook fares. Real time (DESIGN §1 "Two clocks"). */
export interface WebhookHealth {
  /** Failures since the last call that got through. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  /** Calls that wait to be made. */
  readonly waiting: number;
}

export interface Webhooks {
  /** Those of a campaign that were not removed, the oldest first. */
  of(campaign: string): Promise<readonly (Webhook & WebhookHealth)[]>;
  /** Null when there is none, or none any more. */
  find(id: string): Promise<Webhook | null>;
  /** Its failures are forgotten, and its next call is tried at once. */
  hurry(id: string): Promise<void>;
}

/** Which addresses may be called. */
export interface WebhookDoor {
  /** Why not, in a few words; null when it may. A name is judged again whenever it is resolved. */
  refuses(url: string): string | null;
}

/** What the sender notes of each webhook. */
export interface WebhookNotes {
  find(id: string): Promise<Webhook | null>;
  gotThrough(id: string): Promise<void>;
  /** How often it has failed in a row, this one counted, and for how long. */
  failed(id: string, error: string): Promise<{ readonly failures: number; readonly failingMs: number }>;
  /** It rests until somebody resumes it. */
  pause(id: string, why: string): Promise<void>;
}
