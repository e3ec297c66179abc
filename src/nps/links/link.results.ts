import { createUnionType, Field, ObjectType } from 'type-graphql';
import { IdempotencyKeyReused, InputInvalid, NotFound, SecretKeyMissing } from '../../platform/graphql/problem.js';
import { SurveyLink } from './survey-link.entity.js';

@ObjectType({ description: 'The link is made. Give it to nobody but whoever is asked: who has it answers.' })
export class SurveyLinkCreated {
  @Field(() => SurveyLink, { description: 'The link.' })
  readonly link: SurveyLink;

  @Field({ description: 'The address of the survey page. Add ?score=9 to have a score chosen when it opens.' })
  readonly url: string;

  @Field({ description: 'What stands at the end of the address; for pages of your own, see surveyByToken.' })
  readonly token: string;

  constructor(link: SurveyLink, { url, token }: { readonly url: string; readonly token: string }) {
    this.link = link;
    this.url = url;
    this.token = token;
  }
}

export const SurveyLinkCreateResult = createUnionType({
  name: 'SurveyLinkCreateResult',
  description: 'What surveyLinkCreate answers.',
  types: () => [SurveyLinkCreated, InputInvalid, IdempotencyKeyReused, SecretKeyMissing, NotFound] as const,
});
