/**
 * What waits for one subscriber, in the order it came; a later message under the same key takes the place of the
 * earlier. Bounded: whoever lags so far behind that it is full loses the oldest, so that no slow client costs memory.
 */
export class Inbox<Message> implements AsyncIterableIterator<Message, undefined> {
  private readonly waiting = new Map<string, Message>();
  private wake: () => void = () => {};
  private closed = false;

  /** @param onClose runs once, when the subscriber leaves */
  constructor(
    private readonly sizeMax: number,
    private readonly onClose: () => void,
  ) {}

  push(key: string, message: Message): void {
    if (this.closed) return;
    this.waiting.delete(key);
    this.waiting.set(key, message);
    const [oldest] = this.waiting.keys();
    if (this.waiting.size > this.sizeMax && oldest !== undefined) this.waiting.delete(oldest);
    this.wake();
  }

  async next(): Promise<IteratorResult<Message, undefined>> {
    while (!this.closed) {
      const [first] = this.waiting;
      if (first) {
        const [key, value] = first;
        this.waiting.delete(key);
        return { done: false, value };
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.closed) {
      this.closed = true;
      this.waiting.clear();
      this.onClose();
      this.wake();
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Makes of each message what it means to the subscriber; undefined is passed over. Can be left while it waits. */
export function selected<Message, Meaning>(
  source: AsyncIterableIterator<Message>,
  meaningOf: (message: Message) => Promise<Meaning | undefined>,
): AsyncIterableIterator<Meaning, undefined> {
  const iterator: AsyncIterableIterator<Meaning, undefined> = {
    async next() {
      for (;;) {
        const message = await source.next();
        if (message.done) return { done: true, value: undefined };
        const value = await meaningOf(message.value);
        if (value !== undefined) return { done: false, value };
      }
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
