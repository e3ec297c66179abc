/** What the API answered. Its shape is what the test asked for, so the test is its type. */
// biome-ignore lint/suspicious/noExplicitAny: the answer to a query that only the test knows
export type Answer = any;

export interface GraphQLReply {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Answer;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly string[];
    readonly extensions: Answer;
  }[];
}

/** A caller of the public API over HTTP. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly token?: string,
    private readonly extraHeaders: Readonly<Record<string, string>> = {},
  ) {}

  /** The same caller with other headers. */
  with(headers: Readonly<Record<string, string>>): Client {
    return new Client(this.url, this.token, { ...this.extraHeaders, ...headers });
  }

  /** Everything that came back, errors included. */
  async send(query: string, variables: object = {}): Promise<GraphQLReply> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...this.extraHeaders,
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Pick<GraphQLReply, 'data' | 'errors'>;
    return { status: response.status, headers: response.headers, ...body };
  }

  /** The data of a query or mutation that is expected to be answered. */
  async ask(query: string, variables: object = {}): Promise<Answer> {
    const { data, errors } = await this.send(query, variables);
    if (errors) throw new Error(`The API refused: ${JSON.stringify(errors)}`);
    return data;
  }

  /** The code of the error that a query or mutation is expected to meet. */
  async refusal(query: string, variables: object = {}): Promise<string | undefined> {
    const { errors } = await this.send(query, variables);
    return errors?.[0]?.extensions.code;
  }

  /**
   * Runs a mutation that takes one input, and answers its payload. Of a problem: its type, code, message, and issues.
   * @param selection what to select on the success type, as in `AmbassadorEnrolled { ambassador { id } }`
   */
  async mutate(name: string, input: object, selection = ''): Promise<Answer> {
    const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await this.ask(
      `mutation ($input: ${inputType}!) { ${name}(input: $input) {
        __typename ... on Problem { code message } ... on InputInvalid { issues { path message } }
        ${selection ? `... on ${selection}` : ''} } }`,
      { input },
    );
    return data[name];
  }
}
