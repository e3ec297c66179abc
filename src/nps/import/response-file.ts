import { attributeName } from '../../contacts/contact.inputs.js';
import { CsvFile } from '../../platform/csv/csv-file.js';
import type { CsvChunk, CsvDialect, Encoding } from '../../platform/csv/csv-records.js';
import { ImportRefused } from '../../platform/csv/import-refused.js';

/** Which column of the file says what. */
export interface ResponseColumns {
  /** Who answered, by the owner's own id. This or `email` is needed. */
  readonly id?: string;
  readonly email?: string;
  readonly name?: string;
  readonly score: string;
  readonly date: string;
  readonly comment?: string;
  /** What the answer is called where it comes from. */
  readonly responseId?: string;
  /** Columns that become attributes of the contact, under their own names. */
  readonly attributes: readonly string[];
}

export interface ResponseFileOptions {
  readonly path: string;
  readonly columns: ResponseColumns;
  /** One character; undefined to find out. */
  readonly delimiter?: string;
  readonly encoding: Encoding;
}

/** Where in a record each thing stands. */
export interface ColumnPlaces {
  readonly id: number | undefined;
  readonly email: number | undefined;
  readonly name: number | undefined;
  readonly score: number;
  readonly date: number;
  readonly comment: number | undefined;
  readonly responseId: number | undefined;
  readonly attributes: readonly { readonly name: string; readonly place: number }[];
}

/** A survey export that is there, can be read, and has the columns that it is said to have. */
export class ResponseFile {
  private constructor(
    private readonly file: CsvFile,
    readonly options: ResponseFileOptions,
    readonly places: ColumnPlaces,
  ) {}

  /** Opens the file and reads its first record. ImportRefused says what is missing. */
  static async open(options: ResponseFileOptions): Promise<ResponseFile> {
    const file = await CsvFile.open({ ...options, columns: namesOf(options.columns) });
    const long = options.columns.attributes.find((name) => !attributeName.safeParse(name).success);
    if (!long) return new ResponseFile(file, options, placesOf(options, file));
    await file.close();
    throw new ImportRefused(`The name "${long}" is too long for an attribute: it has at most 64 characters.`);
  }

  get path(): string {
    return this.file.path;
  }

  get sizeBytes(): number {
    return this.file.sizeBytes;
  }

  get header(): readonly string[] {
    return this.file.header;
  }

  get dialect(): CsvDialect {
    return this.file.dialect;
  }

  /** The records after the header. */
  records(): AsyncGenerator<CsvChunk> {
    return this.file.records();
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

function namesOf({ attributes, ...columns }: ResponseColumns): string[] {
  return [...Object.values(columns).filter((name) => name !== undefined), ...attributes];
}

function placesOf({ columns }: ResponseFileOptions, file: CsvFile): ColumnPlaces {
  const place = (name: string | undefined) => (name === undefined ? undefined : file.placeOf(name));
  return {
    id: place(columns.id),
    email: place(columns.email),
    name: place(columns.name),
    score: file.placeOf(columns.score),
    date: file.placeOf(columns.date),
    comment: place(columns.comment),
    responseId: place(columns.responseId),
    attributes: columns.attributes.map((name) => ({ name, place: file.placeOf(name) })),
  };
}
