import { Arg, Ctx, createUnionType, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';

import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { Level } from './level.entity.js';
import { LevelPolicySetInput, LevelsSetInput } from './level.inputs.js';
import { LevelService, levelPolicyOf, levelsOfProgram } from './level.service.js';
import { LevelStanding } from './level.standing.js';
import { LevelPolicy } from './level-policy.entity.js';
import { LevelsReplaced, LevelsSetResult } from './points.results.js';

@ObjectType({ description: 'Levels are lost like this from now on, or not at all.' })
export class LevelPolicyReplaced {
  @Field(() => LevelPolicy, { nullable: true, description: 'What holds now; null: what was reached is never lost.' })
  readonly policy: LevelPolicy | null;

  constructor(policy: LevelPolicy | undefined) {
    this.policy = policy ?? null;
  }
}

export const LevelPolicySetResult = createUnionType({
  name: 'LevelPolicySetResult',
  description: 'What levelPolicySet answers.',
  types: () => [LevelPolicyReplaced, InputInvalid] as const,
});

@Resolver(() => Ambassador)
export class AmbassadorLevelResolver {
  constructor(private readonly service: LevelService) {}

  @FieldResolver(() => Level, {
    description:
      'Its level: by lifetime points or, where levels can be lost, by those of the last months, after a time of grace.',
  })
  async level(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<Level> {
    return (await this.service.standing(context, ambassador)).level;
  }

  @FieldResolver(() => LevelStanding, {
    description: 'Its level with what the next one takes, and until when it is kept. For itself and staff.',
  })
  levelStanding(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<LevelStanding> {
    context.session.require('points.read', { ambassadorId: ambassador.id });
    return this.service.standing(context, ambassador);
  }
}

@Resolver(() => Program)
export class ProgramLevelsResolver {
  constructor(private readonly service: LevelService) {}

  @FieldResolver(() => [Level], { description: 'The levels of the program, lowest first.' })
  levels(@Root() program: Program, @Ctx() context: RequestContext): Promise<Level[]> {
    return levelsOfProgram.load(context, program.id);
  }

  @Mutation(() => LevelsSetResult, { description: 'Replaces the levels of the program. For admins.' })
  async levelsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => LevelsSetInput) input: LevelsSetInput,
  ): Promise<typeof LevelsSetResult> {
    return new LevelsReplaced(await this.service.set(context, input));
  }

  @FieldResolver(() => LevelPolicy, {
    nullable: true,
    description: 'How levels are lost; null: what was reached is never lost.',
  })
  levelPolicy(@Root() program: Program, @Ctx() context: RequestContext): Promise<LevelPolicy | undefined> {
    return levelPolicyOf.load(context, program.id);
  }

  @Mutation(() => LevelPolicySetResult, {
    description: 'Says whether and how levels are lost. Nobody loses one before the grace is over. For admins.',
  })
  async levelPolicySet(
    @Ctx() context: RequestContext,
    @Arg('input', () => LevelPolicySetInput) input: LevelPolicySetInput,
  ): Promise<typeof LevelPolicySetResult> {
    return new LevelPolicyReplaced(await this.service.setPolicy(context, input));
  }
}
