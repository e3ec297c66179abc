import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { RewardChanges } from './reward-change.js';
import { RewardChangeArgs, SimulationInput } from './simulation.inputs.js';
import { RewardChangePreview, Simulation } from './simulation.results.js';
import { SimulationService } from './simulation.service.js';

@Resolver()
export class SimulationResolver {
  constructor(
    private readonly simulations: SimulationService,
    private readonly rewardChanges: RewardChanges,
  ) {}

  @Query(() => Simulation, {
    nullable: true,
    description:
      'What a submission, a purchase, a gift or an adjustment would earn or cost if it was done now, by the very rules that would do it. Nothing is written and nobody is told. Null where the caller may not see the ambassador; an ambassador asks for itself.',
  })
  simulate(
    @Ctx() context: RequestContext,
    @Arg('input', () => SimulationInput, { description: 'What might be done.' }) input: SimulationInput,
  ): Promise<Simulation | null> {
    return this.simulations.simulate(context, input);
  }

  @Query(() => RewardChangePreview, {
    nullable: true,
    description:
      'What another reward of a challenge would have cost over a time that has passed, had everybody done the same; budgets, bonuses, stages and draws are not played again. For staff.',
  })
  rewardChangePreview(
    @Ctx() context: RequestContext,
    @Args(() => RewardChangeArgs) args: RewardChangeArgs,
  ): Promise<RewardChangePreview | null> {
    return this.rewardChanges.preview(context, args);
  }
}
