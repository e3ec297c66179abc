import type { IncomingMessage } from 'node:http';

/** Larger than any honest operation with its variables. */
export const bodyBytesMax = 1_000_000;
/** What is over the limit is read and forgotten up to here, so that the caller hears why; then the line is cut. */
const discardedBytesMax = 16_000_000;

export const tooLarge = Symbol('too large');

/** The body of a request as text, or that it is too large. */
export function readBody(request: IncomingMessage): Promise<string | typeof tooLarge> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= bodyBytesMax) chunks.push(chunk);
      else chunks.length = 0;
      if (sizeBytes > discardedBytesMax) request.destroy();
    });
    request.on('end', () => resolve(sizeBytes > bodyBytesMax ? tooLarge : Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new RequestAborted('The caller went away before the request was complete'));
    });
  });
}

/** The caller hung up; nobody is there to answer. */
export class RequestAborted extends Error {}
