import type { Database, Reader } from '../../src/platform/database/database.js';

const asking = new Set(['select', 'query', 'first', 'count']);
/** What the server does in the background reads, too, now and then: the quietest time counts. */
const timesCounted = 5;

/** How many statements are read with while something is done, for what has to cost the same however much there is. */
export async function countReads(database: Database, work: () => Promise<unknown>): Promise<number> {
  const counts: number[] = [];
  for (let times = 0; times < timesCounted; times++) counts.push(await countOnce(database, work));
  return Math.min(...counts);
}

async function countOnce(database: Database, work: () => Promise<unknown>): Promise<number> {
  let statements = 0;
  const counting = (reader: Reader): Reader =>
    new Proxy(reader, {
      get(target, name) {
        if (asking.has(String(name))) statements += 1;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  const read = database.read.bind(database);
  Object.assign(database, {
    read: <T>(reading: (reader: Reader) => Promise<T>) => read((db) => reading(counting(db))),
  });
  try {
    await work();
  } finally {
    Reflect.deleteProperty(database, 'read');
  }
  return statements;
}
