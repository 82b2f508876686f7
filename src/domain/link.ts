// One-time links: for one person and one purpose, until an instant, good once. What stands in the address is a secret and
// is kept only as a hash (`key`); the link is a row, so that spending it is part of the change it brings about.
export type LinkPurpose = 'login' | 'wall' | 'form';

export interface Link {
  /** Hash of what stands in the address. */
  readonly key: string;
  readonly purpose: LinkPurpose;
  readonly campaign: string;
  readonly personId: string;
  /** What the purpose needs to know: ids, never texts. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** Minutes that a link to the pages is good for, by where it is handed out. */
export const LOGIN_MINUTES = { chat: 10, console: 60, wall: 30 } as const;

/** `foreign` = not one of ours, altered, or for another purpose. */
export type LinkVerdict = 'good' | 'used' | 'expired' | 'foreign';

/** What a link is worth at an instant of the campaign's clock; null = nobody knows it. */
export const verdictOn = (link: Link | null, purpose: LinkPurpose, now: Date): LinkVerdict => {
  if (link?.purpose !== purpose) return 'foreign';
  if (link.usedAt !== null) return 'used';
  return now < link.expiresAt ? 'good' : 'expired';
};
