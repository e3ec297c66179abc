import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { SurveyLinkCreateInput } from './link.inputs.js';
import { SurveyLinkCreateResult } from './link.results.js';
import { LinkService } from './link.service.js';

@Resolver()
export class SurveyLinkResolver {
  constructor(private readonly links: LinkService) {}

  @Mutation(() => SurveyLinkCreateResult, {
    description:
      'Makes a link that one survey is answered by, once, to hand it out in your own way. For moderators, admins and servers.',
  })
  surveyLinkCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => SurveyLinkCreateInput) input: SurveyLinkCreateInput,
  ): Promise<typeof SurveyLinkCreateResult> {
    return this.links.create(context, input);
  }
}
