import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * The network address of whoever calls.
 * @param trustedProxies how many proxies stand before the server, each of which adds who called it to the end of
 *   X-Forwarded-For; what stands further to the left was written by the caller, and is not believed
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return direct;
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  const hops = forwarded.split(',').map((hop) => hop.trim());
  return hops.at(-trustedProxies) || hops[0] || direct;
}

/** Whether the request comes from the same machine, through no proxy. */
export function isLoopback({ socket, headers }: IncomingMessage): boolean {
  const address = unmapped(socket.remoteAddress ?? '');
  return (address === '::1' || address.startsWith('127.')) && headers['x-forwarded-for'] === undefined;
}

/** What a limit per address counts by: one IPv4 address, or the /64 network that one IPv6 caller has to itself. */
export function networkOf(address: string): string {
  const plain = unmapped(address);
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - groups.length - rest.length }, () => '0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}

function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
