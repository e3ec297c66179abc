import { Field, Float, Int, ObjectType } from 'type-graphql';
import { SurveyChannel } from '../../nps/links/survey-link.entity.js';
import { peopleMin } from '../small-groups.js';

@ObjectType({
  description:
    'How many of those whom a survey reached answered it. Fewer than 5 could be told one by one, and are not shown.',
})
export class ResponseShare {
  @Field(() => Int, { description: 'How many invitations went out, as far as anybody knows: none that came back.' })
  readonly invited: number;

  @Field(() => Int, { nullable: true, description: 'How many of them were answered; null of fewer than 5.' })
  readonly answered: number | null;

  @Field(() => Float, { nullable: true, description: 'Answered of invited, 0 to 1; null of fewer than 5.' })
  readonly share: number | null;

  constructor(invited: number, answered: number) {
    const isShown = invited >= peopleMin;
    this.invited = invited;
    this.answered = isShown ? answered : null;
    this.share = isShown ? answered / invited : null;
  }
}

@ObjectType({ description: 'The invitations that went out in one month.' })
export class ResponseMonth extends ResponseShare {
  @Field(() => Date, { description: "When the month begins, in the program's time zone." })
  readonly from: Date;

  constructor(from: Date, invited: number, answered: number) {
    super(invited, answered);
    this.from = from;
  }
}

@ObjectType({ description: 'The invitations by one channel.' })
export class ResponseChannel extends ResponseShare {
  @Field(() => SurveyChannel, { description: 'How the link reached them.' })
  readonly channel: SurveyChannel;

  constructor(channel: SurveyChannel, invited: number, answered: number) {
    super(invited, answered);
    this.channel = channel;
  }
}

@ObjectType({ description: 'How many of those who were invited in a time answered, whenever they did.' })
export class ResponseRate {
  @Field({ description: 'The beginning of the time.' })
  readonly from: Date;

  @Field({ description: 'Its end, itself not included.' })
  readonly to: Date;

  @Field(() => ResponseShare, { description: 'All invitations of the time.' })
  readonly all: ResponseShare;

  @Field(() => [ResponseMonth], { description: 'By the month in which they went out, oldest first, without gaps.' })
  readonly byMonth: readonly ResponseMonth[];

  @Field(() => [ResponseChannel], { description: 'By channel.' })
  readonly byChannel: readonly ResponseChannel[];
}
