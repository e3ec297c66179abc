import { Field, Float, Int, ObjectType } from 'type-graphql';

/** Where the numbers come from that every program starts with. */
export const reachSource =
  'TARP, Consumer Complaint Handling in America: An Update Study (White House Office of Consumer Affairs, 1986)';

@ObjectType({
  description:
    'How many people hear from detractors, roughly: how many detractors there are, by the last answer of everybody, times how many people one is thought to tell. An estimate: who told whom is not known.',
})
export class DetractorReach {
  @Field({ description: 'Answers at this moment or later are counted.' })
  readonly from: Date;

  @Field({ description: 'Answers before this moment are counted.' })
  readonly to: Date;

  @Field(() => Int, {
    description: 'How many people answered any survey in this time; of anonymous answers each is somebody.',
  })
  readonly respondents: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of them were detractors when they answered last; null where fewer than 5 answered.',
  })
  readonly detractors: number | null;

  @Field(() => Float, { description: 'How many people one tells, by insightTerms.' })
  readonly tells: number;

  @Field(() => Float, { nullable: true, description: 'How many people hear from them: detractors × tells.' })
  readonly reach: number | null;

  @Field(() => Float, { nullable: true, description: 'At the least: by detractorTellsLow of insightTerms.' })
  readonly reachLow: number | null;

  @Field(() => Float, { nullable: true, description: 'At the most: by detractorTellsHigh of insightTerms.' })
  readonly reachHigh: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the number of people comes from; null where the program laid down its own.',
  })
  readonly source: string | null;
}
