import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of jobs. That a run is there once is the key of their table. */
export const jobInvariants: readonly Invariant[] = [
  checkedBySql(
    17,
    'A job that has not ended comes due, one that has ended does not, and only one that runs is held by a process.',
    sql`SELECT id AS violation FROM job
      WHERE (status IN ('WAITING', 'RUNNING') AND (due_at IS NULL OR finished_at IS NOT NULL))
        OR (status IN ('DONE', 'FAILED') AND (due_at IS NOT NULL OR finished_at IS NULL))
        OR (lease IS NOT NULL AND status <> 'RUNNING') OR done < 0
      LIMIT 20`,
  ),
];
