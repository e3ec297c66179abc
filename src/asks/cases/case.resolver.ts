import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Contact } from '../../contacts/contact.entity.js';
import { contactById } from '../../contacts/contact.loaders.js';
import type { RequestContext } from '../../identity/session.js';
import { responseById } from '../../nps/nps.loaders.js';
import { NpsResponse } from '../../nps/response.entity.js';
import { Case, CaseEntry } from './case.entity.js';
import {
  CaseAssignInput,
  CaseNoteInput,
  CaseReopenInput,
  CaseResolveInput,
  CasesArgs,
  CaseTermsSetInput,
} from './case.inputs.js';
import { caseOfResponse, historyOf, nextResponseOf } from './case.loaders.js';
import {
  CaseAssigned,
  CaseAssignResult,
  CaseConnection,
  CaseNoted,
  CaseNoteResult,
  CaseReopened,
  CaseReopenResult,
  CaseResolved,
  CaseResolveResult,
  CaseTermsReplaced,
  CaseTermsSetResult,
} from './case.results.js';
import type { CaseService } from './case.service.js';
import { CaseTerms, caseTermsOf } from './case.terms.js';
import type { CaseTermsService } from './case.terms.service.js';

@Resolver(() => CaseTerms)
export class CaseTermsResolver {
  constructor(private readonly service: CaseTermsService) {}

  @Query(() => CaseTerms, { description: 'How the program follows up its detractors. For staff and servers.' })
  async caseTerms(@Ctx() context: RequestContext): Promise<CaseTerms> {
    return caseTermsOf(await this.service.current(context));
  }

  @Mutation(() => CaseTermsSetResult, {
    description: 'Says how detractors are followed up: by whom, and within which time. For admins.',
  })
  async caseTermsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => CaseTermsSetInput) input: CaseTermsSetInput,
  ): Promise<typeof CaseTermsSetResult> {
    return new CaseTermsReplaced(caseTermsOf(await this.service.set(context, input)));
  }
}

@Resolver(() => NpsResponse)
export class ResponseCaseResolver {
  @FieldResolver(() => Case, {
    nullable: true,
    description: 'The case that it opened, where a detractor gave it. For staff and servers; null for others.',
  })
  async case(@Root() { id }: NpsResponse, @Ctx() context: RequestContext): Promise<Case | undefined> {
    return context.session.may('case.read') ? caseOfResponse.load(context, id) : undefined;
  }
}

@Resolver(() => Case)
export class CaseResolver {
  constructor(private readonly service: CaseService) {}

  @Query(() => CaseConnection, {
    description: 'The detractors to get in touch with, what is due first first. For staff and servers.',
  })
  async cases(@Ctx() context: RequestContext, @Args(() => CasesArgs) args: CasesArgs): Promise<CaseConnection> {
    return new CaseConnection(await this.service.list(context, args));
  }

  @Mutation(() => CaseAssignResult, {
    description: 'Gives an open case to somebody, or takes it from whoever has it. For moderators, admins and servers.',
  })
  async caseAssign(
    @Ctx() context: RequestContext,
    @Arg('input', () => CaseAssignInput) input: CaseAssignInput,
  ): Promise<typeof CaseAssignResult> {
    const result = await this.service.assign(context, input);
    return result instanceof Case ? new CaseAssigned(result) : result;
  }

  @Mutation(() => CaseNoteResult, {
    description: 'Writes down what was said or done. For moderators, admins and servers.',
  })
  async caseNote(
    @Ctx() context: RequestContext,
    @Arg('input', () => CaseNoteInput) input: CaseNoteInput,
  ): Promise<typeof CaseNoteResult> {
    const result = await this.service.note(context, input);
    return result instanceof Case ? new CaseNoted(result) : result;
  }

  @Mutation(() => CaseResolveResult, {
    description: 'Ends a case; with the same outcome again it changes nothing. For moderators, admins and servers.',
  })
  async caseResolve(
    @Ctx() context: RequestContext,
    @Arg('input', () => CaseResolveInput) input: CaseResolveInput,
  ): Promise<typeof CaseResolveResult> {
    const result = await this.service.resolve(context, input);
    return result instanceof Case ? new CaseResolved(result) : result;
  }

  @Mutation(() => CaseReopenResult, {
    description:
      'Lets a resolved case go on, due anew; an open one stays as it is. For moderators, admins and servers.',
  })
  async caseReopen(
    @Ctx() context: RequestContext,
    @Arg('input', () => CaseReopenInput) input: CaseReopenInput,
  ): Promise<typeof CaseReopenResult> {
    const result = await this.service.reopen(context, input);
    return result instanceof Case ? new CaseReopened(result) : result;
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is open and past its time.' })
  isOverdue(@Root() root: Case): boolean {
    return this.service.isOverdue(root);
  }

  @FieldResolver(() => NpsResponse, { nullable: true, description: 'The answer that it is about.' })
  response(@Root() { responseId }: Case, @Ctx() context: RequestContext): Promise<NpsResponse | undefined> {
    return responseById.load(context, responseId);
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'Whom to get in touch with.' })
  contact(@Root() { contactId }: Case, @Ctx() context: RequestContext): Promise<Contact | undefined> {
    return contactById.load(context, contactId);
  }

  @FieldResolver(() => [CaseEntry], {
    description: 'What happened to it, the first step first; at most 200, and how it ended.',
  })
  history(@Root() { id }: Case, @Ctx() context: RequestContext): Promise<CaseEntry[]> {
    return historyOf.load(context, id);
  }

  @FieldResolver(() => NpsResponse, {
    nullable: true,
    description: 'What they answered the next time to the same survey; null while they have not.',
  })
  nextResponse(@Root() { responseId }: Case, @Ctx() context: RequestContext): Promise<NpsResponse | undefined> {
    return nextResponseOf.load(context, responseId);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'By how much the next answer is higher, negative where it is lower; null while there is none.',
  })
  async scoreChange(@Root() { responseId }: Case, @Ctx() context: RequestContext): Promise<number | undefined> {
    const [before, next] = await Promise.all([
      responseById.load(context, responseId),
      nextResponseOf.load(context, responseId),
    ]);
    return before && next ? next.score - before.score : undefined;
  }
}
