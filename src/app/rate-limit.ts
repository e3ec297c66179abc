import { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Session } from '../identity/session.js';
import type { Config } from '../platform/config.js';
import type { Logger } from '../platform/log.js';
import { networkOf } from '../platform/network.js';

const windowSeconds = 60;
/** A Redis that does not answer by then is passed over; a limit is not worth a wait. */
const redisMillisecondsMax = 300;

/**
 * How often one caller may call: counted across processes in Redis where there is one, in the process otherwise, and
 * also while Redis is away.
 */
export class RateLimit {
  private readonly limiter: RateLimiterAbstract;
  private readonly redis: Redis | undefined;

  constructor(config: Pick<Config, 'REDIS_URL' | 'APPLAUS_RATE_LIMIT_PER_MINUTE'>, log: Logger) {
    const limit = { points: config.APPLAUS_RATE_LIMIT_PER_MINUTE, duration: windowSeconds };
    const memory = new RateLimiterMemory(limit);
    this.redis = config.REDIS_URL ? connect(config.REDIS_URL, log) : undefined;
    this.limiter = this.redis
      ? new RateLimiterRedis({
          ...limit,
          storeClient: this.redis,
          keyPrefix: 'applaus:rate',
          rejectIfRedisNotReady: true,
          insuranceLimiter: memory,
        })
      : memory;
  }

  /** Counts one call. Answers in how many seconds the next is welcome; undefined while there is room. */
  async take(key: string): Promise<number | undefined> {
    try {
      await this.limiter.consume(key);
      return undefined;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
    }
  }

  close(): void {
    this.redis?.disconnect();
  }
}

/** Whom a call counts for: the caller, and for nobody in particular the network that it comes from. */
export function rateKey(session: Session | undefined, address: string): string {
  if (!session || session.role === 'ANONYMOUS') return `network:${networkOf(address)}`;
  return `caller:${session.program.id}:${session.caller}`;
}

function connect(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: redisMillisecondsMax,
    disconnectTimeout: redisMillisecondsMax,
    retryStrategy: (attempts) => Math.min(10_000, 200 * attempts),
  });
  let away = false;
  redis.on('error', (error) => {
    if (!away) log.warn({ err: error }, 'Redis does not answer: each process counts its callers by itself');
    away = true;
  });
  redis.on('ready', () => {
    away = false;
  });
  return redis;
}
