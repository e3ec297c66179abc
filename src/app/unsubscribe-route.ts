import type { MailStandings } from '../notify/mail/mail-standings.js';
import { type Locale, localeOf, message } from '../platform/graphql/messages.js';
import { readBody } from './body.js';
import { type Route, sendRefusal } from './exchange.js';
import type { RateLimit } from './rate-limit.js';

/**
 * `/u/:token`: GET shows a page with a button, so that a scanner of mails which follows links unsubscribes nobody; POST
 * unsubscribes, by that button or by the mail program itself (RFC 8058), which sends no cookie and follows nothing.
 */
export function unsubscribeRoute(standings: MailStandings, rateLimit: RateLimit): Route {
  return async (exchange) => {
    const { request, response, url, address } = exchange;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-robots-tag', 'noindex');
    const { method } = request;
    if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
      response.writeHead(405, { allow: 'GET, HEAD, POST' }).end();
      return;
    }
    const waitSeconds = await rateLimit.take(`link:${address}`);
    if (waitSeconds !== undefined) {
      response.setHeader('retry-after', waitSeconds);
      return sendRefusal(exchange, 429, 'RATE_LIMITED', `Too many requests. Try again in ${waitSeconds} seconds.`);
    }
    const token = url.pathname.slice('/u/'.length);
    if (method === 'POST') {
      await readBody(request);
      await standings.unsubscribe(token);
    }
    const known = await standings.find(token);
    const locale = localeOf(request.headers['accept-language']);
    response.setHeader('content-security-policy', policy);
    response.writeHead(known ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    if (method === 'HEAD') response.end();
    else if (!known) response.end(page(locale, message(locale, 'unsubscribe.unknown'), ''));
    else if (known.isUnsubscribed) response.end(page(locale, told(locale, 'unsubscribe.done', known.programName), ''));
    else response.end(page(locale, told(locale, 'unsubscribe.question', known.programName), form(locale)));
  };
}

/** The page runs nothing and loads nothing; its one button posts to itself. */
const policy =
  "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; style-src 'unsafe-inline'";

function told(locale: Locale, key: 'unsubscribe.done' | 'unsubscribe.question', program: string): string {
  return message(locale, key, { program: program.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`) });
}

function form(locale: Locale): string {
  return `<form method="post"><button name="List-Unsubscribe" value="One-Click">${message(locale, 'unsubscribe.button')}</button></form>`;
}

function page(locale: Locale, text: string, rest: string): string {
  const style = 'font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem';
  return `<!doctype html>
<html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${message(locale, 'unsubscribe.title')}</title><main style="${style}"><h1>${message(locale, 'unsubscribe.title')}</h1><p>${text}</p>${rest}</main></html>
`;
}
