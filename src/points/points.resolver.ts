import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { PointsBalance, PointsEntry, PointsEntryKind } from './points.entity.js';
import { PointsAdjustInput, PointsEntriesArgs, PointsReverseInput } from './points.inputs.js';
import { entryOfTransfer, transferById } from './points.loaders.js';
import { PointsAdjustResult, PointsEntryConnection, PointsReverseResult } from './points.results.js';
import { PointsService } from './points.service.js';
import { PointsStatement, StatementArgs } from './statement.js';

@Resolver()
export class PointsResolver {
  constructor(private readonly points: PointsService) {}

  @Mutation(() => PointsAdjustResult, {
    description: 'Gives or takes points by hand. For admins and servers of the program.',
  })
  pointsAdjust(
    @Ctx() context: RequestContext,
    @Arg('input', () => PointsAdjustInput) input: PointsAdjustInput,
  ): Promise<typeof PointsAdjustResult> {
    return this.points.adjust(context, input);
  }

  @Mutation(() => PointsReverseResult, {
    description: 'Undoes an award or an adjustment, whole or in part. What was spent already becomes a debt.',
  })
  pointsReverse(
    @Ctx() context: RequestContext,
    @Arg('input', () => PointsReverseInput) input: PointsReverseInput,
  ): Promise<typeof PointsReverseResult> {
    return this.points.reverse(context, input);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorPointsResolver {
  constructor(private readonly service: PointsService) {}

  @FieldResolver(() => PointsBalance, { description: 'The points it has; for the ambassador itself and staff.' })
  points(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<PointsBalance> {
    return this.service.balance(context, ambassador);
  }

  @FieldResolver(() => PointsEntryConnection, {
    description: 'The lines of its account, newest first; for the ambassador itself and staff.',
  })
  async pointsEntries(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PointsEntriesArgs) args: PointsEntriesArgs,
  ): Promise<PointsEntryConnection> {
    return new PointsEntryConnection(await this.service.entries(context, ambassador, args));
  }

  @FieldResolver(() => PointsStatement, {
    description: 'What it had at one moment and another, and what came and went between; for itself and staff.',
  })
  statement(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => StatementArgs) args: StatementArgs,
  ): Promise<PointsStatement> {
    return this.service.statement(context, ambassador, args);
  }
}

@Resolver(() => PointsEntry)
export class PointsEntryResolver {
  @FieldResolver(() => PointsEntryKind, { description: 'Why the points moved.' })
  async kind(@Root() entry: PointsEntry, @Ctx() context: RequestContext): Promise<PointsEntryKind> {
    return (await requireTransfer(context, entry)).kind;
  }

  @FieldResolver(() => String, { description: 'What for, in words.' })
  async reason(@Root() entry: PointsEntry, @Ctx() context: RequestContext): Promise<string> {
    return (await requireTransfer(context, entry)).reason;
  }

  @FieldResolver(() => PointsEntry, {
    nullable: true,
    description: 'The entry that this one undoes; null for all others.',
  })
  async reverses(@Root() entry: PointsEntry, @Ctx() context: RequestContext): Promise<PointsEntry | undefined> {
    const { reversesId } = await requireTransfer(context, entry);
    return reversesId === null ? undefined : entryOfTransfer.load(context, reversesId);
  }
}

async function requireTransfer(context: RequestContext, entry: PointsEntry) {
  const transfer = await transferById.load(context, entry.transferId);
  if (!transfer) throw new Error('An entry has no transfer');
  return transfer;
}
