import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.js';
import { IdempotencyKeyReused, InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { Case } from './case.entity.js';
import { CaseTerms } from './case.terms.js';

@ObjectType({ description: 'A page of cases.' })
export class CaseConnection extends connectionOf(Case) {}

abstract class CaseChanged {
  readonly case: Case;

  constructor(changed: Case) {
    this.case = changed;
  }
}

@ObjectType({ description: 'The case has its owner.' })
export class CaseAssigned extends CaseChanged {
  @Field(() => Case, { description: 'The case as it is now.' })
  override readonly case: Case;
}

@ObjectType({ description: 'The note is kept in the history of the case.' })
export class CaseNoted extends CaseChanged {
  @Field(() => Case, { description: 'The case as it is now.' })
  override readonly case: Case;
}

@ObjectType({ description: 'The case is resolved.' })
export class CaseResolved extends CaseChanged {
  @Field(() => Case, { description: 'The case as it is now.' })
  override readonly case: Case;
}

@ObjectType({ description: 'The case goes on, and is due anew.' })
export class CaseReopened extends CaseChanged {
  @Field(() => Case, { description: 'The case as it is now.' })
  override readonly case: Case;
}

@ObjectType({ description: 'From now on detractors are followed up like this.' })
export class CaseTermsReplaced {
  @Field(() => CaseTerms, { description: 'The terms as they are now.' })
  readonly terms: CaseTerms;

  constructor(terms: CaseTerms) {
    this.terms = terms;
  }
}

export const CaseAssignResult = createUnionType({
  name: 'CaseAssignResult',
  description: 'What caseAssign answers.',
  types: () => [CaseAssigned, InputInvalid, NotFound] as const,
});

export const CaseNoteResult = createUnionType({
  name: 'CaseNoteResult',
  description: 'What caseNote answers.',
  types: () => [CaseNoted, InputInvalid, IdempotencyKeyReused, NotFound] as const,
});

export const CaseResolveResult = createUnionType({
  name: 'CaseResolveResult',
  description: 'What caseResolve answers.',
  types: () => [CaseResolved, InputInvalid, NotFound] as const,
});

export const CaseReopenResult = createUnionType({
  name: 'CaseReopenResult',
  description: 'What caseReopen answers.',
  types: () => [CaseReopened, InputInvalid, NotFound] as const,
});

export const CaseTermsSetResult = createUnionType({
  name: 'CaseTermsSetResult',
  description: 'What caseTermsSet answers.',
  types: () => [CaseTermsReplaced, InputInvalid] as const,
});
