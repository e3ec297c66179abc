import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../../platform/graphql/input.js';

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, 'must not be longer than 253 characters')
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    'must be a domain, as in reviews.example.com',
  );

@Validated(
  z.object({
    key: rules.key,
    name: rules.line(100),
    domains: z.array(domain).min(1, 'must not be empty').max(50, 'must not hold more than 50 domains'),
  }),
)
@InputType({ description: 'A platform on which reviews of the program are written.' })
export class ReviewPlatformSetInput {
  @Field({
    description: 'Its name for programs, as in our-forum. That of a platform that everybody knows replaces it here.',
  })
  readonly key: string;

  @Field({ description: 'Its name for people, at most 100 characters.' })
  readonly name: string;

  @Field(() => [String], {
    description: 'The domains on which its reviews stand, 1 to 50, as in forum.example.com; subdomains belong to them.',
  })
  readonly domains: string[];
}

@Validated(z.object({ key: rules.key }))
@InputType({ description: "A platform of the program's own to forget." })
export class ReviewPlatformRemoveInput {
  @Field({ description: 'Its name for programs.' })
  readonly key: string;
}
