import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Page, PageArgs } from '../graphql/connection.js';
import { argumentRefused } from '../graphql/input.js';
import type { Database } from './database.js';
import type { EntityClass } from './rows.js';

/** A column to sort by, its direction, and how to read its value from a row. The last one has to be unique. */
export interface SortKey<Row> {
  readonly column: string;
  readonly direction: 'ASC' | 'DESC';
  readonly read: (row: Row) => string | number | Date;
}

export interface ListRequest<Row extends object> {
  readonly entity: EntityClass<Row>;
  /** JOINs, if any. */
  readonly joins?: Sql;
  readonly where: Sql;
  readonly order: readonly SortKey<Row>[];
  readonly page: PageArgs;
}

type CursorValue = string | number;

/** Newest first by the time-ordered id: the order of most lists. */
export function newestFirst<Row extends { readonly id: string }>(table: string): readonly SortKey<Row>[] {
  return [{ column: `${table}.id`, direction: 'DESC', read: (row) => row.id }];
}

/** A page by keyset: as quick on the last page as on the first, and steady while rows are added. */
export async function paginate<Row extends object>(database: Database, list: ListRequest<Row>): Promise<Page<Row>> {
  const { first, last, after, before } = list.page;
  const joins = list.joins ?? empty;
  const backward = typeof last === 'number';
  const size = backward ? last : first;
  const order = backward ? reversed(list.order) : list.order;
  const bounds = [
    list.where,
    ...(after ? [beyondCursor(list.order, decodeCursor(after, list.order.length))] : []),
    ...(before ? [beyondCursor(reversed(list.order), decodeCursor(before, list.order.length))] : []),
  ];
  const sorting = join(order.map(({ column, direction }) => raw(`${column} ${direction}`)));
  const rows = await database.read((db) =>
    db.select(list.entity, sql`${joins} WHERE ${join(bounds, ' AND ')} ORDER BY ${sorting} LIMIT ${size + 1}`),
  );
  return pageOf(rows, list.page, {
    cursorOf: (row) => encodeCursor(list.order.map((key) => key.read(row))),
    countAll: () => database.read((db) => db.count(list.entity, sql`${joins} WHERE ${list.where}`)),
  });
}

/** A page of what was found: from where it begins on, or backward from where it ends, and one more where there is more. */
export function pageOf<Item>(
  found: readonly Item[],
  { first, last, after, before }: PageArgs,
  { cursorOf, countAll }: { readonly cursorOf: (item: Item) => string; readonly countAll: () => Promise<number> },
): Page<Item> {
  const backward = typeof last === 'number';
  const size = backward ? last : first;
  const shown = found.slice(0, size);
  if (backward) shown.reverse();
  const edges = shown.map((node) => ({ node, cursor: cursorOf(node) }));
  const more = found.length > size;
  return {
    edges,
    pageInfo: {
      hasNextPage: backward ? Boolean(before) : more,
      hasPreviousPage: backward ? more : Boolean(after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    countAll,
  };
}

function reversed<Row>(order: readonly SortKey<Row>[]): readonly SortKey<Row>[] {
  return order.map((key) => ({ ...key, direction: key.direction === 'ASC' ? 'DESC' : 'ASC' }));
}

/** Rows after the cursor: `a > ? OR (a = ? AND b > ?)`, with < where the order descends. */
function beyondCursor(order: readonly { column: string; direction: 'ASC' | 'DESC' }[], values: CursorValue[]): Sql {
  const cases = order.map(({ column, direction }, position) => {
    const equal = order.slice(0, position).map((key, index) => sql`${raw(key.column)} = ${values[index]} AND `);
    const comparison = raw(`${column} ${direction === 'ASC' ? '>' : '<'} `);
    return sql`(${join([...equal, comparison], '')}${values[position]})`;
  });
  return sql`(${join(cases, ' OR ')})`;
}

export function encodeCursor(values: readonly (string | number | Date)[]): string {
  const plain = values.map((value) =>
    value instanceof Date ? value.toISOString().replace('T', ' ').slice(0, 23) : value,
  );
  return Buffer.from(JSON.stringify(plain)).toString('base64url');
}

/** The values of a cursor that we gave out; whatever else comes is the caller's error. */
export function decodeCursor(cursor: string, length: number): CursorValue[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === length && values.every(isCursorValue)) return values;
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw argumentRefused(['after'], 'is not a cursor of this list');
}

function isCursorValue(value: unknown): value is CursorValue {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
