import { createHash, randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Database } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound } from '../platform/graphql/problem.js';
import { ApiKey } from './api-key.entity.js';
import type { ApiKeyCreateInput, ApiKeyRevokeInput } from './api-key.inputs.js';
import type { RequestContext } from './session.js';

/** A key, and its text, which is nowhere else. */
export interface NewApiKey {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

const prefixLength = 12;

/** Keys by which servers of a program prove themselves: stored as a hash, shown once. */
export class ApiKeyService {
  constructor(private readonly database: Database) {}

  /** Makes a key, for whoever may. */
  async issue(context: RequestContext, { name }: ApiKeyCreateInput): Promise<NewApiKey> {
    context.session.require('apiKey.manage');
    return this.create(context.session.program.id, name);
  }

  /** Makes a key. For the command line, which needs nobody's leave. */
  async create(programId: string, name: string): Promise<NewApiKey> {
    const secret = `apk_${randomBytes(32).toString('base64url')}`;
    const apiKey = await this.database.transact(async (tx) => {
      const row = Object.assign(new ApiKey(), {
        id: tx.newId(),
        programId,
        name,
        prefix: secret.slice(0, prefixLength),
        secretHash: hashOf(secret),
        createdAt: tx.now,
        revokedAt: null,
      });
      await tx.insert(ApiKey, row);
      return row;
    });
    return { apiKey, secret };
  }

  /** Ends a key of the caller's program. Ending it again changes nothing. */
  async revoke(context: RequestContext, input: ApiKeyRevokeInput): Promise<ApiKey | NotFound> {
    context.session.require('apiKey.manage');
    const id = rowId(ApiKey, input.apiKeyId);
    if (!id) return new NotFound();
    return this.database.transact(async (tx) => {
      const ofProgram = sql`WHERE id = ${id} AND program_id = ${context.session.program.id}`;
      await tx.execute(sql`UPDATE api_key SET revoked_at = COALESCE(revoked_at, ${tx.now}) ${ofProgram}`);
      return (await tx.first(ApiKey, ofProgram)) ?? new NotFound();
    });
  }

  /** The keys of the caller's program, newest first. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<ApiKey>> {
    context.session.require('apiKey.manage');
    const where = sql`api_key.program_id = ${context.session.program.id}`;
    return paginate(this.database, { entity: ApiKey, where, order: newestFirst('api_key'), page });
  }

  /** A key of the caller's program; undefined for any other id, and for who may not see keys. */
  async find(context: RequestContext, id: string): Promise<ApiKey | undefined> {
    if (!context.session.may('apiKey.manage')) return undefined;
    const programId = context.session.program.id;
    return this.database.read((db) => db.first(ApiKey, sql`WHERE id = ${id} AND program_id = ${programId}`));
  }

  /** The key that a caller shows, while it works. */
  async verify(secret: string): Promise<ApiKey | undefined> {
    return this.database.read((db) =>
      db.first(ApiKey, sql`WHERE secret_hash = ${hashOf(secret)} AND revoked_at IS NULL`),
    );
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
