import { createHash, randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Database } from '../platform/database/database.js';
import { ApiKey } from './api-key.entity.js';

const prefixLength = 12;

/** Keys by which servers of a program prove themselves: stored as a hash, shown once. */
export class ApiKeyService {
  constructor(private readonly database: Database) {}

  /** Makes a key; its text is in the answer and nowhere else. */
  async create(programId: string, name: string): Promise<{ readonly apiKey: ApiKey; readonly secret: string }> {
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
