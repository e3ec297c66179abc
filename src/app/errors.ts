import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { BaseContext } from '../platform/graphql/context.js';
import { type Locale, type MessageKey, message } from '../platform/graphql/messages.js';

/** Errors that are meant for the caller; every other one is a bug or an outage. */
const spokenCodes: Readonly<Record<string, MessageKey>> = {
  UNAUTHENTICATED: 'error.unauthenticated',
  FORBIDDEN: 'error.forbidden',
};

/** Whether an error was made for the caller to read: by GraphQL itself, or with a code of ours. */
export function isForCaller(error: unknown): boolean {
  const original = unwrapResolverError(error);
  if (!(original instanceof GraphQLError) || original.extensions.code === 'INTERNAL_SERVER_ERROR') return false;
  // What fails within a field without a code is a value that does not fit its type: a bug of ours.
  return !(error instanceof GraphQLError && error.path) || original.extensions.code !== undefined;
}

/** Presents the errors of one answer, and logs those that are no caller's business. */
export function presentErrors(
  errors: readonly { readonly formatted: GraphQLFormattedError; readonly error: GraphQLError }[],
  context: Pick<BaseContext, 'requestId' | 'locale' | 'log'>,
): GraphQLFormattedError[] {
  return errors.map(({ formatted, error }) => {
    if (!isForCaller(error)) context.log.error({ err: error.originalError ?? error }, 'a request failed');
    return presentError(formatted, error, context);
  });
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
  const { stacktrace: _, http: __, code, ...extensions } = formatted.extensions ?? {};
  const spoken = spokenCodes[String(code)];
  return {
    message: spoken ? message(locale, spoken) : formatted.message,
    ...place,
    extensions: { ...extensions, code, requestId },
  };
}
