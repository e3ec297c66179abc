import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Transaction } from '../database/database.js';
import { isUniqueViolation, RaceLost } from '../database/errors.js';
import { IdempotencyKeyReused, Problem } from '../graphql/problem.js';
import { IdempotencyRecord } from './idempotency.entity.js';

export interface IdempotentCall {
  readonly programId: string;
  /** Who calls; keys of different callers never meet. */
  readonly caller: string;
  readonly operation: string;
  readonly input: { readonly idempotencyKey?: string | null };
}

/**
 * Does `work` once for each key: the id of the row it made is kept with the key, and given again for the same input.
 * A problem keeps nothing, so a refused call does not burn its key. Without a key the work is simply done.
 *
 * The key is written last: who comes second at the same moment has already waited for the rows that both need, finds
 * the key taken, and starts anew to answer with the first result. So it does when what the first one did is why the
 * work refuses.
 */
export async function once<Refusal extends Problem>(
  tx: Transaction,
  call: IdempotentCall,
  work: () => Promise<string | Refusal>,
): Promise<string | Refusal | IdempotencyKeyReused> {
  const key = call.input.idempotencyKey;
  if (!key) return work();
  const inputHash = hashInput(call);
  const find = () =>
    tx.first(
      IdempotencyRecord,
      sql`WHERE program_id = ${call.programId} AND caller = ${call.caller} AND idempotency_key = ${key}`,
    );
  const known = await find();
  if (known) return known.inputHash === inputHash ? known.resultId : new IdempotencyKeyReused();
  const resultId = await work();
  if (resultId instanceof Problem) {
    // Refused perhaps because the same call came first while this one waited: then its result is the answer.
    if (await find()) throw new RaceLost('The idempotency key was used at the same moment');
    return resultId;
  }
  try {
    await tx.insert(IdempotencyRecord, {
      id: tx.newId(),
      programId: call.programId,
      caller: call.caller,
      key,
      inputHash,
      resultId,
      createdAt: tx.now,
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new RaceLost('The idempotency key was used at the same moment');
    throw error;
  }
  return resultId;
}

/** The same for inputs that mean the same: the order of fields does not count, nor does a field that is null. */
function hashInput({ operation, input }: IdempotentCall): string {
  const { idempotencyKey: _, ...rest } = input;
  return createHash('sha256').update(operation).update('\n').update(canonical(rest)).digest('hex');
}

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== null && field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}
