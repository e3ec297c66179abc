import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { ErasureGround, ErasureStatus } from './erasure.entity.js';

const cursor = z.string().max(200, 'is not a cursor').nullish();

@Validated(z.object({ contactId: rules.globalId, idempotencyKey: rules.idempotencyKey.nullish() }))
@InputType({ description: 'A person to forget.' })
export class ContactEraseInput {
  @Field(() => ID, { description: 'The contact.' })
  readonly contactId: string;

  @Field(() => ErasureGround, {
    nullable: true,
    description: 'Why; what the person gave when it asked for it, if left out.',
  })
  readonly ground?: ErasureGround | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether to keep a keyed hash of the e-mail address, so that nothing is sent to it again even if it is imported anew. Without it nothing at all is left to know the person by.',
  })
  readonly suppress: boolean = false;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of the caller; the same key again answers with the first result.',
  })
  readonly idempotencyKey?: string | null;
}

@Validated(z.object({ contactId: rules.globalId, after: cursor }))
@InputType({ description: 'A person whose data are to be given out.' })
export class ContactExportInput {
  @Field(() => ID, { description: 'The contact.' })
  readonly contactId: string;

  @Field(() => String, { nullable: true, description: 'Where the last page ended; from the start if left out.' })
  readonly after?: string | null;
}

@Validated(z.object({ suppress: z.boolean() }))
@InputType({ description: 'The wish to be forgotten.' })
export class MeErasureRequestInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether nothing is to be sent to the address again either, for which a keyed hash of it is kept.',
  })
  readonly suppress: boolean = false;
}

@Validated(z.object({ after: cursor }))
@InputType({ description: 'Which page of the own data is wanted.' })
export class MeExportInput {
  @Field(() => String, { nullable: true, description: 'Where the last page ended; from the start if left out.' })
  readonly after?: string | null;
}

@Validated(pageRules)
@ArgsType()
export class ErasuresArgs extends PageArgs {
  @Field(() => ErasureStatus, { nullable: true, description: 'Only those that are this far.' })
  readonly status?: ErasureStatus | null;
}
