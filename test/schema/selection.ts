import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/**
 * Everything of a type that needs no argument, `depth` objects deep: what a test selects that wants the answer written
 * out without knowing it. Of the result of a mutation: its success, and what every problem has.
 */
export function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, depth: number): string {
  if (isUnionType(type)) {
    const success = type.getTypes().find((member) => member.getInterfaces().every(({ name }) => name !== 'Problem'));
    if (!success || !type.name.endsWith('Result')) return '{ __typename }';
    return `{ __typename ... on Problem { code message } ... on InputInvalid { issues { path message } }
      ... on ${success.name} ${selectionOf(schema, success, depth)} }`;
  }
  if (!isObjectType(type)) return '{ __typename }';
  const fields = Object.values(type.getFields())
    .filter(({ args }) => args.every((each) => !isNonNullType(each.type) || each.defaultValue !== undefined))
    .flatMap((field) => {
      const named = getNamedType(field.type);
      if (!isCompositeType(named)) return [field.name];
      return depth > 0 ? [`${field.name} ${selectionOf(schema, named, depth - 1)}`] : [];
    });
  return `{ __typename ${fields.join(' ')} }`;
}
