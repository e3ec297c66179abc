import sql, { empty, type Sql } from 'sql-template-tag';
import { Contact } from '../../contacts/contact.entity.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import { RaceLost } from '../../platform/database/errors.js';
import { InputInvalid } from '../../platform/graphql/problem.js';
import type { Program } from '../../programs/program.entity.js';
import type { SurveyTextService } from '../forms/survey-text.service.js';
import type { SurveyLink } from '../links/survey-link.entity.js';
import type { SurveyLinks } from '../links/survey-links.js';
import type { ResponseService } from '../response.service.js';
import { allowsScore, bandOf, schemeOf } from '../scheme.js';
import { Survey } from '../survey.entity.js';
import { type AnswerRight, type AnswerTokens, completeMilliseconds } from './answer-tokens.js';
import type { SurveyAnswerCompleteInput, SurveyAnswerInput } from './answering.inputs.js';
import { SurveyAnswered, SurveyLinkRefused, SurveyOpen } from './answering.results.js';
import { type Kept, KeptAnswers } from './kept-answers.js';
import type { WaitingAnswers } from './waiting-answers.js';

/** The languages that somebody wants to read, the first the most. */
type Wanted = readonly (string | null | undefined)[];

interface AnsweringParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly texts: SurveyTextService;
  readonly links: SurveyLinks;
  readonly tokens: AnswerTokens;
  readonly responses: ResponseService;
  readonly waiting: WaitingAnswers;
  readonly kept: KeptAnswers;
}

/**
 * What somebody with a survey link can do, and needs nothing else for: see what is asked, answer once, and say more for a
 * day. The link is the right to it, whatever program the caller is in.
 */
export class Answering {
  constructor(private readonly parts: AnsweringParts) {}

  /** What a token leads to. Looking changes nothing. */
  find(token: string, wanted: Wanted): Promise<SurveyOpen | SurveyAnswered | SurveyLinkRefused> {
    return this.parts.database.read(async (db) => {
      const found = await this.resolve(db, token);
      if (found instanceof SurveyLinkRefused) return found;
      if ('answerId' in found) return this.answered(db, found, wanted);
      const survey = await requireSurvey(db, found.surveyId);
      return new SurveyOpen(await this.parts.texts.words(db, survey, withLanguage(found, wanted)));
    });
  }

  /**
   * Records a score, once for each link; of an answer that leads back to its link the same score again is the same
   * answer.
   */
  async answer(input: SurveyAnswerInput, wanted: Wanted): Promise<SurveyAnswered | SurveyLinkRefused | InputInvalid> {
    return this.parts.database.transact(async (tx) => {
      const link = await this.parts.links.find(tx, input.token);
      if (!link) return new SurveyLinkRefused('UNKNOWN');
      const right = link.isUsed
        ? await this.sameAnswer(tx, link, input.score)
        : await this.record(tx, link, input.score);
      if (!('answerId' in right)) return right;
      const refusal = await this.parts.kept.complete(tx, right.answerId, input);
      return refusal ?? this.answered(tx, right, withLanguage(link, wanted));
    });
  }

  /** Says more about an answer: what was asked by the score, and the follow-up questions. */
  async complete(
    input: SurveyAnswerCompleteInput,
    wanted: Wanted,
  ): Promise<SurveyAnswered | SurveyLinkRefused | InputInvalid> {
    return this.parts.database.transact(async (tx) => {
      const right = await this.resolve(tx, input.token);
      if (right instanceof SurveyLinkRefused) return right;
      if (!('answerId' in right)) return InputInvalid.at(['token'], 'has no score yet: surveyAnswer comes first');
      const refusal = await this.parts.kept.complete(tx, right.answerId, input);
      return refusal ?? this.answered(tx, right, wanted);
    });
  }

  /** A link that can be answered by, or the right to complete an answer. */
  private async resolve(db: Reader, token: string): Promise<SurveyLink | AnswerRight | SurveyLinkRefused> {
    const now = this.parts.clock.now();
    const right = this.parts.tokens.read(token);
    if (right) return right.until > now ? right : new SurveyLinkRefused('EXPIRED', right.until);
    const link = await this.parts.links.find(db, token);
    if (!link) return new SurveyLinkRefused('UNKNOWN');
    if (link.isUsed) return rightOf(link, now) ?? new SurveyLinkRefused('USED');
    return link.expiresAt > now ? link : new SurveyLinkRefused('EXPIRED', link.expiresAt);
  }

