import type { Sql } from 'sql-template-tag';
import type { DataSource, EntityMetadata } from 'typeorm';

// biome-ignore lint/suspicious/noExplicitAny: any class can be an entity; its rows are typed by it
export type EntityClass<T extends object> = new (...args: any[]) => T;

/** SQL text with `?` for each value. Built by the `sql` tag, so that no value ever becomes text. */
export type Statement = Pick<Sql, 'sql' | 'values'>;

type Decode = (value: unknown) => unknown;

interface ColumnMap {
  readonly property: string;
  readonly column: string;
  readonly decode: Decode | undefined;
}

/** How the rows of one entity are read and written, and what each value is in JavaScript. */
export interface RowMap<T extends object> {
  /** `SELECT columns FROM table`, to be followed by joins and conditions. */
  readonly select: string;
  readonly table: string;
  read(row: Readonly<Record<string, unknown>>): T;
  columnOf(property: string): string;
  /** One INSERT of many rows; what a row leaves out is null. */
  insert(rows: readonly Partial<T>[]): Statement;
}

/** A moment as the database tells it, which is text in UTC. */
export function timeOf(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`);
}

const decodeTime: Decode = (value) => (value === null ? null : timeOf(String(value)));
const decodeBoolean: Decode = (value) => (value === null ? null : Number(value) === 1);
const decodeNumber: Decode = (value) => (value === null ? null : Number(value));
const decodeJson: Decode = (value) => (typeof value === 'string' ? JSON.parse(value) : value);

const decoders: Readonly<Record<string, Decode>> = {
  datetime: decodeTime,
  boolean: decodeBoolean,
  bigint: decodeNumber,
  json: decodeJson,
};

/** What the driver stores for a value: the same text on every database, so that both compare and sort alike. */
export function encodeValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Date) {
    const text = value.toISOString();
    return `${text.slice(0, 10)} ${text.slice(11, 23)}`;
  }
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  return value;
}

function mapRows<T extends object>(entity: EntityClass<T>, metadata: EntityMetadata): RowMap<T> {
  const name = `\`${metadata.tableName}\``;
  const columns: ColumnMap[] = metadata.columns.map((column) => ({
    property: column.propertyName,
    column: column.databaseName,
    decode: decoders[String(column.type)],
  }));
  const insertInto = `INSERT INTO ${name} (${columns.map(({ column }) => `\`${column}\``).join(', ')}) VALUES `;
  const places = `(${columns.map(() => '?').join(', ')})`;
  const insertTexts = new Map<number, string>();
  // Rows come in few numbers (EngineDatabase), so that the texts are few.
  const insertText = (count: number): string => {
    const text = insertTexts.get(count) ?? insertInto + Array(count).fill(places).join(', ');
    insertTexts.set(count, text);
    return text;
  };
  return {
    select: `SELECT ${columns.map(({ column }) => `${name}.\`${column}\``).join(', ')} FROM ${name}`,
    table: name,
    read(row) {
      const object = new entity();
      const fields = object as Record<string, unknown>;
      for (const { property, column, decode } of columns) {
        fields[property] = decode ? decode(row[column]) : row[column];
      }
      return object;
    },
    columnOf(property) {
      const found = columns.find((column) => column.property === property);
      if (!found) throw new Error(`${entity.name} has no column for ${property}`);
      return found.column;
    },
    insert(rows) {
      const values: unknown[] = [];
      for (const row of rows) {
        const given = row as Readonly<Record<string, unknown>>;
        for (const { property } of columns) values.push(encodeValue(given[property]));
      }
      return { sql: insertText(rows.length), values };
    },
  };
}

/** The row maps of a data source, each made once. */
export class RowMaps {
  private readonly maps = new Map<EntityClass<object>, RowMap<object>>();

  constructor(private readonly dataSource: DataSource) {}

  of<T extends object>(entity: EntityClass<T>): RowMap<T> {
    let map = this.maps.get(entity) as RowMap<T> | undefined;
    if (!map) {
      map = mapRows(entity, this.dataSource.getMetadata(entity));
      this.maps.set(entity, map as RowMap<object>);
    }
    return map;
  }
}
