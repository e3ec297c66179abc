import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { Program } from '../programs/program.entity.js';
import { PointsBalance, PointsEntry, unitKeyOf, unitOfAccount } from './points.entity.js';
import { PointsService } from './points.service.js';
import { defaultUnitKey, PointsUnit } from './unit.entity.js';
import { PointsUnitSetInput } from './unit.inputs.js';
import { PointsUnitSetResult, PointsUnitStored } from './unit.results.js';
import { UnitService, unitsOfProgram } from './unit.service.js';

@Resolver(() => Program)
export class UnitResolver {
  constructor(private readonly service: UnitService) {}

  @FieldResolver(() => [PointsUnit], { description: 'What the program counts in, the default unit first.' })
  pointsUnits(@Root() program: Program, @Ctx() context: RequestContext): Promise<PointsUnit[]> {
    return unitsOfProgram.load(context, program.id);
  }

  @Mutation(() => PointsUnitSetResult, {
    description: 'Adds a unit to the program, at most 10 in all, or changes one that is there. For admins.',
  })
  async pointsUnitSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => PointsUnitSetInput) input: PointsUnitSetInput,
  ): Promise<typeof PointsUnitSetResult> {
    const result = await this.service.set(context, input);
    return result instanceof PointsUnit ? new PointsUnitStored(result) : result;
  }
}

@Resolver(() => PointsBalance)
export class AmbassadorBalancesResolver {
  @FieldResolver(() => PointsUnit, { description: 'What is counted.' })
  unit(@Root() balance: PointsBalance, @Ctx() context: RequestContext): Promise<PointsUnit> {
    return requireUnit(context, balance.programId, unitKeyOf(balance));
  }
}

@Resolver(() => PointsEntry)
export class PointsEntryUnitResolver {
  @FieldResolver(() => PointsUnit, { description: 'What is counted.' })
  unit(@Root() entry: PointsEntry, @Ctx() context: RequestContext): Promise<PointsUnit> {
    return requireUnit(context, entry.programId, unitOfAccount(entry.account));
  }
}

@Resolver(() => Ambassador)
export class AmbassadorUnitsResolver {
  constructor(private readonly points: PointsService) {}

  @FieldResolver(() => [PointsBalance], {
    description: 'What it has in each unit of the program, the default one first; for the ambassador itself and staff.',
  })
  balances(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<PointsBalance[]> {
    return this.points.balances(context, ambassador);
  }
}

async function requireUnit(context: RequestContext, programId: string, unitKey: string | null): Promise<PointsUnit> {
  const units = await unitsOfProgram.load(context, programId);
  const unit = units.find(({ key }) => key === (unitKey ?? defaultUnitKey));
  if (!unit) throw new Error('Points are counted in a unit that is gone');
  return unit;
}
