import { type GraphQLSchema, graphql } from 'graphql';
import { z } from 'zod';
import { ambassadorOfContact } from '../ambassadors/ambassador.loaders.js';
import { type RequestContext, Session } from '../identity/session.js';
import { SurveyAnswered, SurveyLinkRefused, SurveyOpen } from '../nps/answering/answering.results.js';
import { localeIn } from '../nps/forms/survey-form.js';
import { type Locale, languagesOf, localeOf, message } from '../platform/graphql/messages.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { networkOf } from '../platform/network.js';
import { readBody, tooLarge } from './body.js';
import type { Callers } from './caller.js';
import type { Exchange, Route } from './exchange.js';
import type { Features } from './features.js';
import type { Platform } from './platform.js';
import type { RateLimit } from './rate-limit.js';
import { questionsToAsk, readFollowUps } from './survey-page/follow-ups.js';
import type { Page } from './survey-page/page.js';
import {
  addressOf,
  followUpPage,
  type NextStep,
  plainPage,
  questionPage,
  refusalPage,
  thanksPage,
} from './survey-page/states.js';

interface SurveyParts {
  readonly platform: Platform;
  readonly schema: GraphQLSchema;
  readonly callers: Callers;
  readonly rateLimit: RateLimit;
  readonly features: Pick<Features, 'answering' | 'referralCodes' | 'shareTexts'>;
}

/** One visit to the page of a token. */
interface Visit {
  readonly exchange: Exchange;
  readonly token: string;
  /** The languages that the visitor wants, the first the most; what the address says comes before all. */
  readonly wanted: readonly (string | undefined)[];
  readonly locale: Locale;
}

/**
 * `/s/:token`: the survey page. GET and HEAD only look, since mail scanners follow links, and so does `?score=9`: it
 * chooses, and the POST of the form records. No cookie, no script; who has the token has the right, so that no page of
 * somebody else can send a form in anybody's name.
 */
export function surveyRoute(parts: SurveyParts): Route {
  return async (exchange) => {
    const { request, response, url, address } = exchange;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-robots-tag', 'noindex');
    const browser = request.headers['accept-language'];
    const lang = url.searchParams.get('lang') ?? undefined;
    const locale = lang ? localeIn(lang) : localeOf(browser);
    if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) {
      response.writeHead(405, { allow: 'GET, HEAD, POST' }).end();
      return;
    }
    const seconds = await parts.rateLimit.take(`survey:${networkOf(address)}`);
    if (seconds !== undefined) {
      response.setHeader('retry-after', seconds);
      const text = message(locale, 'error.rateLimited', { seconds });
      return send(exchange, plainPage(429, locale, message(locale, 'surveyPage.tooManyTitle'), text));
    }
    const token = url.pathname.slice('/s/'.length);
    const visit: Visit = { exchange, token, locale, wanted: [lang, ...languagesOf(browser)] };
    try {
      await (request.method === 'POST' ? receive(parts, visit) : show(parts, visit));
    } catch (error) {
      if (request.destroyed) return;
      parts.platform.log.error({ err: error, requestId: exchange.requestId }, 'a survey page failed');
      const words = ['surveyPage.failedTitle', 'surveyPage.failed'] as const;
      const [title, text] = words.map((key) => message(locale, key));
      send(exchange, plainPage(500, locale, title ?? '', text ?? ''));
    }
  };
}

async function show(parts: SurveyParts, visit: Visit): Promise<void> {
  const { exchange, token, locale } = visit;
  const { searchParams } = exchange.url;
  const found = await parts.features.answering.find(token, visit.wanted);
  if (found instanceof SurveyLinkRefused) return send(exchange, refusalPage(found, locale));
  if (found instanceof SurveyOpen) return send(exchange, questionPage(found.form, token, scoreOf(searchParams)));
  if (searchParams.has('done')) return send(exchange, await thanks(parts, visit, found));
  await askMore(parts, visit, found);
}

/** A form that was sent: the score, or what follows it. Where it leads on, it does so by an address, to be loaded again. */
async function receive(parts: SurveyParts, visit: Visit): Promise<void> {
  const { exchange, locale } = visit;
  const body = await readBody(exchange.request);
  const isForm = /^application\/x-www-form-urlencoded *(;|$)/i.test(exchange.request.headers['content-type'] ?? '');
  if (body === tooLarge || !isForm) {
    const title = message(locale, 'surveyPage.failedTitle');
    return send(
      exchange,
      plainPage(body === tooLarge ? 413 : 415, locale, title, message(locale, 'surveyPage.failed')),
    );
  }
  const form = new URLSearchParams(body);
  return form.has('complete') ? complete(parts, visit, form) : answer(parts, visit, scoreOf(form));
}

