/** A page as it came, with what a visitor can do on it. */
export interface Visited {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Somebody with a browser that runs nothing: it asks for pages, and sends forms. Redirects are not followed. */
export async function visit(url: string, init: RequestInit = {}): Promise<Visited> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export function sendForm(url: string, fields: Readonly<Record<string, string>>): Promise<Visited> {
  return visit(url, { method: 'POST', body: new URLSearchParams(fields) });
}
