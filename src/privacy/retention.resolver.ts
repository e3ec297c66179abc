import {
  Arg,
  Args,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { RetentionRule } from './retention.entity.js';
import { RetentionPreviewArgs, RetentionSetInput } from './retention.inputs.js';
import { RetentionService } from './retention.service.js';

@ObjectType({ description: 'What is too old is forgotten within the hour.' })
export class RetentionSet {
  @Field(() => [RetentionRule], { description: 'How long each kind is kept now.' })
  readonly rules: readonly RetentionRule[];

  constructor(rules: readonly RetentionRule[]) {
    this.rules = rules;
  }
}

export const RetentionSetResult = createUnionType({
  name: 'RetentionSetResult',
  description: 'What retentionSet answers.',
  types: () => [RetentionSet, InputInvalid] as const,
});

@ObjectType({ description: 'What a time of keeping would forget.' })
export class RetentionPreview {
  @Field(() => Int, { description: 'How many things would be forgotten now.' })
  readonly count: number;
}

@Resolver(() => Program)
export class RetentionResolver {
  constructor(private readonly service: RetentionService) {}

  @Query(() => RetentionPreview, {
    description: 'How many things would be forgotten now if they were kept for so long. Forgets nothing. For admins.',
  })
  async retentionPreview(
    @Ctx() context: RequestContext,
    @Args(() => RetentionPreviewArgs) args: RetentionPreviewArgs,
  ): Promise<RetentionPreview> {
    return { count: await this.service.preview(context, args) };
  }

  @Mutation(() => RetentionSetResult, {
    description: 'Says how long the program keeps what. What is forgotten does not come back. For admins.',
  })
  async retentionSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => RetentionSetInput) input: RetentionSetInput,
  ): Promise<typeof RetentionSetResult> {
    return new RetentionSet(await this.service.set(context, input));
  }

  @FieldResolver(() => [RetentionRule], { description: 'How long the program keeps what; for ever unless it says so.' })
  retention(@Root() program: Program): Promise<RetentionRule[]> {
    return this.service.rulesOf(program.id);
  }
}
