import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { CsvFile } from './csv-file.js';
import type { CsvRecord } from './csv-records.js';
import { ImportRefused } from './import-refused.js';

/** A row that stays outside, and why. */
export interface Rejection {
  readonly row: CsvRecord;
  readonly reason: string;
}

/** `answers.csv` -> `answers.rejected.csv`, beside it. */
export function rejectedPathOf(file: string): string {
  const { dir, name } = path.parse(file);
  return path.join(dir, `${name}.rejected.csv`);
}

/** The rows that stayed outside, with the reason and the line number before their own columns. Not there if there are none. */
export class RejectedFile {
  readonly path: string;
  private handle: FileHandle | undefined;

  constructor(private readonly source: Pick<CsvFile, 'path' | 'header' | 'dialect'>) {
    this.path = rejectedPathOf(source.path);
  }

  /** Takes away what an earlier run left. */
  async begin(): Promise<void> {
    await rm(this.path, { force: true });
  }

  async add(rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length === 0) return;
    const { header, dialect } = this.source;
    const rows = rejections.map(({ row, reason }) => [reason, String(row.line), ...row.fields]);
    if (!this.handle) {
      this.handle = await this.create();
      rows.unshift(['reason', 'line', ...header]);
    }
    await this.handle.write(stringify(rows, { delimiter: dialect.delimiter }), null, dialect.encoding);
  }

  async close(): Promise<void> {
    await this.handle?.close();
  }

  private async create(): Promise<FileHandle> {
    try {
      return await open(this.path, 'w');
    } catch (error) {
      throw new ImportRefused(`${this.path} cannot be written, where rejected rows belong.`, { cause: error });
    }
  }
}
