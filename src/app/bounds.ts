import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type ValidationContext,
  type ValidationRule,
  validate,
} from 'graphql';
import { requestCost } from './cost.js';

/** More tokens than any honest document has (GraphiQL's introspection: about 300); the parser stops there. */
export const tokensMax = 4_000;
/** The hub's deepest question is 9 deep: a board, its entries, their ambassadors, their submissions, the challenge. */
export const depthMax = 14;
/** A page that asks the same field for many things at once needs some tens; guessing by aliases needs hundreds. */
export const aliasesMax = 60;
/** `@include` and `@skip`; a document full of directives only keeps the validation busy. */
export const directivesMax = 60;
/**
 * Objects that one answer may hold, counted before it runs (see cost.ts). A board of 100 with level, points, badges and
 * 20 submissions of each ambassador is about 7,000; 100 of 100 is more than any screen shows.
 */
export const costMax = 10_000;

export interface BoundedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

type Bound = 'depth' | 'aliases' | 'directives';

function refusalOf(bound: Bound, limit: number) {
  return {
    propagateOnRejection: false,
    onReject: [
      (context: ValidationContext | null) =>
        context?.reportError(tooComplex(`The document has more ${nounOf[bound]} than ${limit}.`, { bound, limit })),
    ],
  };
}

const nounOf: Readonly<Record<Bound, string>> = {
  depth: 'levels of fields within fields',
  aliases: 'aliases',
  directives: 'directives',
};

const rules = [
  maxDepthRule({ n: depthMax, flattenFragments: true, ...refusalOf('depth', depthMax) }),
  maxAliasesRule({ n: aliasesMax, ...refusalOf('aliases', aliasesMax) }),
  maxDirectivesRule({ n: directivesMax, ...refusalOf('directives', directivesMax) }),
] as unknown as readonly ValidationRule[];

/** Documents whose shape has been found within bounds; Apollo keeps the parsed document of a query it met before. */
const known = new WeakSet<DocumentNode>();

/** Why an operation, valid otherwise, is too much to run; undefined when it may run. */
export function refusalOfBounds({ schema, document, ...call }: BoundedOperation): GraphQLError | undefined {
  if (!known.has(document)) {
    const [refusal] = validate(schema, document, rules);
    if (refusal) return refusal;
    known.add(document);
  }
  const operation = getOperationAST(document, call.operationName);
  if (!operation) return undefined;
  const variables = call.variables ?? {};
  // What is wrong with variables is told by the execution, which then runs nothing.
  if (getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors) return undefined;
  const cost = requestCost(schema, document, operation, variables);
  if (cost instanceof GraphQLError) return cost;
  if (cost <= costMax) return undefined;
  return tooComplex(
    `The answer could hold ${cost} objects, the limit is ${costMax}. Ask for fewer at once: a smaller \`first\`.`,
    { bound: 'cost', limit: costMax, cost },
  );
}

function tooComplex(text: string, details: Readonly<Record<string, unknown>>): GraphQLError {
  return new GraphQLError(text, { extensions: { code: 'QUERY_TOO_COMPLEX', ...details, http: { status: 400 } } });
}

/** The parser's refusal of a document with too many tokens, in the words of the other bounds. */
export function refusalOfParser(error: GraphQLError): GraphQLError {
  if (!error.message.startsWith('Syntax Error: Document contains more th')) return error;
  return tooComplex(`The document has more than ${tokensMax} tokens.`, { bound: 'tokens', limit: tokensMax });
}
