import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Challenge } from '../challenges/challenge.entity.js';
import { requireChallenge } from '../challenges/challenge.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { SurveyAnswered } from '../nps/answering/answering.results.js';
import { NpsResponseRecorded } from '../nps/response.results.js';
import { message } from '../platform/graphql/messages.js';
import { Ask } from './ask.entity.js';
import { askOfResponse } from './ask.loaders.js';

@Resolver(() => NpsResponseRecorded)
export class ResponseAskResolver {
  @FieldResolver(() => Ask, {
    nullable: true,
    description:
      "What to show the respondent now; null below the program's askFromScore. The same answer again is met with the same ask.",
  })
  ask(@Root() { response }: NpsResponseRecorded, @Ctx() context: RequestContext): Promise<Ask | undefined> {
    return askOfResponse.load(context, response.id);
  }
}

@Resolver(() => SurveyAnswered)
export class AnsweredAskResolver {
  @FieldResolver(() => Ask, {
    nullable: true,
    description:
      "What to ask for at the end; null below the program's askFromScore, and of an anonymous survey, which knows nobody to ask.",
  })
  ask(@Root() { given }: SurveyAnswered, @Ctx() context: RequestContext): Promise<Ask | undefined> | undefined {
    return given.response ? askOfResponse.load(context, given.response.id) : undefined;
  }
}

@Resolver(() => Ask)
export class AskResolver {
  @FieldResolver(() => Challenge, {
    nullable: true,
    description:
      'What is asked for: the best challenge open to them, never the same twice in a row. Null where there is none.',
  })
  challenge(@Root() { challengeId }: Ask, @Ctx() context: RequestContext): Promise<Challenge | undefined> | undefined {
    return challengeId === null ? undefined : requireChallenge(context, challengeId);
  }

  @FieldResolver(() => String, {
    description: 'The ask in words, in the language of the caller. Who has not joined yet is invited to.',
  })
  async text(@Root() { ambassadorId, challengeId }: Ask, @Ctx() context: RequestContext): Promise<string> {
    const { locale } = context;
    if (challengeId === null) return message(locale, ambassadorId === null ? 'ask.join' : 'ask.thanks');
    const { title } = await requireChallenge(context, challengeId);
    return message(locale, ambassadorId === null ? 'ask.joinAndDo' : 'ask.do', { title });
  }
}