async function answer(
  { features }: SurveyParts,
  { exchange, token, wanted, locale }: Visit,
  score: number | undefined,
) {
  const result = score === undefined ? undefined : await features.answering.answer({ token, score }, wanted);
  if (result instanceof SurveyAnswered) return leadTo(exchange, addressOf(result.token, result.form.language));
  if (result instanceof SurveyLinkRefused) return send(exchange, refusalPage(result, locale));
  const found = await features.answering.find(token, wanted);
  if (found instanceof SurveyOpen) return send(exchange, questionPage(found.form, token, undefined, 'MISSING'));
  const refused = found instanceof SurveyLinkRefused ? found : new SurveyLinkRefused('USED');
  send(exchange, refusalPage(refused, locale));
}

async function complete(parts: SurveyParts, visit: Visit, form: URLSearchParams): Promise<void> {
  const { exchange, token, wanted, locale } = visit;
  const { answering } = parts.features;
  const found = await answering.find(token, wanted);
  if (found instanceof SurveyLinkRefused) return send(exchange, refusalPage(found, locale));
  if (found instanceof SurveyOpen) return send(exchange, questionPage(found.form, token, undefined, 'MISSING'));
  const questions = await questionsToAsk(contextOf(parts, visit, found), found);
  const said = readFollowUps(form, questions, localeIn(found.form.language));
  if (said.problems.length > 0) {
    return send(exchange, followUpPage({ answered: found, questions, typed: said.typed, problems: said.problems }));
  }
  const result = await answering.complete({ token, comment: said.comment, followUps: said.answers }, wanted);
  if (result instanceof SurveyLinkRefused) return send(exchange, refusalPage(result, locale));
  // What the form can say was looked at above; what else is refused is a question that was changed meanwhile.
  if (result instanceof InputInvalid) return askMore(parts, visit, found);
  leadTo(exchange, addressOf(result.token, found.form.language, { done: '1' }));
}

async function askMore(parts: SurveyParts, visit: Visit, answered: SurveyAnswered): Promise<void> {
  const questions = await questionsToAsk(contextOf(parts, visit, answered), answered);
  send(visit.exchange, followUpPage({ answered, questions, typed: new Map(), problems: [] }));
}

async function thanks(parts: SurveyParts, visit: Visit, answered: SurveyAnswered): Promise<Page> {
  const { given, form, joinUrl } = answered;
  const context = contextOf(parts, visit, answered);
  const isAsked = given.score >= given.words.program.askFromScore;
  if (!isAsked) return thanksPage(answered, undefined, []);
  const ask = given.response
    ? await askOf(parts.schema, context, answered.token)
    : message(localeIn(form.language), 'ask.join');
  const join = joinUrl ? [{ text: message(context.locale, 'surveyPage.join'), url: joinUrl }] : [];
  return thanksPage(answered, ask, [...join, ...(await waysToShare(parts, context, answered))]);
}

/** What the API asks for at the end. */
async function askOf(schema: GraphQLSchema, contextValue: RequestContext, token: string): Promise<string | undefined> {
  const source = `query ($token: String!) { surveyByToken(token: $token) { ... on SurveyAnswered { ask { text } } } }`;
  const { data, errors } = await graphql({ schema, source, variableValues: { token }, contextValue });
  if (errors?.[0]) throw errors[0];
  return askRules.parse(data).surveyByToken.ask?.text;
}

const askRules = z.object({ surveyByToken: z.object({ ask: z.object({ text: z.string() }).nullish() }) });

const shownChannels = { WHATSAPP: 'WhatsApp', FACEBOOK: 'Facebook', EMAIL: 'e-mail' } as const;

/** For somebody who has joined: the own link, ready to be shared. */
async function waysToShare(
  { features }: SurveyParts,
  context: RequestContext,
  { given, form }: SurveyAnswered,
): Promise<NextStep[]> {
  const contactId = given.response?.contactId;
  const ambassador = contactId ? await ambassadorOfContact.load(context, contactId) : undefined;
  if (!ambassador) return [];
  const link = await features.referralCodes.linkOf(context, ambassador.id);
  const shares = await features.shareTexts.sharesOf(context, link, form.language);
  return Object.entries(shownChannels).flatMap(([channel, name]) => {
    const url = shares.find((share) => share.channel === channel)?.shareUrl;
    return url ? [{ text: message(context.locale, 'surveyPage.shareWith', { channel: name }), url }] : [];
  });
}

/** Whoever has the link, in the program of the link, reading the language of the page. */
function contextOf({ callers }: SurveyParts, { exchange }: Visit, { given, form }: SurveyAnswered): RequestContext {
  const session = new Session(given.words.program, { role: 'RESPONDENT', subject: '', ambassadorId: null });
  const { request, requestId } = exchange;
  return { ...callers.contextFor(session, { headers: request.headers, requestId }), locale: localeIn(form.language) };
}

function scoreOf(parameters: URLSearchParams): number | undefined {
  const text = parameters.get('score') ?? '';
  return /^\d{1,2}$/.test(text) ? Number(text) : undefined;
}

function leadTo({ response }: Exchange, location: string): void {
  response.writeHead(303, { location }).end();
}

function send({ request, response }: Exchange, { status, text, contentSecurityPolicy }: Page): void {
  response.setHeader('content-security-policy', contentSecurityPolicy);
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(request.method === 'HEAD' ? undefined : text);
}
