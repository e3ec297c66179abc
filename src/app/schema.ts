import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import { GraphQLInputObjectType, type GraphQLSchema, getNamedType } from 'graphql';
import { buildSchema } from 'type-graphql';
import { answerBadInput, validateInput } from '../platform/graphql/input.js';
import { forgetLoads } from '../platform/graphql/loader.js';
import { DateTime } from '../platform/graphql/scalars.js';
import { guardFields } from './guard.js';

/** Input types of which exactly one field has to be given. type-graphql has no word for it yet. */
const oneOfInputs = ['SubmissionProofInput', 'BadgeRuleInput', 'AudienceRuleInput', 'SimulationInput'];

/** The schema, from resolvers that are ready to serve, with the table of permissions in front of it. */
export async function createSchema(resolvers: readonly object[]): Promise<GraphQLSchema> {
  const instances = new Map(resolvers.map((resolver) => [resolver.constructor, resolver]));
  const [first, ...rest] = [...instances.keys()];
  if (!first) throw new Error('A schema needs resolvers');
  const schema = await buildSchema({
    resolvers: [first, ...rest],
    container: { get: (type) => instances.get(type) },
    scalarsMap: [{ type: Date, scalar: DateTime }],
    validateFn: validateInput,
    globalMiddlewares: [forgetLoads, answerBadInput],
    // type-graphql insists on one where there are subscriptions; ours have sources of their own.
    pubSub: createPubSub(),
  });
  for (const name of oneOfInputs) {
    const type = schema.getType(name);
    if (type instanceof GraphQLInputObjectType) type.isOneOf = true;
  }
  describeInputs(schema);
  guardFields(schema);
  return schema;
}

/** What a mutation's input is for, its type says; the argument repeats it, so that no reader has to follow the type. */
function describeInputs(schema: GraphQLSchema): void {
  for (const { args } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    for (const argument of args) argument.description ??= getNamedType(argument.type).description;
  }
}
