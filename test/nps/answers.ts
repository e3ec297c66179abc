import { NpsResponse } from '../../src/nps/response.entity.js';
import { Survey } from '../../src/nps/survey.entity.js';
import type { TestProgram, World } from '../support/world.js';

/** An answer of nobody in particular. */
export interface PlainAnswer {
  readonly score: number;
  readonly respondedAt: Date;
}

/**
 * A survey of the program with these answers, whatever its scheme. They are laid down directly: one request for each
 * of thousands says nothing about counting them.
 */
export async function surveyWith(
  world: World,
  { program }: TestProgram,
  answers: readonly PlainAnswer[],
): Promise<string> {
  const key = world.unique('survey');
  await world.server.platform.database.transact(async (tx) => {
    const surveyId = tx.newId();
    const owner = { programId: program.id, surveyId };
    await tx.insert(Survey, {
      id: surveyId,
      programId: program.id,
      key,
      name: key,
      kind: 'NPS',
      isAnonymous: false,
      schemeKey: null,
      createdAt: tx.now,
    });
    const rows = answers.map((answer) => ({ ...owner, ...answer, id: tx.newId(), recordedAt: tx.now }));
    if (rows.length > 0) await tx.insert(NpsResponse, rows);
  });
  return key;
}

/** Answers with these scores, all at one moment. */
export function answersOf(scores: readonly number[]): PlainAnswer[] {
  return scores.map((score) => ({ score, respondedAt: new Date('2026-02-01T12:00:00Z') }));
}
