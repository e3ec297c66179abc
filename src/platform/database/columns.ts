import type { TableColumnOptions } from 'typeorm';
import { Column, type ColumnOptions, PrimaryColumn } from 'typeorm';

/**
 * The column types that mean the same on every database. Entities decorate with them, migrations create with them;
 * a test compares the two on each engine.
 */
const types = {
  id: { type: 'varchar', length: '36' },
  key: { type: 'varchar', length: '64' },
  line: { type: 'varchar', length: '255' },
  text: { type: 'text' },
  integer: { type: 'integer' },
  bigint: { type: 'bigint' },
  boolean: { type: 'boolean' },
  time: { type: 'datetime', precision: 3 },
  json: { type: 'json' },
} as const;

export type ColumnKind = keyof typeof types;

function decorator(kind: ColumnKind, options: ColumnOptions): PropertyDecorator {
  return Column({ ...(types[kind] as ColumnOptions), ...options });
}

/** The id of a row: a uuid v7 that the application made. */
export const IdColumn = (name = 'id'): PropertyDecorator => PrimaryColumn('varchar', { length: '36', name });
/** A column that always has a value. */
export const Stored = (kind: ColumnKind, name: string): PropertyDecorator => decorator(kind, { name });
/** A column that may be empty. */
export const Optional = (kind: ColumnKind, name: string): PropertyDecorator =>
  decorator(kind, { name, nullable: true });

/** The same columns for a migration: `column('id', 'program_id')`. */
export function column(kind: ColumnKind, name: string, nullable: 'NULL' | 'NOT NULL' = 'NOT NULL'): TableColumnOptions {
  return { ...types[kind], name, isNullable: nullable === 'NULL' };
}
export function idColumn(name = 'id'): TableColumnOptions {
  return { ...column('id', name), isPrimary: true };
}
