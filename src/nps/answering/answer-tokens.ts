import { parse, stringify } from 'uuid';
import type { Sealer } from '../../platform/sealed.js';

const purpose = 'survey-answer';
const idBytes = 16;
const timeBytes = 6;
/** As long as somebody may take to say more, from the score on. */
export const completeMilliseconds = 24 * 3_600_000;

/** What only whoever answered has: the right to say more about that answer, until a moment. It is kept nowhere. */
export interface AnswerRight {
  readonly answerId: string;
  readonly until: Date;
}

/** Signs that right, so that an anonymous answer can be completed though nothing leads to it from its link. */
export class AnswerTokens {
  constructor(private readonly sealer: Sealer) {}

  sign({ answerId, until }: AnswerRight): string {
    const bytes = Buffer.alloc(idBytes + timeBytes);
    bytes.set(parse(answerId));
    bytes.writeUIntBE(until.getTime(), idBytes, timeBytes);
    return this.sealer.sign(bytes, purpose);
  }

  /** What a token gives the right to, whether or not its time has passed; undefined for what we did not sign. */
  read(token: string): AnswerRight | undefined {
    const bytes = this.sealer.signed(token, purpose);
    if (bytes?.length !== idBytes + timeBytes) return undefined;
    return { answerId: stringify(bytes.subarray(0, idBytes)), until: new Date(bytes.readUIntBE(idBytes, timeBytes)) };
  }
}
