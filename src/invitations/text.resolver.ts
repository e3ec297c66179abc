import { Arg, Ctx, createUnionType, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { InvitationText } from './invitation-text.js';
import { InvitationTextSetInput } from './text.inputs.js';
import type { InvitationTexts } from './text.service.js';

@ObjectType({ description: 'The words are replaced, or the built-in ones are back.' })
export class InvitationTextReplaced {
  @Field(() => InvitationText, { description: 'In which words people of that language are asked from now on.' })
  readonly text: InvitationText;

  constructor(text: InvitationText) {
    this.text = text;
  }
}

export const InvitationTextSetResult = createUnionType({
  name: 'InvitationTextSetResult',
  description: 'What invitationTextSet answers.',
  types: () => [InvitationTextReplaced, InputInvalid] as const,
});

@Resolver()
export class InvitationTextResolver {
  constructor(private readonly texts: InvitationTexts) {}

  @Query(() => [InvitationText], {
    description: "In which words people are asked by mail: the program's own, and the built-in ones. For staff.",
  })
  invitationTexts(@Ctx() context: RequestContext): Promise<InvitationText[]> {
    return this.texts.list(context);
  }

  @Mutation(() => InvitationTextSetResult, {
    description: 'Replaces the words in which people of a language are asked by mail. For admins.',
  })
  async invitationTextSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => InvitationTextSetInput) input: InvitationTextSetInput,
  ): Promise<typeof InvitationTextSetResult> {
    const result = await this.texts.set(context, input);
    return result instanceof InvitationText ? new InvitationTextReplaced(result) : result;
  }
}
