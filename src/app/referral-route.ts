import type { IncomingMessage } from 'node:http';
import { isbot } from 'isbot';
import { networkOf } from '../platform/network.js';
import type { FollowedLink, ReferralClicks } from '../referrals/referral.clicks.js';
import { channelOf } from '../referrals/referral.sources.js';
import { type Route, sendRefusal } from './exchange.js';
import type { RateLimit } from './rate-limit.js';

/**
 * `GET /r/:code`: notes the click and sends the visitor on. Code and click stand in the address of the landing page, so
 * that it needs no cookie, no script of ours and no other host that a browser could block.
 */
export function referralRoute(clicks: ReferralClicks, rateLimit: RateLimit): Route {
  return async (exchange) => {
    const { request, response, url, address } = exchange;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-robots-tag', 'noindex');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const network = networkOf(address);
    const waitSeconds = await rateLimit.take(`link:${network}`);
    if (waitSeconds !== undefined) {
      response.setHeader('retry-after', waitSeconds);
      return sendRefusal(exchange, 429, 'RATE_LIMITED', `Too many requests. Try again in ${waitSeconds} seconds.`);
    }
    const visit = { channel: channelOf(url.searchParams.get('c')), network, counts: isPerson(request) };
    const link = await clicks.follow(decoded(url.pathname.slice('/r/'.length)), visit);
    if (link?.landingUrl) {
      response.writeHead(302, { location: landing(link.landingUrl, link) }).end();
      return;
    }
    response.writeHead(link ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(request.method === 'HEAD' ? undefined : page(link));
  };
}

/** Whether somebody looks at the page: not a preview, a crawler, a mail scanner or a browser that fetches ahead. */
function isPerson({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' || !headers['user-agent'] || isbot(headers['user-agent'])) return false;
  const purpose = [headers['sec-purpose'], headers.purpose, headers['x-purpose'], headers['x-moz']].join(' ');
  return !/prefetch|prerender|preview/i.test(purpose);
}

/** What stands in the address; nothing where its escapes are broken. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function landing(landingUrl: string, { code, clickToken }: FollowedLink): string {
  const url = new URL(landingUrl);
  url.searchParams.set('ref', code);
  if (clickToken) url.searchParams.set('via', clickToken);
  return url.href;
}

/** For programs without a page of their own. The code has nothing but letters, digits and a hyphen. */
function page(link: FollowedLink | undefined): string {
  const [title, text] = link
    ? ['You are invited', `Name this code when you order: <strong>${link.code}</strong>`]
    : ['This link does not work', 'Nobody has this code. Please ask for the link again.'];
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><main><h1>${title}</h1><p>${text}</p></main></html>
`;
}
