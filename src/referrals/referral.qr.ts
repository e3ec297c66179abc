import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import QRCode, { type BitMatrix } from 'qrcode';

/** Readable from a poster that somebody scribbled on: 15% of it may be gone. */
const errorCorrectionLevel = 'M';
/** The quiet zone that ISO 18004 asks for, in modules. */
const margin = 4;
export const pngPixels = { min: 128, max: 2_048, default: 512 } as const;

/** The QR code of an address, as a drawing that is sharp at any size. */
export function qrSvg(url: string): Promise<string> {
  return QRCode.toString(url, { type: 'svg', errorCorrectionLevel, margin });
}

/**
 * The QR code of an address, as a square picture so many pixels wide, one bit each. The library's own pictures have 32 bits
 * a pixel, and take a second of everybody's time where this takes a few milliseconds.
 */
export function qrPng(url: string, pixels: number): Buffer {
  const { modules } = QRCode.create(url, { errorCorrectionLevel });
  const scale = Math.max(1, Math.floor(pixels / (modules.size + 2 * margin)));
  const start = Math.floor((pixels - modules.size * scale) / 2);
  const rows = Array.from({ length: modules.size }, (_, row) => scanline(modules, row, { pixels, scale, start }));
  const quiet = scanline(modules, -1, { pixels, scale, start });
  const lines = Array.from({ length: pixels }, (_, y) => rows[Math.floor((y - start) / scale)] ?? quiet);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels, 0);
  header.writeUInt32BE(pixels, 4);
  // One bit a pixel, grey scale; compression, filter and interlace as the standard has them.
  header.set([1, 0, 0, 0, 0], 8);
  const image = deflateSync(Buffer.concat(lines));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', image), chunk('IEND', Buffer.alloc(0))]);
}

/** Changes exactly when the picture of this address does. */
export function qrTag(url: string, pixels: number): string {
  const hash = createHash('sha256').update(`${url} ${pixels} ${errorCorrectionLevel} ${margin}`);
  return `"${hash.digest('base64url').slice(0, 22)}"`;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

interface Layout {
  readonly pixels: number;
  /** Pixels a module. */
  readonly scale: number;
  /** Where the first module begins. */
  readonly start: number;
}

/** One line of pixels, 1 for white, behind the byte that says it is not filtered. A row outside the code is quiet. */
function scanline(modules: BitMatrix, row: number, { pixels, scale, start }: Layout): Buffer {
  const line = Buffer.alloc(1 + Math.ceil(pixels / 8));
  for (let x = 0; x < pixels; x++) {
    const column = Math.floor((x - start) / scale);
    const inside = row >= 0 && column >= 0 && column < modules.size;
    const dark = inside && modules.data[row * modules.size + column] === 1;
    const byte = 1 + (x >> 3);
    if (!dark) line[byte] = (line[byte] ?? 0) | (0x80 >> (x & 7));
  }
  return line;
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
