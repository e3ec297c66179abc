import {
  Arg,
  Args,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../../identity/session.js';
import { connectionOf } from '../../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { Challenge } from '../challenge.entity.js';
import { requireChallenge } from '../challenge.loaders.js';
import { ChallengeNotEligible } from '../challenge.refusals.js';
import { ChallengeClosed } from '../submission.results.js';
import { Seat, SeatCount } from './seat.entity.js';
import { SeatReleaseInput, SeatRequestInput, SeatsArgs, SeatVacateInput } from './seat.inputs.js';
import { positionOf, seatCountOf, seatOf } from './seat.loaders.js';
import { SeatService } from './seat.service.js';

@ObjectType({ description: 'A page of seats.' })
export class SeatConnection extends connectionOf(Seat) {}

@ObjectType({ description: 'The ambassador takes part, or stands in line; its status says which.' })
export class SeatRequested {
  @Field(() => Seat, { description: 'The seat, or the place in the line.' })
  readonly seat: Seat;

  constructor(seat: Seat) {
    this.seat = seat;
  }
}

@ObjectType({ description: 'The ambassador takes part no more, nor stands in line. The next one has moved up.' })
export class SeatReleased {
  @Field(() => Challenge, { description: 'The challenge.' })
  readonly challenge: Challenge;

  constructor(challenge: Challenge) {
    this.challenge = challenge;
  }
}

export const SeatRequestResult = createUnionType({
  name: 'SeatRequestResult',
  description: 'What seatRequest answers.',
  types: () => [SeatRequested, ChallengeClosed, ChallengeNotEligible, InputInvalid, NotFound] as const,
});

export const SeatReleaseResult = createUnionType({
  name: 'SeatReleaseResult',
  description: 'What seatRelease answers.',
  types: () => [SeatReleased, InputInvalid, NotFound] as const,
});

export const SeatVacateResult = createUnionType({
  name: 'SeatVacateResult',
  description: 'What seatVacate answers.',
  types: () => [SeatReleased, InputInvalid, NotFound] as const,
});

@Resolver(() => Seat)
export class SeatResolver {
  constructor(private readonly service: SeatService) {}

  @Mutation(() => SeatRequestResult, {
    description:
      'Asks for a seat in a beta programme: it is taken at once, or the caller stands in line and moves up when it is their turn. Asking again answers with the same. For ambassadors.',
  })
  async seatRequest(
    @Ctx() context: RequestContext,
    @Arg('input', () => SeatRequestInput) input: SeatRequestInput,
  ): Promise<typeof SeatRequestResult> {
    const result = await this.service.request(context, input);
    return result instanceof Seat ? new SeatRequested(result) : result;
  }

  @Mutation(() => SeatReleaseResult, {
    description:
      'Gives up the own seat, or place in the line; who stands first in line moves up. Done again it changes nothing. For ambassadors.',
  })
  async seatRelease(
    @Ctx() context: RequestContext,
    @Arg('input', () => SeatReleaseInput) input: SeatReleaseInput,
  ): Promise<typeof SeatReleaseResult> {
    const result = await this.service.release(context, input);
    return result instanceof Challenge ? new SeatReleased(result) : result;
  }

  @Mutation(() => SeatVacateResult, {
    description:
      "Frees somebody's seat, or place in the line; who stands first in line moves up. For moderators and admins.",
  })
  async seatVacate(
    @Ctx() context: RequestContext,
    @Arg('input', () => SeatVacateInput) input: SeatVacateInput,
  ): Promise<typeof SeatVacateResult> {
    const result = await this.service.vacate(context, input);
    return result instanceof Challenge ? new SeatReleased(result) : result;
  }

  @FieldResolver(() => Challenge, { description: 'The beta programme.' })
  challenge(@Root() seat: Seat, @Ctx() context: RequestContext): Promise<Challenge> {
    return requireChallenge(context, seat.challengeId);
  }

  @FieldResolver(() => Ambassador, { description: 'Whose it is.' })
  ambassador(@Root() seat: Seat, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, seat.ambassadorId);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'The place in the line, 1 is next; null for who takes part.',
  })
  position(@Root() seat: Seat, @Ctx() context: RequestContext): Promise<number | null> {
    return positionOf.load(context, seat.id);
  }
}

@Resolver(() => Challenge)
export class ChallengeSeatsResolver {
  constructor(private readonly service: SeatService) {}

  @FieldResolver(() => SeatCount, {
    nullable: true,
    description: 'Of BETA_PROGRAM: its seats; null for other kinds, and where any number can take part.',
  })
  async seatCount(@Root() challenge: Challenge, @Ctx() context: RequestContext): Promise<SeatCount | null> {
    if (challenge.seats === null) return null;
    return { ...(await seatCountOf.load(context, challenge.id)), total: challenge.seats };
  }

  @FieldResolver(() => Seat, {
    nullable: true,
    description: "The calling ambassador's seat, or place in the line; null where it did not ask, and for all others.",
  })
  async viewerSeat(@Root() challenge: Challenge, @Ctx() context: RequestContext): Promise<Seat | undefined> {
    const { ambassadorId } = context.session;
    if (ambassadorId === null || challenge.kind !== 'BETA_PROGRAM') return undefined;
    return seatOf.load(context, { challengeId: challenge.id, ambassadorId });
  }

  @FieldResolver(() => SeatConnection, {
    description: 'Who takes part in the beta programme and who waits, in the order in which they asked. For staff.',
  })
  async seats(
    @Root() challenge: Challenge,
    @Ctx() context: RequestContext,
    @Args(() => SeatsArgs) args: SeatsArgs,
  ): Promise<SeatConnection> {
    return new SeatConnection(await this.service.list(context, challenge, args));
  }
}
