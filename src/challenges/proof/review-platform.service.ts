import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import { InputInvalid } from '../../platform/graphql/problem.js';
import { knownPlatforms, type Platform } from './known-platforms.js';
import { ReviewPlatform, type ReviewPlatformShown } from './review-platform.entity.js';
import type { ReviewPlatformRemoveInput, ReviewPlatformSetInput } from './review-platform.inputs.js';

const ownPlatformsMax = 100;

/** Where a program's reviews are written: what everybody knows, and what the program adds. */
export class ReviewPlatformService {
  constructor(private readonly database: Database) {}

  /** All platforms that a review may be on, by name. */
  async list(context: RequestContext): Promise<ReviewPlatformShown[]> {
    context.session.require('challenge.read');
    const own = await this.database.read((db) => ownPlatforms(db, context.session.program.id));
    const replaced = new Set(own.map(({ key }) => key));
    return [
      ...own.map((platform) => ({ ...platform, ownOfProgram: true })),
      ...knownPlatforms
        .filter(({ key }) => !replaced.has(key))
        .map((platform) => ({ ...platform, ownOfProgram: false })),
    ].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /** Adds a platform of the program's own, or changes it. */
  async set(context: RequestContext, input: ReviewPlatformSetInput): Promise<ReviewPlatformShown | InputInvalid> {
    context.session.require('reviewPlatform.manage');
    const programId = context.session.program.id;
    const { key, name, domains } = input;
    const refusal = await this.database.transact((tx) => setIn(tx, programId, { key, name, domains }));
    return refusal ?? { key, name, domains, ownOfProgram: true };
  }

  /** Forgets a platform of the program's own; reviews that were given on it stay. */
  async remove(context: RequestContext, { key }: ReviewPlatformRemoveInput): Promise<string> {
    context.session.require('reviewPlatform.manage');
    const programId = context.session.program.id;
    await this.database.transact((tx) =>
      tx.execute(sql`DELETE FROM review_platform WHERE program_id = ${programId} AND platform_key = ${key}`),
    );
    return key;
  }
}

async function setIn(tx: Transaction, programId: string, platform: Platform): Promise<InputInvalid | undefined> {
  const changed = await tx.execute(sql`
    UPDATE review_platform
    SET name = ${platform.name}, domains = ${JSON.stringify(platform.domains)}, changed_at = ${tx.now}
    WHERE program_id = ${programId} AND platform_key = ${platform.key}`);
  if (changed > 0) return undefined;
  const own = await tx.count(ReviewPlatform, sql`WHERE program_id = ${programId}`);
  if (own >= ownPlatformsMax) {
    return InputInvalid.at(['key'], `is one too many: a program has at most ${ownPlatformsMax} platforms of its own`);
  }
  try {
    await tx.insert(ReviewPlatform, { id: tx.newId(), programId, ...platform, changedAt: tx.now });
  } catch (error) {
    if (isUniqueViolation(error)) throw new RaceLost('The platform was added at the same moment');
    throw error;
  }
  return undefined;
}

function ownPlatforms(db: Reader, programId: string): Promise<ReviewPlatform[]> {
  return db.select(ReviewPlatform, sql`WHERE program_id = ${programId} ORDER BY platform_key LIMIT ${ownPlatformsMax}`);
}

/** The platform that a review names, by its key or by any of its names; the program's own goes before. */
export async function findPlatform(db: Reader, programId: string, named: string): Promise<Platform | undefined> {
  const wanted = plain(named);
  const isNamed = ({ key, name, alsoCalled = [] }: Platform) =>
    [key, name, ...alsoCalled].some((each) => plain(each) === wanted);
  const own = await ownPlatforms(db, programId);
  const known = knownPlatforms.find(isNamed);
  return own.find(isNamed) ?? own.find(({ key }) => key === known?.key) ?? known;
}

/** Whether an address is on one of the platform's domains, or below it. */
export function isOn({ domains }: Platform, url: string): boolean {
  const host = new URL(url).hostname.toLowerCase().replace(/\.$/, '');
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
