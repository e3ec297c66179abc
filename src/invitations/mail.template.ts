import type { Frame } from './invitation-text.js';

/** All that is in the mail of one person. */
export interface MailContent {
  readonly language: string;
  readonly program: string;
  readonly frame: Frame;
  readonly lowest: string;
  readonly highest: string;
  readonly body: string;
  readonly footer: string;
  readonly scores: readonly number[];
  /** Their survey page; a score is chosen by `?score=9`. */
  readonly url: string;
  readonly unsubscribeUrl: string;
}

/** By the language and the scores that are asked: what differs from person to person is filled in. */
const compiled = new Map<string, Promise<string>>();

/** The mail as HTML that mail programs show alike. The template is compiled by MJML once for each shape. */
export async function htmlOf(content: MailContent): Promise<string> {
  const shape = `${content.language} ${content.scores.join()}`;
  const template = compiled.get(shape) ?? compile(content);
  compiled.set(shape, template);
  const { frame, program } = content;
  const values: Readonly<Record<string, string>> = {
    program,
    body: content.body,
    footer: content.footer,
    lowest: content.lowest,
    highest: content.highest,
    why: frame.why,
    unsubscribe: frame.unsubscribe,
    unsubscribeUrl: content.unsubscribeUrl,
    url: content.url,
    score: frame.score,
  };
  return (await template).replace(/\[\[(\w+)\]\]/g, (_, name: string) => escaped(values[name] ?? ''));
}

export function textOf({ body, scores, url, frame, footer, unsubscribeUrl, ...labels }: MailContent): string {
  const last = scores.length - 1;
  const label = (index: number) =>
    index === 0 ? `  (${labels.lowest})` : index === last ? `  (${labels.highest})` : '';
  const choices = scores.map((score, index) => `${String(score).padStart(2)}  ${url}?score=${score}${label(index)}`);
  const end = `${frame.why}\n${frame.unsubscribe}: ${unsubscribeUrl}`;
  return [body, choices.join('\n'), footer, end].filter(Boolean).join('\n\n');
}

async function compile({ language, scores }: MailContent): Promise<string> {
  // Loaded with the first mail: it is as large as the rest of the server.
  const { default: mjml } = await import('mjml');
  const { html, errors } = await mjml(source(language, scores), { validationLevel: 'strict' });
  if (errors.length > 0) throw new Error(`The template of mails is wrong: ${errors[0]?.formattedMessage}`);
  return html;
}

const cellStyle = 'padding:2px;text-align:center';
const linkStyle =
  'display:block;padding:10px 0;border:1px solid #1d4ed8;border-radius:4px;color:#1d4ed8;font-weight:bold;text-decoration:none';

function source(language: string, scores: readonly number[]): string {
  const cells = scores.map(
    (score) =>
      `<td style="${cellStyle}"><a style="${linkStyle}" href="[[url]]?score=${score}" aria-label="[[score]] ${score}">${score}</a></td>`,
  );
  return `<mjml lang="${language}" dir="auto"><mj-head><mj-title>[[program]]</mj-title>
    <mj-attributes><mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="1.5" color="#1f2937" /></mj-attributes></mj-head>
    <mj-body background-color="#ffffff"><mj-section><mj-column>
      <mj-text>[[body]]</mj-text>
      <mj-table font-size="16px" role="presentation"><tr>${cells.join('')}</tr></mj-table>
      <mj-table font-size="13px" role="presentation"><tr><td style="color:#4b5563">[[lowest]]</td>
        <td style="color:#4b5563;text-align:right">[[highest]]</td></tr></mj-table>
      <mj-text font-size="13px" color="#4b5563">[[footer]]</mj-text>
      <mj-text font-size="13px" color="#4b5563">[[why]]
        <a style="color:#1d4ed8" href="[[unsubscribeUrl]]">[[unsubscribe]]</a></mj-text>
    </mj-column></mj-section></mj-body></mjml>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '<br>',
};

/** Text of people and programs is text, whatever stands in it. */
function escaped(text: string): string {
  return text.replace(/[&<>"'\n]/g, (character) => entities[character] ?? character);
}
