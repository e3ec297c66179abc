import { Arg, Ctx, createUnionType, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { FatigueBudget } from './budget.entity.js';
import { FatigueBudgetSetInput } from './budget.inputs.js';
import type { BudgetService } from './budget.service.js';

@ObjectType({ description: 'People are asked as often as this from now on.' })
export class FatigueBudgetReplaced {
  @Field(() => FatigueBudget, { description: 'The budget as it is now.' })
  readonly budget: FatigueBudget;

  constructor(budget: FatigueBudget) {
    this.budget = budget;
  }
}

export const FatigueBudgetSetResult = createUnionType({
  name: 'FatigueBudgetSetResult',
  description: 'What fatigueBudgetSet answers.',
  types: () => [FatigueBudgetReplaced, InputInvalid] as const,
});

@Resolver()
export class BudgetResolver {
  constructor(private readonly service: BudgetService) {}

  @Query(() => FatigueBudget, { description: 'How often the program asks one person for something. For staff.' })
  fatigueBudget(@Ctx() context: RequestContext): Promise<FatigueBudget> {
    return this.service.show(context);
  }

  @Mutation(() => FatigueBudgetSetResult, {
    description: 'Changes how often one person is asked; done again it changes nothing. For admins.',
  })
  async fatigueBudgetSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => FatigueBudgetSetInput) input: FatigueBudgetSetInput,
  ): Promise<typeof FatigueBudgetSetResult> {
    return new FatigueBudgetReplaced(await this.service.set(context, input));
  }
}
