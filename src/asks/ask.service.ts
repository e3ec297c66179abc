import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Challenge } from '../challenges/challenge.entity.js';
import type { ChallengeService } from '../challenges/challenge.service.js';
import type { Transaction } from '../platform/database/database.js';
import type { AppEvent } from '../platform/events/events.js';
import type { Consents } from '../privacy/consents.js';
import { Program } from '../programs/program.entity.js';
import { Ask } from './ask.entity.js';

/** One to ask for, and one more in case the first was asked for just before. */
const candidatesMax = 2;

/** Decides what a respondent is asked next. */
export class AskService {
  constructor(
    private readonly challenges: ChallengeService,
    private readonly consents: Consents,
  ) {}

  /**
   * Asks whoever answered with the program's `askFromScore` or more: for the best challenge that is open to them and
   * was not the last one they were asked for. Kept with the answer, in its transaction: the same answer is always met
   * with the same ask.
   */
  async follow(tx: Transaction, { programId, payload }: AppEvent<'response.recorded'>): Promise<void> {
    const program = await tx.first(Program, sql`WHERE id = ${programId}`);
    if (!program || payload.score < program.askFromScore) return;
    const { contactId, responseId } = payload;
    if (contactId && !(await this.consents.allows(tx, programId, [contactId], 'ASKS')).has(contactId)) return;
    const ambassador = contactId ? await tx.first(Ambassador, sql`WHERE contact_id = ${contactId}`) : undefined;
    const ambassadorId = ambassador?.id ?? null;
    const { timeZone } = program;
    const challenge = await this.choose(tx, { programId, timeZone, contactId, ambassadorId });
    await tx.insert(Ask, {
      id: tx.newId(),
      programId,
      contactId,
      ambassadorId,
      challengeId: challenge?.id ?? null,
      responseId,
      askedAt: tx.now,
    });
  }

  /** By id, not by time: ids are made while the contact's row is held, so they stand in the order of the asks. */
  private async choose(tx: Transaction, asked: Asked): Promise<Challenge | undefined> {
    const last = asked.contactId
      ? await tx.first(Ask, sql`WHERE contact_id = ${asked.contactId} ORDER BY id DESC LIMIT 1`)
      : undefined;
    const candidates = await this.challenges.bestOpen(tx, asked, tx.now, candidatesMax);
    return candidates.find(({ id }) => id !== last?.challengeId);
  }
}

interface Asked {
  readonly programId: string;
  readonly timeZone: string;
  readonly contactId: string | null;
  readonly ambassadorId: string | null;
}
