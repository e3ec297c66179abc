import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { Program } from '../programs/program.entity.js';
import { Level } from './level.entity.js';
import { LevelsSetInput } from './level.inputs.js';
import { LevelService, levelAt, levelsOfProgram } from './level.service.js';
import { LevelsReplaced, LevelsSetResult } from './points.results.js';
import { requireBalance } from './points.service.js';

@Resolver(() => Ambassador)
export class AmbassadorLevelResolver {
  @FieldResolver(() => Level, { description: 'The level that its lifetime points reach.' })
  async level(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<Level> {
    const [balance, levels] = await Promise.all([
      requireBalance(context, ambassador.id),
      levelsOfProgram.load(context, ambassador.programId),
    ]);
    return levelAt(levels, balance.lifetime);
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
}
