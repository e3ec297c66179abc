import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import jsonata, { type JsonataOptions } from 'jsonata';

/** Steps are counted by JSONata itself: no loop or recursion outlives these. */
const limits: JsonataOptions = { timeout: 500, stack: 200, sequence: 100_000 };
/** What JSONata cannot count: one regular expression, or one huge text. Its process ends then. */
const processMillisecondsMax = 3_000;
const processMegabytesMax = 64;
const outputCharactersMax = 500_000;

/** What an expression made of a message, or why it made nothing. */
export type Mapped = { readonly value: unknown } | { readonly fault: string };

interface Failure {
  readonly code?: string;
  readonly position?: number;
}

/** Reads one expression and one message, and writes what came of it, as JSON. */
const childProgram = `
  const jsonata = require(process.argv[1]);
  let text = '';
  process.stdin.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', async () => {
    const { expression, message, limits } = JSON.parse(text);
    let outcome;
    try {
      outcome = { value: await jsonata(expression, limits).evaluate(message) };
    } catch ({ code, position }) {
      outcome = { code: code ?? 'unknown', position };
    }
    process.stdout.write(JSON.stringify(outcome));
  });`;

/** Does what mappings say. Nothing that a message or a mapping holds gets into a fault: it can be shown and kept. */
export class Mapper {
  private readonly jsonataPath = createRequire(import.meta.url).resolve('jsonata');
  private last: Promise<unknown> = Promise.resolve();

  /** By a mapping of our own: it is known to end soon. */
  async map(expression: string, message: unknown): Promise<Mapped> {
    try {
      const value: unknown = await jsonata(expression, limits).evaluate(message);
      // Without the marks that JSONata leaves on its lists.
      return { value: value === undefined ? undefined : JSON.parse(JSON.stringify(value)) };
    } catch (error) {
      return { fault: faultOf(error as Failure) };
    }
  }

  /**
   * By somebody else's mapping: in a process of its own, without settings or secrets, that is ended when it takes too
   * long or too much. One after the other, so that no number of them takes the machine.
   */
  mapApart(expression: string, message: unknown): Promise<Mapped> {
    const mapped = this.last.then(() => this.runApart(JSON.stringify({ expression, message, limits })));
    this.last = mapped;
    return mapped;
  }

  private runApart(input: string): Promise<Mapped> {
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [`--max-old-space-size=${processMegabytesMax}`, '-e', childProgram, this.jsonataPath],
        {
          env: {},
          timeout: processMillisecondsMax,
          killSignal: 'SIGKILL',
          maxBuffer: outputCharactersMax,
        },
        (error, output) => {
          if (error) return resolve({ fault: 'The mapping takes too long, or makes too much' });
          const outcome: Failure & { readonly value?: unknown } = JSON.parse(output);
          resolve(outcome.code === undefined ? { value: outcome.value } : { fault: faultOf(outcome) });
        },
      );
      // It may end before it has read everything.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    });
  }
}

/** What is wrong with the text of a mapping; undefined for one that can be run. */
export function syntaxFaultOf(expression: string): string | undefined {
  try {
    jsonata(expression);
    return undefined;
  } catch (error) {
    return faultOf(error as Failure);
  }
}

/** By JSONata's code and place: its own messages quote what the message said. */
function faultOf({ code = 'unknown', position }: Failure): string {
  const place = position === undefined ? '' : ` at character ${position}`;
  return `The mapping fails${place}, with the error ${code} of JSONata`;
}
