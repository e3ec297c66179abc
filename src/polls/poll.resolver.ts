import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { Poll, PollOption } from './poll.entity.js';
import { PollCloseInput, PollCreateInput, PollsArgs, PollVoteInput, PollVoteWithdrawInput } from './poll.inputs.js';
import { choicesOf, optionsOf, pollById, votersOf, votesOf } from './poll.loaders.js';
import {
  PollClosed,
  PollCloseResult,
  PollConnection,
  PollCreated,
  PollCreateResult,
  PollVoteCounted,
  PollVoteResult,
  PollVoteWithdrawn,
  PollVoteWithdrawResult,
} from './poll.results.js';
import { PollService } from './poll.service.js';

@Resolver(() => Poll)
export class PollResolver {
  constructor(private readonly service: PollService) {}

  @Query(() => PollConnection, { description: 'The polls of the program, newest first.' })
  async polls(@Ctx() context: RequestContext, @Args(() => PollsArgs) args: PollsArgs): Promise<PollConnection> {
    return new PollConnection(await this.service.list(context, args));
  }

  @Mutation(() => PollCreateResult, { description: 'Asks the ambassadors something. For moderators and admins.' })
  async pollCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => PollCreateInput) input: PollCreateInput,
  ): Promise<typeof PollCreateResult> {
    const result = await this.service.create(context, input);
    return result instanceof Poll ? new PollCreated(result) : result;
  }

  @Mutation(() => PollCloseResult, {
    description: 'Closes a poll now and for good; done again it changes nothing. For moderators and admins.',
  })
  async pollClose(
    @Ctx() context: RequestContext,
    @Arg('input', () => PollCloseInput) input: PollCloseInput,
  ): Promise<typeof PollCloseResult> {
    const result = await this.service.close(context, input);
    return result instanceof Poll ? new PollClosed(result) : result;
  }

  @Mutation(() => PollVoteResult, {
    description: 'Votes in a poll, in place of what was chosen before. For ambassadors, until it closes.',
  })
  async pollVote(
    @Ctx() context: RequestContext,
    @Arg('input', () => PollVoteInput) input: PollVoteInput,
  ): Promise<typeof PollVoteResult> {
    const result = await this.service.vote(context, input);
    return result instanceof Poll ? new PollVoteCounted(result) : result;
  }

  @Mutation(() => PollVoteWithdrawResult, {
    description: 'Takes the own vote in a poll back; done again it changes nothing. For ambassadors, until it closes.',
  })
  async pollVoteWithdraw(
    @Ctx() context: RequestContext,
    @Arg('input', () => PollVoteWithdrawInput) input: PollVoteWithdrawInput,
  ): Promise<typeof PollVoteWithdrawResult> {
    const result = await this.service.withdraw(context, input);
    return result instanceof Poll ? new PollVoteWithdrawn(result) : result;
  }

  @FieldResolver(() => [PollOption], { description: 'What to choose from, in order; 2 to 20.' })
  options(@Root() poll: Poll, @Ctx() context: RequestContext): Promise<PollOption[]> {
    return optionsOf.load(context, poll.id);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it takes votes now.' })
  isOpen(@Root() poll: Poll): boolean {
    return this.service.isOpen(poll);
  }

  @FieldResolver(() => Int, { description: 'How many ambassadors voted.' })
  voters(@Root() poll: Poll, @Ctx() context: RequestContext): Promise<number> {
    return votersOf.load(context, poll.id);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the calling ambassador may vote now; false for everybody else.',
  })
  viewerMayVote(@Root() poll: Poll, @Ctx() context: RequestContext): Promise<boolean> {
    return this.service.viewerMayVote(context, poll);
  }

  @FieldResolver(() => [PollOption], {
    description: 'What the calling ambassador chose, in the order of the options; empty for everybody else.',
  })
  async viewerChoices(@Root() poll: Poll, @Ctx() context: RequestContext): Promise<PollOption[]> {
    const { ambassadorId } = context.session;
    if (ambassadorId === null) return [];
    const [options, choices] = await Promise.all([
      optionsOf.load(context, poll.id),
      choicesOf.load(context, { pollId: poll.id, ambassadorId }),
    ]);
    return options.filter((option) => choices.some(({ optionId }) => optionId === option.id));
  }
}

@Resolver(() => PollOption)
export class PollOptionResolver {
  constructor(private readonly service: PollService) {}

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many ambassadors chose it; null as long as the poll does not show its results to the caller.',
  })
  async votes(@Root() option: PollOption, @Ctx() context: RequestContext): Promise<number | null> {
    const poll = await pollById.load(context, option.pollId);
    if (!poll || !(await this.service.seesResults(context, poll))) return null;
    return (await votesOf.load(context, option.pollId)).get(option.id) ?? 0;
  }
}
