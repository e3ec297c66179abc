import type { Route } from './exchange.js';

const defaultQuery = `# GraphiQL for Applaus. The book on the left explains all
# types and fields.
#
# Who you are is told by a token, under "Headers" below:
#   { "authorization": "Bearer <token>" }
# or open this page as /graphiql#token=<token>. To make one:
#   npm run -s applaus -- token --role ADMIN --program demo
#
# Subscriptions go over a WebSocket by themselves, with
# the same headers.

query Viewer {
  viewer {
    role
    program {
      slug
      name
    }
    ambassador {
      displayName
      points {
        available
        lifetime
      }
    }
  }
}
`;

/**
 * What GraphiQL is started with: the token of the address, if there is one, as a header. What the page sends as
 * headers it also says when it opens a WebSocket, on which a browser cannot set any.
 */
const startScript = `
  const spoken = ['authorization', 'x-applaus-program', 'accept-language'];
  const said = {};
  const plainFetch = window.fetch.bind(window);
  window.fetch = (input, init) => {
    for (const name of spoken) delete said[name];
    new Headers(init?.headers).forEach((value, name) => { if (spoken.includes(name)) said[name] = value; });
    return plainFetch(input, init);
  };
  const applausOptions = (options) => {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token) history.replaceState(null, '', location.pathname + location.search);
    const headers = JSON.stringify({ authorization: 'Bearer ' + (token ?? '') }, null, 2);
    return { ...options, ...(token && { headers }), connectionParams: () => ({ ...said }) };
  };`;

/** The page needs its own inline script, which compiles schemas (eval) in workers, and its own styles; nothing from elsewhere. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/graphiql`: the page on which developers try the API; complete in itself, so that it works offline. */
export function graphiqlRoute(): Route {
  let page: Promise<string> | undefined;
  return async ({ response }) => {
    page ??= render();
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
    });
    response.end(await page);
  };
}

/** Loads the page's 9 MB when somebody first asks for it. */
async function render(): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const options = {
    title: 'Applaus: GraphiQL',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS' as const,
    defaultQuery,
    shouldPersistHeaders: false,
  };
  const given = JSON.stringify(options);
  const html = renderGraphiQL(options);
  const place = html.lastIndexOf(given);
  const script = html.lastIndexOf('<script>', html.indexOf('function prepareBlob'));
  if (place < 0 || script < 0) throw new Error('The page of GraphiQL has another shape than expected');
  return [
    html.slice(0, script),
    `<script>${startScript}</script>`,
    html.slice(script, place),
    `applausOptions(${given})`,
    html.slice(place + given.length),
  ].join('');
}
