import type { IncomingMessage } from 'node:http';
import { unmapped } from '../platform/network.js';

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
