import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  type OperationDefinitionNode,
} from 'graphql';
import { type ComplexityEstimator, type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity/cjs';

/*
 * The cost of an operation is the number of objects that its answer may hold, as Shopify counts it
 * (https://shopify.dev/docs/api/usage/limits): an object is 1, a scalar nothing, a list its size times what one of it
 * costs. Sizes come from the arguments, so that variables count as what is written out.
 */

/**
 * A list without an argument for its size: the badges of an ambassador, the months of a trend. A field whose list is
 * always as long says so by the extension `listLength`.
 */
const unsizedListLength = 10;
/** A write locks, checks and stores; it weighs as much as reading ten objects. */
const mutationCost = 10;
/** More selections, with fragments written out, than 4,000 tokens honestly make; the counting stops there. */
const selectionsMax = 20_000;

/** What an operation costs with these variables, or what is wrong with an argument. */
export function requestCost(
  schema: GraphQLSchema,
  query: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number | GraphQLError {
  try {
    return getComplexity({
      schema,
      query,
      variables: { ...variables },
      ...(operation.name && { operationName: operation.name.value }),
      estimators: [estimatorOf(schema)],
      maxQueryNodes: selectionsMax,
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return new GraphQLError(error.message, {
      nodes: error.nodes ?? null,
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    });
  }
}

function estimatorOf(schema: GraphQLSchema): ComplexityEstimator {
  const mutation = schema.getMutationType();
  return (call) => {
    // graphql-js bounds introspection by itself, by the depth of its lists.
    if (call.field.name.startsWith('__') || call.type.name.startsWith('__')) return 0;
    if (call.type === mutation) return mutationCost + call.childComplexity;
    if (!isCompositeType(getNamedType(call.field.type))) return 0;
    if (isConnection(call.type.name)) return partOfPageCost(call);
    if (isConnection(getNamedType(call.field.type).name)) return 1 + pageLength(call.args) * call.childComplexity;
    return listLength(call) * (1 + call.childComplexity);
  };
}

/** What is selected on a connection is counted for one of its items; edges and page marks are no objects of their own. */
function partOfPageCost({ field, childComplexity }: ComplexityEstimatorArgs): number {
  return field.name === 'edges' || field.name === 'pageInfo' ? childComplexity : 1 + childComplexity;
}

function pageLength({ first, last }: Readonly<Record<string, unknown>>): number {
  return size(last) ?? size(first) ?? unsizedListLength;
}

function listLength({ field, args }: ComplexityEstimatorArgs): number {
  if (!isListType(getNullableType(field.type))) return 1;
  if (Array.isArray(args.ids)) return args.ids.length;
  if (typeof field.extensions.listLength === 'number') return field.extensions.listLength;
  const radius = size(args.radius);
  return radius === undefined ? (size(args.first) ?? unsizedListLength) : 2 * radius + 1;
}

function isConnection(typeName: string): boolean {
  return typeName.endsWith('Connection');
}

/** A size as the caller gave it; what is out of range is refused later, by the argument's own rules. */
function size(argument: unknown): number | undefined {
  return typeof argument === 'number' && argument > 0 ? argument : undefined;
}
