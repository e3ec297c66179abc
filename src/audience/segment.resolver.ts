import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Segment } from './segment.entity.js';
import { AudienceSizeArgs, SegmentCreateInput, SegmentUpdateInput } from './segment.inputs.js';
import {
  AudienceSize,
  ContactConnection,
  SegmentConnection,
  SegmentCreated,
  SegmentCreateResult,
  SegmentUpdated,
  SegmentUpdateResult,
} from './segment.results.js';
import { SegmentService } from './segment.service.js';

@Resolver(() => Segment)
export class SegmentResolver {
  constructor(private readonly service: SegmentService) {}

  @Query(() => SegmentConnection, { description: 'The segments of the program, by their keys. For staff.' })
  async segments(@Ctx() context: RequestContext, @Args(() => PageArgs) page: PageArgs): Promise<SegmentConnection> {
    return new SegmentConnection(await this.service.list(context, page));
  }

  @Query(() => AudienceSize, {
    description: 'How many a rule means, before it is saved or a challenge is meant for them. For staff.',
  })
  audienceSize(
    @Ctx() context: RequestContext,
    @Args(() => AudienceSizeArgs) { rule }: AudienceSizeArgs,
  ): Promise<AudienceSize> {
    return this.service.size(context, rule);
  }

  @Mutation(() => SegmentCreateResult, { description: 'Saves a segment of the contacts by a rule. For admins.' })
  async segmentCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => SegmentCreateInput) input: SegmentCreateInput,
  ): Promise<typeof SegmentCreateResult> {
    const result = await this.service.create(context, input);
    return result instanceof Segment ? new SegmentCreated(result) : result;
  }

  @Mutation(() => SegmentUpdateResult, {
    description: 'Changes a segment; challenges that are meant for it follow at once. For admins.',
  })
  async segmentUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => SegmentUpdateInput) input: SegmentUpdateInput,
  ): Promise<typeof SegmentUpdateResult> {
    const result = await this.service.update(context, input);
    return result instanceof Segment ? new SegmentUpdated(result) : result;
  }

  @FieldResolver(() => AudienceSize, { description: 'How many are in it now.' })
  size(@Root() segment: Segment, @Ctx() context: RequestContext): Promise<AudienceSize> {
    return this.service.sizeOfSegment(context, segment);
  }

  @FieldResolver(() => ContactConnection, { description: 'Who is in it now, those who came last first.' })
  async contacts(
    @Root() segment: Segment,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ContactConnection> {
    return new ContactConnection(await this.service.contacts(context, segment, page));
  }
}
