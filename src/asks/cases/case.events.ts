import type { CaseOutcome } from './case.entity.js';

interface CaseEvent {
  readonly caseId: string;
  /** The subject of their sign-in; null where nobody has it. */
  readonly owner: string | null;
}

declare module '../../platform/events/events.js' {
  interface EventMap {
    'case.opened': CaseEvent;
    'case.assigned': CaseEvent;
    /** It is past its time, and nobody resolved it: told once, and again after it was reopened. */
    'case.overdue': CaseEvent;
    'case.resolved': CaseEvent & { readonly outcome: CaseOutcome };
    'case.reopened': CaseEvent;
  }
}
