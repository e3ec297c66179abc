import type { RequestContext } from '../identity/session.js';
import { message } from '../platform/graphql/messages.js';
import type { Ambassador } from './ambassador.entity.js';

/**
 * The name under which the caller sees an ambassador: a neutral text for who was erased, and where the profile is private
 * and the caller is neither that person nor the staff. Whatever shows a name to a caller gets it here.
 */
export function nameShown(context: RequestContext, ambassador: Ambassador): string {
  if (ambassador.erasedAt !== null) return message(context.locale, 'ambassador.erased');
  const hidden = ambassador.isPrivate() && !context.session.may('ambassador.readName', ambassador);
  return hidden ? message(context.locale, 'ambassador.private') : ambassador.displayName;
}
