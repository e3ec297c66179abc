import DataLoader from 'dataloader';
import type { MiddlewareFn } from 'type-graphql';

type Batch<Context, Key, Value> = (context: Context, keys: readonly Key[]) => Promise<readonly Value[]>;

/** What the loads of a request are remembered under, once a mutation made it forget what came before. */
const scopes = new WeakMap<object, object>();

/** Before each mutation of a request: what was loaded for the one before may not be true any more. */
export const forgetLoads: MiddlewareFn<object> = ({ info, context }, next) => {
  if (info.parentType.name === 'Mutation') scopes.set(context, {});
  return next();
};

/**
 * A way to load many things in one query. `load(context, key)` gathers the keys of one tick of one request; what it
 * answered stays known for that request. A mutation that changes what was loaded calls `clear`; what changes by itself
 * is gathered all the same, but known for one `batch` only.
 */
export class Loader<Context extends object, Key, Value> {
  private readonly loaders = new WeakMap<object, DataLoader<Key, Value, string>>();

  /** @param batch answers each key in the order of the keys
   *  @param cacheKey what makes two keys the same; the key itself, written out, unless given
   *  @param knownFor how long an answer holds */
  constructor(
    private readonly batch: Batch<Context, Key, Value>,
    private readonly cacheKey: (key: Key) => string = String,
    private readonly knownFor: 'request' | 'batch' = 'request',
  ) {}

  load(context: Context, key: Key): Promise<Value> {
    return this.of(context).load(key);
  }

  loadMany(context: Context, keys: readonly Key[]): Promise<Value[]> {
    return Promise.all(keys.map((key) => this.load(context, key)));
  }

  clear(context: Context): void {
    this.loaders.delete(scopes.get(context) ?? context);
  }

  private of(context: Context): DataLoader<Key, Value, string> {
    const scope = scopes.get(context) ?? context;
    let loader = this.loaders.get(scope);
    if (!loader) {
      loader = new DataLoader((keys) => this.batch(context, keys), {
        cache: this.knownFor === 'request',
        cacheKeyFn: this.cacheKey,
        maxBatchSize: 500,
      });
      this.loaders.set(scope, loader);
    }
    return loader;
  }
}

/** Puts rows in the order of the keys that asked for them; undefined where there is none. */
export function inOrder<Key, Row>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): (Row | undefined)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key));
}

/** The rows of each key, in the order of the keys; an empty list where there are none. */
export function grouped<Key, Row>(keys: readonly Key[], rows: readonly Row[], keyOf: (row: Row) => Key): Row[][] {
  const byKey = new Map<Key, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) byKey.get(keyOf(row))?.push(row);
  return keys.map((key) => byKey.get(key) ?? []);
}
