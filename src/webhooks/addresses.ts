// Which addresses may be called: public ones, and private ones that the operator allowed. A name is judged by what it
// resolves to, and the connection goes to that very address, so that a name cannot turn private in between.
import dns from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** IANA's special-purpose registries (RFC 6890 and later): nothing of the public internet is there. */
const special4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;
/** Of 2000::/3, in which all public IPv6 is: protocol assignments with Teredo, documentation, 6to4. */
const special6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20';

/** `10.0.0.0/8`, `fd00::/8`, or one address. Null when it is no network. */
const networkOf = (text: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null => {
  const [address = '', length] = text.split('/');
  const version = isIP(address);
  if (version === 0) return null;
  const most = version === 4 ? 32 : 128;
  const prefix = length === undefined ? most : Number(length);
  const fits = /^\d+$/.test(length ?? '0') && prefix <= most;
  return fits ? { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' } : null;
};

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const text of networks) {
    const network = networkOf(text);
    if (network) list.addSubnet(network.address, network.prefix, network.family);
  }
  return list;
};

const words = (text: string): string[] => text.split(/\s+/);
const special = listOf([...words(special4), ...words(special6)]);
const global6 = listOf(['2000::/3']);
const mapped4 = listOf(['::ffff:0:0/96']);

export interface Addresses {
  /** Whether this literal address may be called. */
  admits(address: string): boolean;
  /** Resolves as `dns.lookup` does, and gives only what may be called; the error's code is EPRIVATE when nothing is left. */
  readonly lookup: LookupFunction;
}

export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const byDns: Resolve = (host) => dns.promises.lookup(host, { all: true });

/** The code of a refusal to connect because of where it would go. */
export const PRIVATE = 'EPRIVATE';

/** `allowed` = private networks that may be called all the same. */
export const makeAddresses = (allowed: readonly string[], resolve: Resolve = byDns): Addresses => {
  const granted = listOf(allowed);
  const admits = (address: string): boolean => {
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (granted.check(address, family)) return true;
    // BlockList takes an IPv4 address in IPv6's clothes for what it is.
    if (special.check(address, family)) return false;
    return family === 'ipv4' || global6.check(address, family) || mapped4.check(address, family);
  };
  return {
    admits,
    lookup(host, { all }, done) {
      resolve(host).then(
        (found) => {
          const [first, ...others] = found.filter(({ address }) => admits(address));
          if (!first) {
            const refusal = new Error('it resolves to private addresses only');
            return done(Object.assign(refusal, { code: PRIVATE }), '');
          }
          if (all) done(null, [first, ...others]);
          else done(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => done(error, ''),
      );
    },
  };
};
