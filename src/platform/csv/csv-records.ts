import type { FileHandle } from 'node:fs/promises';
import { CsvError, type Options, parse } from 'csv-parse';

export type Encoding = 'utf8' | 'latin1';

/** How a file is written. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly encoding: Encoding;
}

/** One record, and the number of the line on which it begins; the first line of a file is 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
  /** Why the line is no record, if it is none; its whole text is then the only field. */
  readonly fault?: string;
}

/** What was read in one go, and how far into the file that is. */
export interface CsvChunk {
  readonly records: readonly CsvRecord[];
  readonly endBytes: number;
}

const chunkBytes = 65_536;
/** No record is longer: a quote that never closes is found out here, and memory is bounded by it. */
const recordBytesMax = 262_144;
const faultTextMax = 2_000;

const faults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_MAX_RECORD_SIZE: 'a quote is opened and not closed, or the record is longer than 262,144 bytes',
  CSV_INVALID_CLOSING_QUOTE: 'something follows a closing quote inside a field',
  INVALID_OPENING_QUOTE: 'a quote stands inside a field that does not begin with one',
};

/** Where reading stands: everything before is done with. */
interface Position {
  bytes: number;
  line: number;
}

/**
 * The records of a file from a byte on, as a stream: quoted fields with line breaks, LF, CRLF and CR. A line that is no
 * record is given as a fault, and reading goes on at the line after it, so that one stray quote costs one line.
 */
export async function* readRecords(
  file: FileHandle,
  dialect: CsvDialect,
  startBytes: number,
): AsyncGenerator<CsvChunk> {
  const position: Position = { bytes: startBytes, line: 1 };
  for (;;) {
    const fault = yield* readUntilFault(file, dialect, position);
    if (!fault) return;
    const text = await takeLine(file, dialect, position);
    yield { records: [{ line: position.line - 1, fields: [text], fault }], endBytes: position.bytes };
  }
}

/** Reads on with a parser of its own; answers what is wrong at `position`, or nothing at the end of the file. */
async function* readUntilFault(
  file: FileHandle,
  dialect: CsvDialect,
  position: Position,
): AsyncGenerator<CsvChunk, string | undefined> {
  const startBytes = position.bytes;
  let records: CsvRecord[] = [];
  const parser = parse({
    ...parserOptions(dialect),
    // Records are taken here and not from the stream, which drops those before a fault.
    on_record: (fields: string[], { bytes }) => {
      const isBlank = fields.length === 1 && fields[0] === '';
      if (!isBlank) records.push({ line: position.line, fields });
      position.line += 1 + lineBreaksIn(fields);
      position.bytes = startBytes + bytes;
      return null;
    },
  });
  parser.on('error', () => {});
  parser.resume();
  for (let offset = startBytes; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, offset);
    offset += bytesRead;
    const error = await new Promise<Error | null | undefined>((resolve) => {
      parser.once('error', resolve);
      if (bytesRead > 0) parser.write(buffer.subarray(0, bytesRead), resolve);
      else parser.end(resolve);
    });
    parser.removeAllListeners('error').on('error', () => {});
    if (records.length > 0) yield { records, endBytes: position.bytes };
    records = [];
    if (error) return faultOf(error);
    if (bytesRead === 0) return undefined;
  }
}

function parserOptions({ delimiter, encoding }: CsvDialect): Options {
  return {
    delimiter,
    encoding,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: recordBytesMax,
  };
}

function faultOf(error: Error): string {
  const fault = error instanceof CsvError ? faults[error.code] : undefined;
  if (fault === undefined) throw error;
  return fault;
}

function lineBreaksIn(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    if (field.includes('\n') || field.includes('\r')) count += field.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return count;
}

/** Moves over one line, whatever is in it, and answers how it begins. */
async function takeLine(file: FileHandle, { encoding }: CsvDialect, position: Position): Promise<string> {
  let text = '';
  position.line += 1;
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position.bytes);
    if (bytesRead === 0) return text;
    const chunk = buffer.subarray(0, bytesRead);
    const end = chunk.findIndex((byte) => byte === 10 || byte === 13);
    const line = end < 0 ? chunk : chunk.subarray(0, end);
    if (text.length < faultTextMax) text = (text + line.toString(encoding)).slice(0, faultTextMax);
    position.bytes += line.length;
    // A CR at the very end of what was read may have its LF still to come.
    const isOpen = end < 0 || (chunk[end] === 13 && end === chunkBytes - 1);
    if (isOpen) continue;
    position.bytes += chunk[end] === 13 && chunk[end + 1] === 10 ? 2 : 1;
    return text;
  }
}
