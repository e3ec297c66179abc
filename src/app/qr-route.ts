import type { Database } from '../platform/database/database.js';
import { networkOf } from '../platform/network.js';
import type { ReferralCodes } from '../referrals/referral.codes.js';
import { pngPixels, qrPng, qrSvg, qrTag } from '../referrals/referral.qr.js';
import { type Exchange, type Route, sendJson, sendRefusal } from './exchange.js';
import type { RateLimit } from './rate-limit.js';

interface QrParts {
  readonly codes: ReferralCodes;
  readonly database: Database;
  readonly rateLimit: RateLimit;
}

/** The code of a link stays, and so does its picture; a day covers a server that moves to another address. */
const cacheSeconds = 86_400;

/** `GET /r/:code/qr.svg` and `qr.png?size=512`: the link as a QR code, for cards, posters and screens. */
export function qrRoute({ codes, database, rateLimit }: QrParts, format: 'svg' | 'png'): Route {
  return async (exchange) => {
    const { request, response, url, address } = exchange;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const waitSeconds = await rateLimit.take(`link:${networkOf(address)}`);
    if (waitSeconds !== undefined) {
      response.setHeader('retry-after', waitSeconds);
      return sendRefusal(exchange, 429, 'RATE_LIMITED', `Too many requests. Try again in ${waitSeconds} seconds.`);
    }
    const pixels = format === 'png' ? pixelsOf(url.searchParams.get('size')) : 0;
    if (pixels === undefined) {
      const { min, max } = pngPixels;
      return sendJson(response, 400, { error: `size must be a whole number from ${min} to ${max}.` });
    }
    const [, , typed = ''] = url.pathname.split('/');
    const code = await database.read((db) => codes.find(db, typed));
    if (!code) return sendJson(response, 404, { error: 'Nobody has this code.' });
    await sendPicture(exchange, codes.qrUrl(code.code), pixels);
  };
}

async function sendPicture({ request, response }: Exchange, link: string, pixels: number): Promise<void> {
  const tag = qrTag(link, pixels);
  response.setHeader('cache-control', `public, max-age=${cacheSeconds}`);
  response.setHeader('etag', tag);
  // It is made to stand on pages of others.
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  if ((request.headers['if-none-match'] ?? '').includes(tag)) {
    response.writeHead(304).end();
    return;
  }
  const picture = pixels === 0 ? await qrSvg(link) : qrPng(link, pixels);
  response.writeHead(200, { 'content-type': pixels === 0 ? 'image/svg+xml; charset=utf-8' : 'image/png' });
  response.end(request.method === 'HEAD' ? undefined : picture);
}

function pixelsOf(size: string | null): number | undefined {
  if (size === null) return pngPixels.default;
  const pixels = /^\d{3,4}$/.test(size) ? Number(size) : 0;
  return pixels >= pngPixels.min && pixels <= pngPixels.max ? pixels : undefined;
}
