import sql, { join, type Sql } from 'sql-template-tag';
import type { Reader, Transaction } from './database/database.js';
import type { EntityClass } from './database/rows.js';

/** Somebody, by the ids that rows know them by. They stay when the person is erased, and lead to nobody then. */
export interface Person {
  readonly programId: string;
  readonly contactId: string;
  /** Null for a contact who never joined. */
  readonly ambassadorId: string | null;
}

/** The same while it is still known who it is: what some rows know them by instead of an id. */
export interface NamedPerson extends Person {
  readonly externalId: string | null;
  readonly email: string | null;
  /** What the person is called, as a contact and as an ambassador. */
  readonly names: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Rows that are about a person, whom they belong to, and what becomes of them. Each has an id of its own to go on from. */
export interface PersonalRows<Row extends object> {
  /** What they are called in an export, as in submissions; unique. */
  readonly part: string;
  readonly entity: EntityClass<Row>;
  /** Which of them are the person's; undefined where there can be none. */
  readonly of: (person: Person) => Sql | undefined;
  /** The column that tells the rows of one person apart, `id` unless given, and how it is read. */
  readonly column?: Sql;
  readonly keyOf: (row: Row) => string;
  /** Takes out what leads to the person, and leaves what is counted. Done again it changes nothing. Left out: nothing does. */
  readonly erase?: (tx: Transaction, rows: readonly Row[], person: Person) => Promise<void>;
  /** What the person is given of them, in their order; left out where it is somebody else's. */
  readonly show?: (db: Reader, rows: readonly Row[]) => Promise<readonly object[]>;
}

/** How far a walk over all rows of a person has come. */
export type WalkState = {
  /** The part that is next, in the order in which they were defined. */
  readonly part: number;
  /** The last row of it that was done. */
  readonly after: string;
};

type AnyRows = PersonalRows<object>;
type NamedStep = (tx: Transaction, person: NamedPerson) => Promise<void>;
type KeptAttributes = (db: Reader, person: NamedPerson) => Promise<readonly string[]>;

export const walkStart: WalkState = { part: 0, after: '' };

/**
 * Which tables know anything of a person, and what erasing does to them. Each feature says it of its own; a test fails for a
 * table of which nobody did.
 */
export class PersonalData {
  private readonly parts: AnyRows[] = [];
  private readonly steps: NamedStep[] = [];
  private readonly keepers: KeptAttributes[] = [];
  private readonly decided = new Map<string, string>();

  /** Rows that hold something personal, and the other tables that their eraser looks after. */
  define<Row extends object>(rows: PersonalRows<Row>, tables: readonly string[] = []): void {
    if (this.parts.some(({ part }) => part === rows.part)) throw new Error(`There is a part ${rows.part} already`);
    // What is read by an entity is what its own definition looks at.
    this.parts.push(rows as unknown as AnyRows);
    for (const table of tables) this.decided.set(table, 'erased');
  }

  /** What has to be done while it is still known who it is: few rows, in the transaction that forgets the name. */
  whileNamed(step: NamedStep, tables: readonly string[] = []): void {
    this.steps.push(step);
    for (const table of tables) this.decided.set(table, 'erased');
  }

  /** Names of attributes without which a total would change. */
  keepAttributes(keeper: KeptAttributes): void {
    this.keepers.push(keeper);
  }

  /** Tables that hold ids, numbers and times of a person, without which totals would change: they stay as they are. */
  keepNumbers(...tables: readonly string[]): void {
    for (const table of tables) this.decided.set(table, 'kept');
  }

  /** Tables in which nobody's data are: what the program itself set up, and what the server runs on. */
  concernNobody(...tables: readonly string[]): void {
    for (const table of tables) this.decided.set(table, 'nobody');
  }

  /** What was decided of each table: erased, kept or nobody. */
  get decisions(): ReadonlyMap<string, string> {
    return this.decided;
  }

  async eraseNamed(tx: Transaction, person: NamedPerson): Promise<void> {
    for (const step of this.steps) await step(tx, person);
  }

  async attributesKept(db: Reader, person: NamedPerson): Promise<ReadonlySet<string>> {
    const kept = new Set<string>();
    for (const keeper of this.keepers) for (const name of await keeper(db, person)) kept.add(name);
    return kept;
  }

  /** Erases the next rows, at most so many; how many it were, and where to go on: undefined at the end. */
  async eraseSome(tx: Transaction, person: Person, state: WalkState, max: number): Promise<Walked> {
    return this.walk(tx, person, state, max, async (part, rows) => {
      if (part.erase && rows.length > 0) await part.erase(tx, rows, person);
    });
  }

  /** The next rows as they are shown to the person, at most so many. */
  async showSome(db: Reader, person: Person, state: WalkState, max: number): Promise<Walked & { shown: Shown[] }> {
    const shown: Shown[] = [];
    const walked = await this.walk(db, person, state, max, async (part, rows) => {
      if (!part.show || rows.length === 0) return;
      for (const content of await part.show(db, rows)) shown.push({ part: part.part, content });
    });
    return { ...walked, shown };
  }

  private async walk(
    db: Reader,
    person: Person,
    { part: first, after: begin }: WalkState,
    max: number,
    visit: (part: AnyRows, rows: readonly object[]) => Promise<void>,
  ): Promise<Walked> {
    let [done, after] = [0, begin];
    for (let index = first; index < this.parts.length; index++) {
      const part = this.parts[index];
      const rows = part ? await nextRows(db, part, person, after, max - done) : [];
      if (part) await visit(part, rows);
      const last = rows.at(-1);
      done += rows.length;
      if (part && last && done >= max) return { done, next: { part: index, after: part.keyOf(last) } };
      after = '';
    }
    return { done };
  }
}

interface Walked {
  readonly done: number;
  readonly next?: WalkState;
}

interface Shown {
  readonly part: string;
  readonly content: object;
}

async function nextRows(
  db: Reader,
  { entity, of, column = sql`id` }: AnyRows,
  person: Person,
  after: string,
  max: number,
): Promise<readonly object[]> {
  const condition = of(person);
  if (!condition) return [];
  return db.select(entity, sql`WHERE ${condition} AND ${column} > ${after} ORDER BY ${column} LIMIT ${max}`);
}

/** What an ambassador has: rows by its id, in this column. */
export function ofAmbassador(column: Sql = sql`ambassador_id`): (person: Person) => Sql | undefined {
  return ({ ambassadorId }) => (ambassadorId === null ? undefined : sql`${column} = ${ambassadorId}`);
}

/** The ids of rows, for an IN. */
export function idsOf(rows: readonly { readonly id: string }[]): Sql {
  return join(rows.map(({ id }) => id));
}

/** Who acted, as `role:subject`, once nobody may know which ambassador it was. */
export function withoutAmbassador(column: Sql): Sql {
  return sql`${column} = CASE WHEN ${column} LIKE 'AMBASSADOR:%' THEN 'AMBASSADOR:' ELSE ${column} END`;
}
