import type { SurveyAnswered, SurveyLinkRefused } from '../../nps/answering/answering.results.js';
import { localeIn, type SurveyForm } from '../../nps/forms/survey-form.js';
import { type Locale, type MessageKey, type MessageParameters, message } from '../../platform/graphql/messages.js';
import { type Html, html } from './html.js';
import { languagesOf, type Page, pageOf } from './page.js';

/** A follow-up question as the page asks it. */
export interface AskedQuestion {
  readonly key: string;
  readonly text: string;
  /** Null where it is answered in words. */
  readonly highestNumber: number | null;
}

/** What is wrong with one field of a form, in words. */
export interface FieldProblem {
  readonly field: string;
  readonly text: string;
}

/** What somebody can do next: a place to go, or a way to share. */
export interface NextStep {
  readonly text: string;
  readonly url: string;
}

/** The same bounds as those of the API. */
export const textCharactersMax = { comment: 10_000, followUp: 2_000 };

/** The question and its scale. A score that came in the address is chosen, and still has to be sent. */
export function questionPage(form: SurveyForm, token: string, score: number | undefined, problem?: 'MISSING'): Page {
  const say = speaker(form.language);
  const scores = range(form.lowestScore, form.highestScore);
  const chosen = score !== undefined && scores.includes(score) ? score : undefined;
  const main = html`
<form method="post" action="${addressOf(token, form.language)}">
<fieldset${problem ? html` aria-describedby="wrong"` : null}>
<legend><h1>${form.question}</h1></legend>
${chosen === undefined ? null : html`<p class="done" role="status">${say('surveyPage.chosen', { score: chosen })}</p>`}
<div class="scale${scores.length === 10 ? ' ten' : ''}">${scores.map((each) => scoreOf(form, each, each === chosen))}</div>
<div class="ends" aria-hidden="true"><span>${form.lowestScore} – ${form.lowestLabel}</span><span>${form.highestScore} – ${form.highestLabel}</span></div>
${problem ? html`<p class="wrong" id="wrong" role="alert">${say('surveyPage.missing')}</p>` : null}
</fieldset>
<div class="actions"><button class="button">${say('surveyPage.send')}</button></div>
</form>`;
  const footer = html`<p>${say(form.isAnonymous ? 'surveyPage.anonymous' : 'surveyPage.identified')}</p>
${languagesOf(form, (language) => addressOf(token, language, chosen === undefined ? {} : { score: String(chosen) }))}`;
  const { language, question: title } = form;
  return pageOf({
    status: problem ? 422 : 200,
    title: problem ? `${say('surveyPage.missing')} ${title}` : title,
    main,
    footer,
    language,
    form,
  });
}

function scoreOf(
  { lowestScore, highestScore, lowestLabel, highestLabel }: SurveyForm,
  score: number,
  isChosen: boolean,
) {
  const meaning = score === lowestScore ? lowestLabel : score === highestScore ? highestLabel : undefined;
  const name = meaning === undefined ? null : html` aria-label="${score} – ${meaning}"`;
  return html`<label><input type="radio" name="score" value="${score}" required${name}${isChosen ? html` checked` : null}><span>${score}</span></label>`;
}

interface FollowUpParts {
  readonly answered: SurveyAnswered;
  readonly questions: readonly AskedQuestion[];
  /** What was typed, where it came back. */
  readonly typed: ReadonlyMap<string, string>;
  readonly problems: readonly FieldProblem[];
}

