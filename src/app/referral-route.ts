import type { Database } from '../platform/database/database.js';
import type { FollowedLink, ReferralCodes } from '../referrals/referral.codes.js';
import type { Route } from './exchange.js';

/** `GET /r/:code`: notes the click and sends the visitor on, with the code in the address: no cookie, no script. */
export function referralRoute(codes: ReferralCodes, database: Database): Route {
  return async ({ request, response, url }) => {
    response.setHeader('cache-control', 'no-store');
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET' }).end();
      return;
    }
    const link = await codes.follow(database, decoded(url.pathname.slice('/r/'.length)));
    if (link?.landingUrl) {
      response.writeHead(302, { location: withCode(link.landingUrl, link.code) }).end();
      return;
    }
    response.writeHead(link ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(page(link));
  };
}

/** What stands in the address; nothing where its escapes are broken. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function withCode(landingUrl: string, code: string): string {
  const url = new URL(landingUrl);
  url.searchParams.set('ref', code);
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
