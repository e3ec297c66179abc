import { z } from 'zod';

/** A response that SurveyMonkey does not give, though it was asked as it should be: asking again changes nothing. */
export class ResponseWithheld extends Error {}

const millisecondsMax = 10_000;
const charactersMax = 1_000_000;

const id = z.string().regex(/^\d{1,30}$/);
const completed = z.object({
  event_type: z.literal('response_completed'),
  object_id: id,
  resources: z.object({ survey_id: id }),
});

/**
 * SurveyMonkey's messages name a response; this asks for what it says:
 * `GET /v3/surveys/{survey}/responses/{response}/details` (https://api.surveymonkey.com/v3/docs), with the readable
 * texts of `simple=true`.
 */
export class SurveyMonkeyFetch {
  /** @param baseUrl of the deployment's choosing, never of a program's: nobody makes the server call elsewhere */
  constructor(private readonly baseUrl: string) {}

  /**
   * The message together with the response that it is about; the message alone where it is about no finished one.
   * @throws ResponseWithheld, or any other error where asking later may help
   */
  async complete(message: unknown, token: string | undefined): Promise<unknown> {
    const parsed = completed.safeParse(message);
    if (!parsed.success) return { event: message };
    if (token === undefined) throw new ResponseWithheld('The source has no access token to fetch its answers with');
    const { object_id: responseId, resources } = parsed.data;
    const path = `/v3/surveys/${resources.survey_id}/responses/${responseId}/details?simple=true`;
    const response = await fetch(this.baseUrl + path, {
      headers: { authorization: `bearer ${token}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(millisecondsMax),
    });
    const isRefused = response.status >= 400 && response.status < 500 && response.status !== 429;
    if (isRefused) throw new ResponseWithheld(`SurveyMonkey does not give the answers: it answers ${response.status}`);
    if (!response.ok) throw new Error(`SurveyMonkey answers ${response.status}`);
    return { event: message, response: await readJson(response) };
  }
}

/** The body of a response, up to a size. */
async function readJson(response: Response): Promise<unknown> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > charactersMax) throw new ResponseWithheld('The answers are more than a million characters');
  }
  try {
    return JSON.parse(text + decoder.decode());
  } catch {
    // What the parser says quotes the text.
    throw new Error('SurveyMonkey does not answer in JSON');
  }
}
