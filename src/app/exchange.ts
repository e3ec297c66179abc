import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationFacts } from './operation-facts.js';

/** One request and its response, with what every route needs to know of them. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly requestId: string;
  /** The caller's network address, behind as many proxies as are trusted. */
  readonly address: string;
  /** What the log and the metrics get to know of the operation; filled on the way. */
  facts: OperationFacts;
}

export type Route = (exchange: Exchange) => Promise<void> | void;

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/** A refusal before GraphQL, in the shape of a GraphQL answer. */
export function sendRefusal(
  { response, requestId, facts }: Exchange,
  status: number,
  code: string,
  text: string,
): void {
  facts.codes = [code];
  sendJson(response, status, { errors: [{ message: text, extensions: { code, requestId } }] });
}
