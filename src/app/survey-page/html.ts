/** Text that is HTML already. Anything else that stands in a template is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * HTML in which every value is escaped, in text and in quoted attributes alike; no value may stand anywhere else. What
 * is null, undefined or false is left out, and a list is one part after the other.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((string, index) => string + textOf(parts[index])).join(''));
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'object') return part.map(textOf).join('');
  return String(part).replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** What is ours and HTML (or a style sheet) already. Never anything that somebody typed. */
export function raw(text: string): Html {
  return new Html(text);
}
