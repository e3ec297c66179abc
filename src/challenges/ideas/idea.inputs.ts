import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../../platform/graphql/connection.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { IdeaStatus } from './idea.entity.js';

export const IdeaOrder = graphqlEnum('IdeaOrder', 'In which order ideas are listed.', {
  MOST_VOTED: 'Most votes first; of equal ones the newest.',
  NEWEST: 'Newest first.',
});
export type IdeaOrder = keyof typeof IdeaOrder;

@Validated(
  z.object({
    submissionId: rules.globalId,
    status: z.enum(IdeaStatus).nullish(),
    reply: rules.text(5_000).nullish(),
  }),
)
@InputType({ description: 'What becomes of an idea; what is left out stays as it is.' })
export class IdeaUpdateInput {
  @Field(() => ID, { description: 'The submission that holds the idea.' })
  readonly submissionId: string;

  @Field(() => IdeaStatus, { nullable: true, description: 'What becomes of it.' })
  readonly status?: IdeaStatus | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the program says to it, for everybody who sees the idea; at most 5,000 characters. Null or nothing takes it back.',
  })
  readonly reply?: string | null;
}

@Validated(pageRules)
@ArgsType()
export class IdeasArgs extends PageArgs {
  @Field(() => IdeaStatus, { nullable: true, description: 'Only those that stand there.' })
  readonly status?: IdeaStatus | null;

  @Field(() => ID, { nullable: true, description: 'Only those that were submitted to this challenge.' })
  readonly challengeId?: string | null;

  @Field(() => IdeaOrder, { defaultValue: IdeaOrder.MOST_VOTED, description: 'In which order.' })
  readonly orderBy: IdeaOrder = IdeaOrder.MOST_VOTED;
}
