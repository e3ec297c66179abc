import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../../platform/config.js';
import type { Mail, MailCarrier, MailOutcome } from './mail.js';

/** How many mails go over connections of their own at once. */
const connectionsMax = 5;
const connectMilliseconds = 10_000;
const silenceMilliseconds = 60_000;
/** Providers hang up on connections that say nothing; ours are gone before. */
const idleMilliseconds = 20_000;

/** Hands mails to the provider, by SMTP. It never tries again by itself: who sends knows whether that is safe. */
export class Mailer implements MailCarrier {
  private transport: Transporter | undefined;

  constructor(private readonly config: Pick<Config, 'SMTP_URL' | 'APPLAUS_MAIL_FROM'>) {}

  get isReady(): boolean {
    return this.config.SMTP_URL !== undefined;
  }

  messageIdOf(key: string): string {
    return `<${key}@${domainOf(this.config.APPLAUS_MAIL_FROM ?? '')}>`;
  }

  async send(mail: Mail): Promise<MailOutcome> {
    const { address, name } = mail.to;
    if (!isAddress(address)) return { outcome: 'BOUNCED', reason: '5.1.3' };
    try {
      await this.open().sendMail({
        from: this.config.APPLAUS_MAIL_FROM,
        to: { address, name: oneLine(name ?? '') },
        subject: oneLine(mail.subject),
        text: mail.text,
        html: mail.html,
        messageId: this.messageIdOf(mail.key),
        headers: {
          'Auto-Submitted': 'auto-generated',
          'Content-Language': mail.language,
          'List-Unsubscribe': { prepared: true, value: `<${mail.unsubscribeUrl}>` },
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      });
      return { outcome: 'ACCEPTED' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  close(): void {
    this.transport?.close();
  }

  private open(): Transporter {
    this.transport ??= createTransport({
      url: this.config.SMTP_URL,
      pool: true,
      maxConnections: connectionsMax,
      // A mail that was under way when its connection broke may have gone out.
      maxRequeues: 0,
      idleTimeout: idleMilliseconds,
      connectionTimeout: connectMilliseconds,
      greetingTimeout: connectMilliseconds,
      socketTimeout: silenceMilliseconds,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return this.transport;
  }
}

/** Whatever could end a header's line becomes a space. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** One plain address: nothing in it could name a second recipient. */
function isAddress(address: string): boolean {
  return /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u.test(address);
}

function domainOf(from: string): string {
  return /@([^\s<>@]+)/.exec(from)?.[1] ?? 'localhost';
}

/** What nodemailer says of a failure. */
interface Failure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly syscall?: string;
  readonly timeoutType?: string;
}

/** Failures before any mail went over the connection. */
const codesBefore: ReadonlySet<string> = new Set(['EDNS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EPROXY', 'ECONFIG']);
const timeoutsBefore: ReadonlySet<string> = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT']);

function outcomeOf(error: unknown): MailOutcome {
  const failure: Failure = typeof error === 'object' && error !== null ? error : {};
  const { code = 'unknown', command = '', responseCode, response = '', syscall, timeoutType = '' } = failure;
  if (responseCode === undefined) {
    const wasBefore = codesBefore.has(code) || syscall === 'connect' || timeoutsBefore.has(timeoutType);
    return { outcome: wasBefore ? 'LATER' : 'UNCERTAIN', reason: code };
  }
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const reason = status ? `${responseCode} ${status}` : String(responseCode);
  // Before the recipient is named it is the sender whom the provider will not have: for people to mend.
  if (responseCode < 500 || !/^(RCPT TO|DATA)/.test(command)) return { outcome: 'LATER', reason };
  // X.7: security or policy (RFC 3463), which says nothing of the address.
  return { outcome: status?.startsWith('5.7.') ? 'REFUSED' : 'BOUNCED', reason };
}
