import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Locale, type MessageKey, message } from '../platform/graphql/messages.js';

/** Errors that are meant for the caller; every other one is a bug or an outage. */
const spokenCodes: Readonly<Record<string, MessageKey>> = {
  UNAUTHENTICATED: 'error.unauthenticated',
  FORBIDDEN: 'error.forbidden',
};

/** Whether an error was made for the caller to read: by GraphQL itself, or with a code of ours. */
export function isForCaller(error: unknown): boolean {
  const original = unwrapResolverError(error);
  return original instanceof GraphQLError && original.extensions.code !== 'INTERNAL_SERVER_ERROR';
}

/** What the caller gets of an error: a code, a sentence in its language, the request id; never a stack or SQL. */
export function presentError(
  formatted: GraphQLFormattedError,
  error: unknown,
  request: { readonly requestId: string; readonly locale: Locale },
): GraphQLFormattedError {
  const { requestId, locale } = request;
  const place = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  if (!isForCaller(error)) {
    return { message: message(locale, 'error.internal'), ...place, extensions: { code: 'INTERNAL', requestId } };
  }
  const { stacktrace: _, code, ...extensions } = formatted.extensions ?? {};
  const spoken = spokenCodes[String(code)];
  return {
    message: spoken ? message(locale, spoken) : formatted.message,
    ...place,
    extensions: { ...extensions, code, requestId },
  };
}
