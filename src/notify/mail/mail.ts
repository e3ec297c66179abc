/** One mail to one person. */
export interface Mail {
  readonly to: { readonly address: string; readonly name: string | null };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47, as in nl. */
  readonly language: string;
  /** What tells mails apart; the domain of the sender is put behind it for the Message-ID. */
  readonly key: string;
  /** Where one unsubscribes: by a page for people, and by one POST for their mail program (RFC 8058). */
  readonly unsubscribeUrl: string;
}

/**
 * What came of handing a mail to the provider. The reason is the provider's code alone (RFC 3463): what it says in words
 * may quote the address.
 */
export type MailOutcome =
  /** The provider has it. Whether it arrives, nobody knows. */
  | { readonly outcome: 'ACCEPTED' }
  /** The address takes no mail. */
  | { readonly outcome: 'BOUNCED'; readonly reason: string }
  /** The provider will not have this mail, whoever it is for. */
  | { readonly outcome: 'REFUSED'; readonly reason: string }
  /** Not now: the provider said so, or was not reached. Nothing was sent. */
  | { readonly outcome: 'LATER'; readonly reason: string }
  /** The connection broke while the mail went over it: the provider has it, or has not. */
  | { readonly outcome: 'UNCERTAIN'; readonly reason: string };

/** Who takes mails out: the provider, or in the demo nobody. */
export interface MailCarrier {
  /** Whether mails go anywhere; where not, callers refuse with MailNotConfigured. */
  readonly isReady: boolean;
  /** The Message-ID of a mail; the same for the same key. */
  messageIdOf(key: string): string;
  send(mail: Mail): Promise<MailOutcome>;
  close(): void;
}
