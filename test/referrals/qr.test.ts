import { inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type TestAmbassador, useWorld } from '../support/world.js';

const world = useWorld();

async function linkOf({ client }: TestAmbassador) {
  const { me } = await client.ask('{ me { referralLink { url qrSvg qrSvgUrl qrPngUrl } } }');
  return me.referralLink;
}

/** The same address on this server. */
function get(url: string, init: RequestInit = {}): Promise<Response> {
  const { pathname, search } = new URL(url);
  return fetch(world.server.url + pathname + search, init);
}

describe('the QR code of a link', () => {
  test('is a picture that scales, the same in the API and at its address', async () => {
    const anna = await (await world.program()).ambassador('Anna');
    const link = await linkOf(anna);
    expect(link.qrSvg).toMatch(/^<svg [^>]*viewBox="0 0 (\d+) \1"/);
    const response = await get(link.qrSvgUrl);
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(await response.text()).toBe(link.qrSvg);
  });

  test('is a PNG as wide as wished', async () => {
    const link = await linkOf(await (await world.program()).ambassador('Anna'));
    for (const [search, pixels] of [
      ['', 512],
      ['?size=128', 128],
      ['?size=2048', 2_048],
    ] as const) {
      const response = await get(link.qrPngUrl + search);
      expect(response.headers.get('content-type')).toBe('image/png');
      const png = Buffer.from(await response.arrayBuffer());
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      // The header chunk holds width and height.
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([pixels, pixels]);
      expect(darkModules(png)).toEqual(modulesOf(link.qrSvg));
    }
    for (const size of ['127', '2049', '1e3', ''])
      expect((await get(`${link.qrPngUrl}?size=${size}`)).status).toBe(400);
  });

  test('is kept by browsers, and not sent again while it is the same', async () => {
    const { qrPngUrl } = await linkOf(await (await world.program()).ambassador('Anna'));
    const first = await get(qrPngUrl);
    expect(first.headers.get('cache-control')).toBe('public, max-age=86400');
    const tag = first.headers.get('etag') ?? '';
    expect((await get(qrPngUrl, { headers: { 'if-none-match': tag } })).status).toBe(304);
    expect((await get(`${qrPngUrl}?size=256`, { headers: { 'if-none-match': tag } })).status).toBe(200);
    const head = await get(qrPngUrl, { method: 'HEAD' });
    expect([head.status, (await head.text()).length]).toEqual([200, 0]);
    expect((await get(qrPngUrl, { method: 'POST' })).status).toBe(405);
  });

  test('is there only for a code that somebody has', async () => {
    for (const picture of ['qr.svg', 'qr.png']) {
      expect((await fetch(`${world.server.url}/r/2222-2222/${picture}`)).status).toBe(404);
    }
  });
});

/** The dark modules of a drawing by the library: it strokes runs of them, line by line. */
function modulesOf(svg: string): string[] {
  const path = /stroke="#000000" d="([^"]+)"/.exec(svg)?.[1] ?? '';
  const dark: string[] = [];
  let [x, y] = [0, 0];
  for (const [, command, first, second] of path.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    if (command === 'M') [x, y] = [Number(first), Math.floor(Number(second))];
    if (command === 'm') [x, y] = [x + Number(first), y + Number(second)];
    if (command !== 'h') continue;
    for (let step = 0; step < Number(first); step++) dark.push(`${x + step - 4},${y - 4}`);
    x += Number(first);
  }
  return dark;
}

/** The dark modules of a picture with one bit a pixel: the first dark pixel is a corner of the code, 7 modules wide. */
function darkModules(png: Buffer): string[] {
  const pixels = png.readUInt32BE(16);
  const image = inflateSync(png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8));
  const lineBytes = 1 + Math.ceil(pixels / 8);
  const isDark = (x: number, y: number) => ((image[y * lineBytes + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0;
  const start = Array.from({ length: pixels }, (_, at) => at).find((at) => isDark(at, at)) ?? 0;
  const run = Array.from({ length: pixels }, (_, at) => at).find((at) => at > start && !isDark(at, start)) ?? 0;
  const scale = (run - start) / 7;
  const size = Math.round((pixels - 2 * start) / scale);
  const cells = Array.from({ length: size * size }, (_, at) => [at % size, Math.floor(at / size)] as const);
  return cells.filter(([x, y]) => isDark(start + x * scale, start + y * scale)).map(([x, y]) => `${x},${y}`);
}
