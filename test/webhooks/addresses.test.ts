import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { makeAddresses } from '../../src/webhooks/addresses.ts';

const none = makeAddresses([]);

describe('which addresses may be called', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
  ])('not %s', (address) => expect(none.admits(address)).toBe(false));

  it.each([
    '1.1.1.1',
    '114.114.114.114',
    '172.32.0.1',
    '192.169.0.1',
    '::ffff:1.1.1.1',
    '2400:3200::1',
    '2606:4700::1111',
  ])('%s', (address) => expect(none.admits(address)).toBe(true));

  it('a private one that was allowed, and no neighbour of it', () => {
    const some = makeAddresses(['10.1.0.0/16', '192.168.3.7', 'fd00:1::/32']);
    expect(['10.1.2.3', '192.168.3.7', '::ffff:10.1.2.3', 'fd00:1::9'].map(some.admits)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['10.2.0.1', '192.168.3.8', 'fd00:2::9', '127.0.0.1'].map(some.admits)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('what a name resolves to', () => {
  const lookUp = (found: readonly string[], allowed: readonly string[] = []) =>
    new Promise((resolve) => {
      const addresses = makeAddresses(allowed, async () =>
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
      addresses.lookup('receiver.example', { all: true }, (error, given) =>
        resolve(error ? error.code : (given as LookupAddress[]).map(({ address }) => address)),
      );
    });

  it('is refused when all of it is private', async () => {
    expect(await lookUp(['10.0.0.1', '::1'])).toBe('EPRIVATE');
    expect(await lookUp(['10.0.0.1'], ['10.0.0.0/8'])).toEqual(['10.0.0.1']);
  });

  it('loses what is private of it', async () => {
    expect(await lookUp(['10.0.0.1', '1.1.1.1', 'fe80::1'])).toEqual(['1.1.1.1']);
  });
});
