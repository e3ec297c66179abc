import { graphqlEnum } from '../platform/graphql/enums.js';

export const Role = graphqlEnum('Role', 'What a caller is to the program.', {
  ANONYMOUS: 'Nobody in particular: no token was given.',
  RESPONDENT: 'The holder of a signed survey link.',
  AMBASSADOR: 'A contact who joined the program.',
  INTEGRATION: "A server of the program's owner, with an API key.",
  ANALYST: 'Staff who read the numbers.',
  MODERATOR: 'Staff who decide on submissions and help ambassadors.',
  ADMIN: 'Staff who run the program.',
});
export type Role = keyof typeof Role;
