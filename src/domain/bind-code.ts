// A one-time code that binds an account to a person. No letters that look alike; typed with or without the dash.

export interface BindCode {
  /** Of the code as it is typed; the code itself is kept nowhere. */
  readonly hash: string;
  readonly personId: string;
  readonly expiresAt: Date;
}

/** Eight of 32 signs: 40 bits, good for minutes. */
export const bindAlphabet = '23456789abcdefghjkmnpqrstuvwxyz0';
export const bindLength = 8;

/** As it is hashed: small letters, no dash, no space. */
export const plainCode = (typed: string): string => typed.normalize('NFKC').toLowerCase().replace(/[\s-]/gu, '');
