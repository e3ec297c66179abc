import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { Program } from '../programs/program.entity.js';
import { PointsExpiryTerms } from './expiry.entity.js';
import { ExpiringPointsArgs, ExpiryPreviewArgs, PointsExpirySetInput } from './expiry.inputs.js';
import {
  AmbassadorExpiry,
  ExpiringPoints,
  ExpiryPreview,
  PointsExpiryPlanned,
  PointsExpirySetResult,
} from './expiry.results.js';
import { ExpiryService, termsOfProgram } from './expiry.service.js';

@Resolver()
export class ExpiryResolver {
  constructor(private readonly service: ExpiryService) {}

  @Mutation(() => PointsExpirySetResult, {
    description:
      'Lays down when points expire, from a day on; terms that have not come into force yet give way. For admins.',
  })
  async pointsExpirySet(
    @Ctx() context: RequestContext,
    @Arg('input', () => PointsExpirySetInput) input: PointsExpirySetInput,
  ): Promise<typeof PointsExpirySetResult> {
    const result = await this.service.set(context, input);
    return result instanceof PointsExpiryTerms ? new PointsExpiryPlanned(result) : result;
  }

  @Query(() => ExpiryPreview, {
    description:
      'Who will lose how many points until a moment: under the terms as they are, or under others. For staff.',
  })
  pointsExpiryPreview(
    @Ctx() context: RequestContext,
    @Args(() => ExpiryPreviewArgs) args: ExpiryPreviewArgs,
  ): Promise<ExpiryPreview> {
    return this.service.preview(context, args);
  }
}

@Resolver(() => AmbassadorExpiry)
export class AmbassadorExpiryResolver {
  @FieldResolver(() => Ambassador, { description: 'Who would lose them.' })
  ambassador(@Root() expiry: AmbassadorExpiry, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, expiry.ambassadorId);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorExpiringResolver {
  constructor(private readonly service: ExpiryService) {}

  @FieldResolver(() => [ExpiringPoints], {
    description:
      'What of its points expires until a moment, soonest first, at most 100 moments; for the ambassador itself and staff.',
  })
  expiringPoints(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => ExpiringPointsArgs) args: ExpiringPointsArgs,
  ): Promise<ExpiringPoints[]> {
    return this.service.expiring(context, ambassador, args);
  }
}

@Resolver(() => Program)
export class ProgramExpiryResolver {
  @FieldResolver(() => [PointsExpiryTerms], {
    description: 'When points expire: the terms of every unit, those that came or will come last first.',
  })
  pointsExpiry(@Root() program: Program, @Ctx() context: RequestContext): Promise<PointsExpiryTerms[]> {
    return termsOfProgram.load(context, program.id);
  }
}
