import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { PointsTransferInput } from './gift.inputs.js';
import { PointsTransferResult } from './gift.results.js';
import { GiftService } from './gift.service.js';

@Resolver()
export class GiftResolver {
  constructor(private readonly gifts: GiftService) {}

  @Mutation(() => PointsTransferResult, {
    description:
      'Gives points of the calling ambassador to another, where the program lets them. They count as earned for neither, and keep their age.',
  })
  pointsTransfer(
    @Ctx() context: RequestContext,
    @Arg('input', () => PointsTransferInput) input: PointsTransferInput,
  ): Promise<typeof PointsTransferResult> {
    return this.gifts.transfer(context, input);
  }
}
