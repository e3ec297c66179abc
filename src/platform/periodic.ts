import type { Logger } from './log.js';

export interface PeriodicJob {
  /** What it is called where it is logged. */
  readonly name: string;
  readonly everyMilliseconds: number;
  /** Does a part of what is due, and answers how much that was; 0 when nothing is left. Other processes do the same. */
  readonly doSome: () => Promise<number>;
}

/** Does a job again and again while the process runs: all that is due at each turn, never twice at once in one process. */
export class Periodic {
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly job: PeriodicJob,
    private readonly log: Logger,
  ) {}

  /** Begins with a first turn now, for what came due while nothing ran. */
  start(): void {
    this.timer = setInterval(() => this.turn(), this.job.everyMilliseconds).unref();
    this.turn();
  }

  /** Lets the turn under way end after the part that it is at. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private turn(): void {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  private async run(): Promise<void> {
    try {
      while (!this.stopped && (await this.job.doSome()) > 0);
    } catch (error) {
      // The next turn tries again; whatever was done before stays done.
      this.log.error({ err: error, job: this.job.name }, 'a periodic job failed');
    }
  }
}
