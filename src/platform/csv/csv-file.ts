import { type FileHandle, open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { type CsvChunk, type CsvDialect, type Encoding, readRecords } from './csv-records.js';
import { ImportRefused } from './import-refused.js';

export interface CsvFileOptions {
  readonly path: string;
  /** The columns that it has to have, each once. */
  readonly columns: readonly string[];
  /** One character; undefined to find out. */
  readonly delimiter?: string;
  readonly encoding: Encoding;
}

const sampleBytes = 65_536;
const delimiters = [',', ';', '\t', '|'];
const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** A file of records that is there, can be read, and has the columns that it is said to have. */
export class CsvFile {
  private constructor(
    private readonly file: FileHandle,
    readonly path: string,
    readonly sizeBytes: number,
    readonly dialect: CsvDialect,
    private readonly startBytes: number,
    readonly header: readonly string[],
  ) {}

  /** Opens the file and reads its first record. ImportRefused says what is missing. */
  static async open(options: CsvFileOptions): Promise<CsvFile> {
    const file = await openForReading(options.path);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
      const sample = buffer.subarray(0, bytesRead);
      const startBytes = sample.subarray(0, 3).equals(utf8Mark) ? 3 : 0;
      const text = decodeSample(options, sample.subarray(startBytes));
      const delimiter = options.delimiter ?? likeliestDelimiter(text, options.columns);
      const header = readHeader(text, delimiter);
      if (header.length === 0)
        throw new ImportRefused(`${options.path} is empty: there is not even a line of columns.`);
      requireColumns(options, header);
      const dialect = { delimiter, encoding: options.encoding };
      return new CsvFile(file, options.path, size, dialect, startBytes, header);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Where in a record a column stands. */
  placeOf(column: string): number {
    return this.header.indexOf(column);
  }

  /** The records after the header. */
  async *records(): AsyncGenerator<CsvChunk> {
    let isHeader = true;
    for await (const chunk of readRecords(this.file, this.dialect, this.startBytes)) {
      yield isHeader ? { ...chunk, records: chunk.records.slice(1) } : chunk;
      isHeader = false;
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

const openFaults: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read: permission is missing',
  EISDIR: 'is a directory, not a file',
};

async function openForReading(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r');
    if ((await file.stat()).isFile()) return file;
    const fault = (await file.stat()).isDirectory() ? openFaults.EISDIR : 'is not a regular file';
    await file.close();
    throw new ImportRefused(`${path} ${fault}.`);
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    throw new ImportRefused(`${path} ${openFaults[String(error.code)] ?? `cannot be read (${error.code})`}.`);
  }
}

/** The beginning as text; refuses what would come in garbled. */
function decodeSample({ path, encoding }: CsvFileOptions, sample: Buffer): string {
  const isUtf16 = sample.length > 1 && [0xfeff, 0xfffe].includes(sample.readUInt16BE(0));
  if (isUtf16) throw new ImportRefused(`${path} is UTF-16. Save it as UTF-8.`);
  if (encoding === 'latin1') return sample.toString('latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
  } catch {
    throw new ImportRefused(`${path} is not UTF-8. Save it as UTF-8, or give --encoding latin1.`);
  }
}

/** The first record; nothing where it cannot be read with this delimiter. */
function readHeader(text: string, delimiter: string): readonly string[] {
  try {
    const records: string[][] = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      to: 1,
    });
    return (records[0] ?? []).map((name) => name.trim());
  } catch {
    return [];
  }
}

/** The delimiter under which most of the columns asked for are there; of equals the one that makes most columns. */
function likeliestDelimiter(text: string, columns: readonly string[]): string {
  const wanted = new Set(columns);
  const rated = delimiters.map((delimiter) => {
    const header = readHeader(text, delimiter);
    return { delimiter, found: header.filter((name) => wanted.has(name)).length, width: header.length };
  });
  rated.sort((a, b) => b.found - a.found || b.width - a.width);
  return rated[0]?.delimiter ?? ',';
}

function requireColumns({ path, columns }: CsvFileOptions, header: readonly string[]): void {
  const named = header.map((name) => `"${name}"`).join(', ');
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    const names = missing.map((name) => `"${name}"`).join(', ');
    throw new ImportRefused(`${path} has no column ${names}. It has: ${named}.`);
  }
  const twice = columns.find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice) throw new ImportRefused(`${path} has more than one column "${twice}". It has: ${named}.`);
}