  private async sameAnswer(tx: Transaction, link: SurveyLink, score: number): Promise<AnswerRight | SurveyLinkRefused> {
    const right = rightOf(link, tx.now);
    const kept = right && (await this.parts.kept.find(tx, right.answerId));
    return right && kept?.score === score ? right : new SurveyLinkRefused('USED');
  }

  private async record(
    tx: Transaction,
    link: SurveyLink,
    score: number,
  ): Promise<AnswerRight | SurveyLinkRefused | InputInvalid> {
    if (link.expiresAt <= tx.now) return new SurveyLinkRefused('EXPIRED', link.expiresAt);
    // Held, so that counting what was there before and counting this answer never overlap.
    const survey = await requireSurvey(tx, link.surveyId, tx.forShare);
    const { program } = await this.parts.texts.words(tx, survey, []);
    const scheme = schemeOf(program, survey);
    if (!allowsScore(scheme, score))
      return InputInvalid.at(['score'], `must be from ${scheme.lowestScore} to ${scheme.highestScore}`);
    const answerId = survey.isAnonymous
      ? await this.recordAnonymous(tx, link, program, survey, score)
      : await this.recordNamed(tx, link, program, survey, score);
    if (answerId === undefined) return new SurveyLinkRefused('UNKNOWN');
    return { answerId, until: new Date(tx.now.getTime() + completeMilliseconds) };
  }

  private async recordAnonymous(tx: Transaction, link: SurveyLink, program: Program, survey: Survey, score: number) {
    await this.use(tx, link, null);
    return (await this.parts.waiting.add(tx, program, survey, score)).id;
  }

  /** The link is used first, so that whoever follows the answer inside finds by which link it came. */
  private async recordNamed(tx: Transaction, link: SurveyLink, program: Program, survey: Survey, score: number) {
    const id = tx.newId();
    await this.use(tx, link, id);
    const contact = await tx.first(Contact, sql`WHERE id = ${link.contactId} ${tx.forUpdate}`);
    if (!contact) return undefined;
    const scheme = schemeOf(program, survey);
    await this.parts.responses.add(tx, { id, survey, scheme, contact, score, respondedAt: tx.now });
    return id;
  }

  private async use(tx: Transaction, link: SurveyLink, responseId: string | null): Promise<void> {
    if (!(await this.parts.links.use(tx, link, responseId))) throw new RaceLost('The link was used at the same moment');
  }

  private async answered(
    db: Reader,
    { answerId, until }: AnswerRight,
    wanted: Wanted,
  ): Promise<SurveyAnswered | SurveyLinkRefused> {
    const kept: Kept | undefined = await this.parts.kept.find(db, answerId);
    if (!kept) return new SurveyLinkRefused('EXPIRED', until);
    const words = await this.parts.texts.words(db, await requireSurvey(db, kept.surveyId), wanted);
    const band = bandOf(schemeOf(words.program, words.survey), kept.score);
    return new SurveyAnswered({ ...kept, words, band, until, token: this.parts.tokens.sign({ answerId, until }) });
  }
}

/** The right to complete what was answered by a link, where the link leads to it and the time is not over. */
function rightOf({ usedAt, responseId }: SurveyLink, now: Date): AnswerRight | undefined {
  if (!usedAt || responseId === null) return undefined;
  const until = new Date(usedAt.getTime() + completeMilliseconds);
  return until > now ? { answerId: responseId, until } : undefined;
}

/** What somebody says in so many words comes before what the link says, and that before the browser. */
function withLanguage({ language }: SurveyLink, [said, ...others]: Wanted): Wanted {
  return [said, language, ...others];
}

async function requireSurvey(db: Reader, id: string, lock: Sql = empty): Promise<Survey> {
  const survey = await db.first(Survey, sql`WHERE id = ${id} ${lock}`);
  if (!survey) throw new Error('The survey of a link or an answer is gone');
  return survey;
}
