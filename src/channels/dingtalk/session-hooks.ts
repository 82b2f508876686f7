// The addresses that a message brings along for answering in its chat, good for an hour and a half. Whoever has one can
// write there, so they stay in this process's memory; without one the ordinary way is open.
import type { ClientSettings } from './client.ts';

export interface SessionHooks {
  remember(chat: string, url: string, expiresAtMs: number): void;
  /** Null when there is none that is still good. */
  of(chat: string): string | null;
  forget(chat: string): void;
}

const MOST = 2_000;
/** One that ends while the request travels is no help. */
const MARGIN_MS = 60_000;

/** Only DingTalk's own host is ever called, whatever a message says. */
export const isOfDingtalk = (url: string, oapiBase: ClientSettings['oapiBase']): boolean =>
  URL.canParse(url) && new URL(url).origin === new URL(oapiBase).origin;

export const makeSessionHooks = (oapiBase: string, realNow: () => number): SessionHooks => {
  const hooks = new Map<string, { readonly url: string; readonly until: number }>();
  return {
    remember(chat, url, expiresAtMs) {
      if (!isOfDingtalk(url, oapiBase)) return;
      hooks.delete(chat);
      hooks.set(chat, { url, until: expiresAtMs - MARGIN_MS });
      if (hooks.size > MOST) hooks.delete(hooks.keys().next().value ?? '');
    },
    of(chat) {
      const hook = hooks.get(chat);
      return hook && realNow() < hook.until ? hook.url : null;
    },
    forget: (chat) => void hooks.delete(chat),
  };
};
