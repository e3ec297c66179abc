import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { fieldPermissions } from '../identity/field-permissions.js';
import type { Action } from '../identity/permissions.js';
import type { Owned, RequestContext } from '../identity/session.js';

type Field = GraphQLField<unknown, RequestContext>;

const table: Readonly<Record<string, Action>> = fieldPermissions;

/**
 * Puts the table of permissions in front of every field that it names. A field of Query, Mutation or Subscription that
 * it does not name, or a name without a field, stops the start: nothing is served that nobody decided on.
 */
export function guardFields(schema: GraphQLSchema): void {
  const undecided = rootTypes(schema).flatMap((type) =>
    Object.keys(type.getFields())
      .map((field) => `${type.name}.${field}`)
      .filter((name) => !(name in table)),
  );
  if (undecided.length > 0) throw new Error(`identity/permissions does not decide on ${undecided.join(', ')}`);
  const roots = new Set(rootTypes(schema).map(({ name }) => name));
  for (const [name, action] of Object.entries(table)) {
    const [typeName = '', fieldName = ''] = name.split('.');
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!field) throw new Error(`identity/permissions decides on ${name}, which does not exist`);
    if (roots.has(typeName)) guardRoot(field, action);
    else guardSecret(field, action);
  }
}

function rootTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.filter((type) => type !== null && type !== undefined);
}

/** Refuses before anything else is looked at, the input included. */
function guardRoot(field: Field, action: Action): void {
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = (source, args, context, info) => {
    context.session.require(action);
    return resolve(source, args, context, info);
  };
  if (subscribe) {
    field.subscribe = (source, args, context, info) => {
      context.session.require(action);
      return subscribe(source, args, context, info);
    };
  }
}

/** What may be null is null for who may not see it; what may not be null is refused. */
function guardSecret(field: Field, action: Action): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    const owned = isOwned(source) ? source : undefined;
    if (isNonNullType(field.type)) context.session.require(action, owned);
    else if (!context.session.may(action, owned)) return null;
    return resolve(source, args, context, info);
  };
}

function isOwned(source: unknown): source is Owned {
  return typeof source === 'object' && source !== null && 'ambassadorId' in source;
}
