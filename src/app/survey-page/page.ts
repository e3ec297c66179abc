import { createHash } from 'node:crypto';
import { localeIn, type SurveyForm } from '../../nps/forms/survey-form.js';
import { message } from '../../platform/graphql/messages.js';
import { type Html, html, raw } from './html.js';
import { styleOf } from './style.js';

/** A page as it is sent. */
export interface Page {
  readonly status: number;
  readonly text: string;
  readonly contentSecurityPolicy: string;
}

/** What a page is about. */
export interface PageParts {
  readonly status: number;
  readonly title: string;
  readonly main: Html;
  readonly language: string;
  readonly footer?: Html | undefined;
  /** Who asks, and how it looks; undefined where nobody knows which survey is meant. */
  readonly form?: Pick<SurveyForm, 'brand' | 'brandColor'> | undefined;
}

/** A whole page: it runs nothing, loads nothing from anywhere, and sends its form to this server alone. */
export function pageOf({ status, title, main, language, footer, form }: PageParts): Page {
  const style = styleOf(form?.brandColor ?? null);
  const hash = createHash('sha256').update(style).digest('base64');
  const { text } = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body><div class="page">
${form ? html`<header><p>${form.brand}</p></header>` : null}
<main>${main}</main>
${footer ? html`<footer>${footer}</footer>` : null}
</div></body>
</html>
`;
  const contentSecurityPolicy = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { status, text, contentSecurityPolicy };
}

/** The same page in other languages, each in its own name. */
export function languagesOf({ language, languages }: SurveyForm, addressIn: (language: string) => string): Html {
  const items = languages.map((each) => {
    const name = new Intl.DisplayNames([each], { type: 'language' }).of(each) ?? each;
    return each === language
      ? html`<li><strong lang="${each}" aria-current="true">${name}</strong></li>`
      : html`<li><a href="${addressIn(each)}" lang="${each}" hreflang="${each}">${name}</a></li>`;
  });
  return html`<nav aria-label="${message(localeIn(language), 'surveyPage.language')}"><ul>${items}</ul></nav>`;
}
