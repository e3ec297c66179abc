import { EventEmitter } from 'node:events';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { AppEvent } from '../platform/events/events.js';
import type { Logger } from '../platform/log.js';
import { Inbox } from './inbox.js';

const livePosting = z.object({
  programId: z.string(),
  ambassadorId: z.string(),
  entryId: z.string(),
  category: z.string().nullable(),
  earnedPoints: z.number(),
  earnedAt: z.string(),
});
/** What is told of a posting to whoever watches; what it means is read from the database when it is sent. */
export type LivePosting = z.output<typeof livePosting>;

/** Messages that wait for one subscriber. */
const inboxSizeMax = 1_000;

/** Every process listens to the one channel, and hands on what its own subscribers asked for. */
const channel = 'applaus:postings';

/**
 * Tells subscribers of postings as they are delivered from the outbox: in this process, or with Redis in every process.
 * Nothing here is the truth; whoever was not connected asks for the standings again.
 */
export class LiveUpdates {
  private readonly subscribers = new EventEmitter().setMaxListeners(0);
  private publisher: Redis | undefined;
  private listener: Redis | undefined;

  constructor(
    private readonly redisUrl: string | undefined,
    private readonly log: Logger,
  ) {}

  /** Follows `points.posted`. A failure is for the outbox to try again. */
  async publish({ programId, payload }: AppEvent<'points.posted'>): Promise<void> {
    const { ambassadorId, entryId, category, earnedPoints, earnedAt } = payload;
    const posting: LivePosting = { programId, ambassadorId, entryId, category, earnedPoints, earnedAt };
    if (this.redisUrl === undefined) {
      this.subscribers.emit(programId, posting);
      return;
    }
    this.publisher ??= this.connect(this.redisUrl, 1);
    await this.publisher.publish(channel, JSON.stringify(posting));
  }

  /**
   * The postings of one program from now on.
   * @param keyOf what makes a later posting take the place of one that still waits; undefined for those that are of no
   *   interest to this subscriber
   */
  follow(programId: string, keyOf: (posting: LivePosting) => string | undefined): Inbox<LivePosting> {
    if (this.redisUrl !== undefined) this.listener ??= this.listen(this.redisUrl);
    const inbox = new Inbox<LivePosting>(inboxSizeMax, () => this.subscribers.off(programId, receive));
    const receive = (posting: LivePosting) => {
      const key = keyOf(posting);
      if (key !== undefined) inbox.push(key, posting);
    };
    this.subscribers.on(programId, receive);
    return inbox;
  }

  async close(): Promise<void> {
    this.publisher?.disconnect();
    this.listener?.disconnect();
  }

  private listen(url: string): Redis {
    const listener = this.connect(url, null);
    listener.on('message', (_, text: string) => this.receive(text));
    // After a lost connection ioredis subscribes again by itself.
    listener.subscribe(channel).catch((error) => this.log.warn({ err: error }, 'live updates are not followed'));
    return listener;
  }

  private connect(url: string, maxRetriesPerRequest: number | null): Redis {
    const client = new Redis(url, { maxRetriesPerRequest });
    client.on('error', (error) => this.log.warn({ err: error }, 'Redis does not answer; live updates wait for it'));
    return client;
  }

  private receive(text: string): void {
    try {
      const posting = livePosting.parse(JSON.parse(text));
      this.subscribers.emit(posting.programId, posting);
    } catch (error) {
      this.log.warn({ err: error }, 'a live update could not be read');
    }
  }
}
