import type { ApolloServerPlugin } from '@apollo/server';
import type { OperationDefinitionNode } from 'graphql';
import type { Role } from '../identity/role.js';
import type { RequestContext } from '../identity/session.js';

/** What may be told of an operation in logs and metrics: no variables, no values, nobody's data. */
export interface OperationFacts {
  role?: Role;
  /** As its author called it. */
  name?: string;
  type?: 'query' | 'mutation' | 'subscription';
  /** The one root field that it selects; `several` where it selects more, so that there are no more labels than fields. */
  field?: string;
  /** The codes of the errors in its answer. */
  codes: readonly string[];
}

/** The context of a request, with what is learned of it on the way. */
export interface ObservedContext extends RequestContext {
  readonly facts: OperationFacts;
}

/** Notes what a valid operation is. */
export function noteOperation(facts: OperationFacts, operation: OperationDefinitionNode): void {
  facts.type = operation.operation;
  facts.field = rootFieldOf(operation);
  if (operation.name) facts.name = operation.name.value.slice(0, 100);
}

function rootFieldOf({ selectionSet }: OperationDefinitionNode): string {
  const fields = new Set(
    selectionSet.selections.map((selection) => (selection.kind === 'Field' ? selection.name.value : 'several')),
  );
  const [field = 'several'] = fields;
  return fields.size === 1 ? field : 'several';
}

/** Gathers the facts of what goes through Apollo. Registered last, so that it sees the errors as callers get them. */
export const factsPlugin: ApolloServerPlugin<ObservedContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue, operation }) {
        if (operation) noteOperation(contextValue.facts, operation);
      },
      async willSendResponse({ contextValue, response }) {
        if (response.body.kind !== 'single') return;
        const { errors = [] } = response.body.singleResult;
        contextValue.facts.codes = errors.map(({ extensions }) => String(extensions?.code));
      },
    };
  },
};
