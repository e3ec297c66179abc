import { v7 } from 'uuid';
import type { Clock } from './clock.js';
import type { Random } from './random.js';

/** Makes ids that sort by time: uuid v7 on the application's clock, in order also within one millisecond. */
export class IdSource {
  private lastMilliseconds = -1;
  private sequence = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  next(): string {
    const milliseconds = this.clock.now().getTime();
    this.sequence = milliseconds === this.lastMilliseconds ? this.sequence + 1 : 0;
    this.lastMilliseconds = milliseconds;
    return v7({ msecs: milliseconds, seq: this.sequence, random: this.random.bytes(16) });
  }
}

/** The id that callers see: opaque, and the same for the same object for ever. */
export function toGlobalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** What a caller's id refers to; undefined for whatever is no id of ours. */
export function fromGlobalId(globalId: string): { type: string; id: string } | undefined {
  if (globalId.length > 200) return undefined;
  const [, type, id] = /^([A-Z][A-Za-z]+):([0-9a-z-]{1,64})$/.exec(Buffer.from(globalId, 'base64url').toString()) ?? [];
  return type && id ? { type, id } : undefined;
}

/** What sorts after every id that was made before a moment, and before every later one. */
export function firstIdAt(moment: Date): string {
  const milliseconds = moment.getTime().toString(16).padStart(12, '0');
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}`;
}
