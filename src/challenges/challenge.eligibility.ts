import sql from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { Audiences } from '../audience/audiences.js';
import type { AudienceRule } from '../audience/rule.js';
import type { RequestContext } from '../identity/session.js';
import type { Reader } from '../platform/database/database.js';
import { Loader } from '../platform/graphql/loader.js';
import { Challenge } from './challenge.entity.js';
import { requireChallenge } from './challenge.loaders.js';
import { type Doer, hasStatus } from './challenge.open.js';
import { notDoneBefore } from './challenge.prerequisites.js';
import { MissingRequirement } from './challenge.refusals.js';

/** Whom a challenge is meant for, and what somebody lacks for whom it is not. */
export class ChallengeEligibility {
  /** What the calling ambassador lacks for a challenge; for all that a request asks for, in a few queries. */
  private readonly ofCaller = new Loader(async (context: RequestContext, challengeIds: readonly string[]) => {
    const { ambassadorId } = context.session;
    if (ambassadorId === null) return challengeIds.map(() => []);
    const ambassador = await requireAmbassador(context, ambassadorId);
    const challenges = await Promise.all(challengeIds.map((id) => requireChallenge(context, id)));
    return context.database.read((db) => this.missing(db, ambassador, challenges));
  });

  constructor(private readonly audiences: Audiences) {}

  /** What the calling ambassador lacks for a challenge; nothing for everybody else. */
  missingOfCaller(context: RequestContext, { id }: Challenge): Promise<readonly MissingRequirement[]> {
    return this.ofCaller.load(context, id);
  }

  /** What an ambassador lacks for each of these challenges, in their order; nothing where they may submit. */
  async missing(
    db: Reader,
    ambassador: Ambassador,
    challenges: readonly Challenge[],
  ): Promise<readonly (readonly MissingRequirement[])[]> {
    const ids = challenges.map(({ id }) => id);
    const before = await notDoneBefore(db, ambassador.id, ids);
    const byAudience = await this.missingByAudience(db, ambassador, challenges);
    return challenges.map(({ id }, index) => [
      ...(byAudience[index] ?? []),
      ...(before.get(id) ?? []).map((first) => {
        const sentence = { key: 'challenge.prerequisite', parameters: { title: first.title } } as const;
        return new MissingRequirement('PREREQUISITE', sentence, first);
      }),
    ]);
  }

  private async missingByAudience(
    db: Reader,
    { programId, contactId }: Ambassador,
    challenges: readonly Challenge[],
  ): Promise<readonly (readonly MissingRequirement[])[]> {
    if (challenges.every(({ audience }) => audience === null)) return [];
    const rules = challenges.map(({ audience }) => audience ?? everybody);
    const missing = await this.audiences.missing(db, programId, contactId, rules);
    return missing.map((each) =>
      each.map(({ requirement, sentence }) => new MissingRequirement(requirement, sentence)),
    );
  }

  /** The challenges that run and are not meant for somebody, by id: what a list of what is open to them leaves out. */
  async notMeantFor(db: Reader, { programId, contactId }: Doer, now: Date): Promise<readonly string[]> {
    const challenges = await db.select(
      Challenge,
      sql`WHERE challenge.program_id = ${programId} AND challenge.audience IS NOT NULL AND ${hasStatus('OPEN', now)}`,
    );
    if (challenges.length === 0) return [];
    const rules = challenges.map(({ audience }) => audience ?? everybody);
    const meant = await this.audiences.whichHold(db, programId, contactId, rules);
    return challenges.filter((_, index) => !meant[index]).map(({ id }) => id);
  }
}

const everybody: AudienceRule = { all: [] };
