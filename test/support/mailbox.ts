import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as it came in. */
export interface ReceivedMail {
  /** Whom the envelope named: who really gets it. */
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: ParsedMail;
}

/** What the server answers to a recipient, once or always. */
interface Refusal {
  readonly code: number;
  readonly text: string;
  times: number;
}

/** A real SMTP server on loopback: what is sent to it can be read, and what it refuses is up to the test. */
export class Mailbox {
  readonly received: ReceivedMail[] = [];
  /** Called when a mail is in, before the server says so. */
  beforeAccepting: () => Promise<void> = async () => {};
  private readonly refusals = new Map<string, Refusal>();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, callback) => {
      const refusal = this.refusals.get(address);
      if (!refusal || refusal.times === 0) return callback();
      refusal.times--;
      callback(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const to = session.envelope.rcptTo.map(({ address }) => address);
        this.received.push({ to, raw, mail: await simpleParser(raw) });
        await this.beforeAccepting();
        callback();
      });
    },
  });

  async start(): Promise<string> {
    // A client that goes away in the middle of a mail is what some tests are about.
    this.server.on('error', () => {});
    const listener = this.server.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  refuse(address: string, code: number, text: string, times = Number.POSITIVE_INFINITY): void {
    this.refusals.set(address, { code, text, times });
  }

  /** The mails to an address, in the order in which they came. */
  to(address: string): readonly ReceivedMail[] {
    return this.received.filter(({ to }) => to.includes(address));
  }
}

/** The mailbox of one test file. Where it is goes into the settings that the file's world starts with. */
export function useMailbox(settings: Record<string, string>): Mailbox {
  const mailbox = new Mailbox();
  beforeAll(async () => {
    settings.SMTP_URL = await mailbox.start();
    settings.APPLAUS_MAIL_FROM = 'Fonteyn & Co <ask@fonteyn.example>';
    settings.APPLAUS_PUBLIC_URL = 'https://hub.fonteyn.example';
  });
  afterAll(() => mailbox.stop());
  return mailbox;
}
