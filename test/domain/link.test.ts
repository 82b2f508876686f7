import { describe, expect, it } from 'vitest';
import { type Link, type LinkPurpose, type LinkVerdict, verdictOn } from '../../src/domain/link.ts';
import { isOpen, openSession, type SessionKind } from '../../src/domain/session.ts';
import { at } from '../support/universe.ts';

const link = (more: Partial<Link> = {}): Link => ({
  key: 'k',
  purpose: 'login',
  campaign: 'c',
  personId: 'p1',
  data: {},
  madeAt: at('2022-04-19 10:00'),
  expiresAt: at('2022-04-19 10:10'),
  usedAt: null,
  ...more,
});

describe('a one-time link', () => {
  it.each<[string, Link | null, LinkPurpose, string, LinkVerdict]>([
    ['is good until it expires', link(), 'login', '10:09', 'good'],
    ['is expired from that instant on', link(), 'login', '10:10', 'expired'],
    ['is good once', link({ usedAt: at('2022-04-19 10:01') }), 'login', '10:02', 'used'],
    ['is called used even when it is old', link({ usedAt: at('2022-04-19 10:01') }), 'login', '23:00', 'used'],
    ['opens nothing it was not made for', link({ purpose: 'form' }), 'login', '10:01', 'foreign'],
    ['is foreign when nobody knows it', null, 'login', '10:01', 'foreign'],
  ])('%s', (_, given, purpose, time, verdict) => {
    expect(verdictOn(given, purpose, at(`2022-04-19 ${time}`))).toBe(verdict);
  });
});

describe('a session', () => {
  const opened = at('2022-04-19 08:00');
  it.each<[string, SessionKind, string, string, boolean]>([
    ['stays open while it is used', 'full', '2022-04-19 15:00', '2022-04-19 22:59', true],
    ['ends after eight idle hours', 'full', '2022-04-19 15:00', '2022-04-19 23:00', false],
    ['ends after a week however much it is used', 'full', '2022-04-26 07:59', '2022-04-26 08:00', false],
    ['a wall stays for days without a look', 'wall', '2022-04-19 15:00', '2022-04-25 08:00', true],
    ['a wall that was switched off for a week ends', 'wall', '2022-04-19 15:00', '2022-04-26 15:00', false],
    ['a wall ends after a quarter', 'wall', '2022-07-18 07:00', '2022-07-18 08:00', false],
  ])('%s', (_, kind, seen, now, open) => {
    const session = { ...openSession('k', kind, 'p1', opened), seenAt: at(seen) };
    expect(isOpen(session, at(now))).toBe(open);
  });
});
