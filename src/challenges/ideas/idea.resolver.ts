import {
  Arg,
  Args,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { Submission } from '../submission.entity.js';
import { SubmissionConnection } from '../submission.results.js';
import { Idea } from './idea.entity.js';
import { IdeasArgs, IdeaUpdateInput } from './idea.inputs.js';
import { IdeaService, ideaOf } from './idea.service.js';

@ObjectType({ description: 'Everybody who sees the idea sees what becomes of it.' })
export class IdeaUpdated {
  @Field(() => Submission, { description: 'The submission that holds the idea.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

export const IdeaUpdateResult = createUnionType({
  name: 'IdeaUpdateResult',
  description: 'What ideaUpdate answers.',
  types: () => [IdeaUpdated, InputInvalid, NotFound] as const,
});

@Resolver(() => Submission)
export class IdeaResolver {
  constructor(private readonly service: IdeaService) {}

  @Query(() => SubmissionConnection, {
    description:
      'The idea board: what was submitted to votable challenges of kind IDEA and was not sent back, most votes first unless asked otherwise. `Submission.idea` says what becomes of each.',
  })
  async ideas(@Ctx() context: RequestContext, @Args(() => IdeasArgs) args: IdeasArgs): Promise<SubmissionConnection> {
    return new SubmissionConnection(await this.service.list(context, args));
  }

  @Mutation(() => IdeaUpdateResult, {
    description:
      'Says what becomes of an idea, and replies to it for everybody to read. The votes of an idea that is DONE or DECLINED stand. For moderators and admins.',
  })
  async ideaUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => IdeaUpdateInput) input: IdeaUpdateInput,
  ): Promise<typeof IdeaUpdateResult> {
    const result = await this.service.update(context, input);
    return result instanceof Submission ? new IdeaUpdated(result) : result;
  }

  @FieldResolver(() => Idea, { nullable: true, description: 'Of an IDEA: what becomes of it; null for other kinds.' })
  async idea(@Root() submission: Submission, @Ctx() context: RequestContext): Promise<Idea | null> {
    if (submission.kind !== 'IDEA') return null;
    const said = await ideaOf.load(context, submission.id);
    if (said) return said;
    const { id: submissionId, programId, submittedAt: changedAt } = submission;
    return Object.assign(new Idea(), {
      submissionId,
      programId,
      status: 'OPEN',
      reply: null,
      repliedAt: null,
      changedAt,
    });
  }
}
