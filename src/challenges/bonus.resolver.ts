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
import type { RequestContext } from '../identity/session.js';
import { connectionOf, PageArgs } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { BonusWindow } from './bonus.entity.js';
import { BonusWindowCancelInput, BonusWindowCreateInput } from './bonus.inputs.js';
import { BonusService } from './bonus.service.js';
import { Challenge } from './challenge.entity.js';

@ObjectType({ description: 'A page of bonus windows.' })
export class BonusWindowConnection extends connectionOf(BonusWindow) {}

@ObjectType({ description: 'The bonus window is made.' })
export class BonusWindowCreated {
  @Field(() => BonusWindow, { description: 'The bonus window.' })
  readonly bonusWindow: BonusWindow;

  constructor(bonusWindow: BonusWindow) {
    this.bonusWindow = bonusWindow;
  }
}

@ObjectType({ description: 'The bonus window is called off; what it promised before stays promised.' })
export class BonusWindowCancelled {
  @Field(() => BonusWindow, { description: 'The bonus window as it is now.' })
  readonly bonusWindow: BonusWindow;

  constructor(bonusWindow: BonusWindow) {
    this.bonusWindow = bonusWindow;
  }
}

export const BonusWindowCreateResult = createUnionType({
  name: 'BonusWindowCreateResult',
  description: 'What bonusWindowCreate answers.',
  types: () => [BonusWindowCreated, InputInvalid] as const,
});

export const BonusWindowCancelResult = createUnionType({
  name: 'BonusWindowCancelResult',
  description: 'What bonusWindowCancel answers.',
  types: () => [BonusWindowCancelled, InputInvalid, NotFound] as const,
});

@Resolver(() => Challenge)
export class BonusResolver {
  constructor(private readonly service: BonusService) {}

  @Query(() => BonusWindowConnection, {
    description: 'The times in which challenges pay more: past, present and announced; newest first.',
  })
  async bonusWindows(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<BonusWindowConnection> {
    return new BonusWindowConnection(await this.service.list(context, page));
  }

  @Mutation(() => BonusWindowCreateResult, { description: 'Makes a time in which challenges pay more. For admins.' })
  async bonusWindowCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => BonusWindowCreateInput) input: BonusWindowCreateInput,
  ): Promise<typeof BonusWindowCreateResult> {
    const result = await this.service.create(context, input);
    return result instanceof BonusWindow ? new BonusWindowCreated(result) : result;
  }

  @Mutation(() => BonusWindowCancelResult, { description: 'Calls a bonus window off. For admins.' })
  async bonusWindowCancel(
    @Ctx() context: RequestContext,
    @Arg('input', () => BonusWindowCancelInput) { bonusWindowId }: BonusWindowCancelInput,
  ): Promise<typeof BonusWindowCancelResult> {
    const result = await this.service.cancel(context, bonusWindowId);
    return result instanceof BonusWindow ? new BonusWindowCancelled(result) : result;
  }

  @FieldResolver(() => BonusWindow, {
    nullable: true,
    description: 'The bonus that a submission of now would have; null if none.',
  })
  bonus(@Root() challenge: Challenge, @Ctx() context: RequestContext): Promise<BonusWindow | undefined> {
    return this.service.current(context, challenge);
  }
}