/** What follows the score. It says nothing of what anything may earn. */
export function followUpPage({ answered, questions, typed, problems }: FollowUpParts): Page {
  const { form, token, score, question } = answered;
  const say = speaker(form.language);
  const main = html`
<p class="done" role="status">${say('surveyPage.recorded', { score })}</p>
${problems.length > 0 ? html`<p class="wrong" role="alert">${say('surveyPage.invalid')}</p>` : null}
<form method="post" action="${addressOf(token, form.language)}">
<input type="hidden" name="complete" value="yes">
<div class="field first"><h1><label for="comment">${question}</label></h1>
<textarea id="comment" name="comment" maxlength="${textCharactersMax.comment}" rows="4"${invalid('comment', problems)}>${typed.get('comment') ?? answered.comment}</textarea>
${wrong('comment', problems)}</div>
${questions.map((each) => questionField(each, typed.get(fieldOf(each.key)), problems))}
<p class="note">${say('surveyPage.optional')}</p>
<div class="actions"><button class="button">${say('surveyPage.save')}</button>
<a class="button second" href="${addressOf(token, form.language, { done: '1' })}">${say('surveyPage.skip')}</a></div>
</form>`;
  const footer = languagesOf(form, (language) => addressOf(token, language));
  const status = problems.length > 0 ? 422 : 200;
  const title = problems.length > 0 ? `${say('surveyPage.invalid')}: ${question}` : question;
  return pageOf({ status, title, main, footer, language: form.language, form });
}

function questionField(
  { key, text, highestNumber }: AskedQuestion,
  typed: string | undefined,
  problems: readonly FieldProblem[],
): Html {
  const field = fieldOf(key);
  const input =
    highestNumber === null
      ? html`<textarea id="${field}" name="${field}" maxlength="${textCharactersMax.followUp}" rows="3"${invalid(field, problems)}>${typed}</textarea>`
      : html`<input type="text" inputmode="numeric" autocomplete="off" id="${field}" name="${field}" value="${typed}"${invalid(field, problems)}>`;
  return html`<div class="field"><label for="${field}">${text}</label>${input}${wrong(field, problems)}</div>`;
}

function invalid(field: string, problems: readonly FieldProblem[]): Html | null {
  return problems.some((each) => each.field === field)
    ? html` aria-invalid="true" aria-describedby="${field}-wrong"`
    : null;
}

function wrong(field: string, problems: readonly FieldProblem[]): Html | null {
  const found = problems.find((each) => each.field === field);
  return found ? html`<p class="wrong" id="${field}-wrong">${found.text}</p>` : null;
}

/** The name of a follow-up question in the form. */
export function fieldOf(key: string): string {
  return `follow-up-${key}`;
}

/** The end: thanks, and what else there is to do. */
export function thanksPage(
  { form, thanks, given }: SurveyAnswered,
  ask: string | undefined,
  steps: readonly NextStep[],
): Page {
  // Our own words of an ask begin with thanks; the program's own say what they like.
  const title = ask && !given.words.own?.thanks ? message(localeIn(form.language), 'surveyPage.received') : thanks;
  const main = html`<h1>${title}</h1>
${ask ? html`<p>${ask}</p>` : null}
${steps.length > 0 ? html`<div class="actions">${steps.map(stepOf)}</div>` : null}`;
  return pageOf({ status: 200, title, main, language: form.language, form });
}

function stepOf({ text, url }: NextStep, index: number): Html {
  return html`<a class="button${index === 0 ? '' : ' second'}" href="${url}" rel="noopener noreferrer">${text}</a>`;
}

const refusalStatus = { UNKNOWN: 404, USED: 410, EXPIRED: 410 } as const;
const refusalWords = {
  UNKNOWN: ['surveyPage.unknownTitle', 'surveyPage.unknown'],
  USED: ['surveyPage.usedTitle', 'surveyPage.used'],
  EXPIRED: ['surveyPage.expiredTitle', 'surveyPage.expired'],
} as const;

/** Why a link leads nowhere. */
export function refusalPage({ reason, expiredAt }: SurveyLinkRefused, locale: Locale): Page {
  const [title, text] = refusalWords[reason];
  const date = expiredAt?.toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' }) ?? '';
  return plainPage(refusalStatus[reason], locale, message(locale, title), message(locale, text, { date }));
}

/** A page that says one thing. */
export function plainPage(status: number, locale: Locale, title: string, text: string): Page {
  return pageOf({ status, title, main: html`<h1>${title}</h1><p>${text}</p>`, language: locale });
}

/** The page of a token, in a language. */
export function addressOf(token: string, language: string, more: Readonly<Record<string, string>> = {}): string {
  return `/s/${token}?${new URLSearchParams({ lang: language, ...more })}`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function speaker(language: string): (key: MessageKey, parameters?: MessageParameters) => string {
  return (key, parameters) => message(localeIn(language), key, parameters);
}
