import { z } from 'zod';
import type { RequestContext } from '../identity/session.js';
import { parseInput } from '../platform/graphql/input.js';
import { InputInvalid, Problem } from '../platform/graphql/problem.js';
import { conversionRules } from './referral.inputs.js';
import { ReferralRefused } from './referral.results.js';
import type { ReferralService } from './referral.service.js';
import { refundRules } from './refund.inputs.js';
import type { ReferralRefunds } from './refund.service.js';

const envelope = z.object({ type: z.string(), data: z.unknown() });
/** A refund that has no id of its own is known by that of its message, which stays the same when it is sent again. */
const refundMessage = refundRules.partial({ refundId: true, reason: true });

/** What came of a message, as far as its sender has to know. */
export type MessageOutcome =
  | { readonly outcome: 'CONVERTED' | 'REFUNDED' | 'IGNORED' }
  | { readonly outcome: 'REFUSED'; readonly problem: Problem };

/** Conversions and refunds as messages: `order.converted` and `order.refunded`, each with what the mutation takes. */
export class ConversionMessages {
  constructor(
    private readonly referrals: ReferralService,
    private readonly refunds: ReferralRefunds,
  ) {}

  /** Does what a message says; when it answers, that is durable. Sent again it does nothing more. */
  async receive(context: RequestContext, messageId: string, body: unknown): Promise<MessageOutcome> {
    const message = parseInput(envelope, body);
    if (message instanceof InputInvalid) return refused(message);
    if (message.type === 'order.converted') return this.convert(context, message.data);
    if (message.type === 'order.refunded') return this.refund(context, messageId, message.data);
    return { outcome: 'IGNORED' };
  }

  private async convert(context: RequestContext, data: unknown): Promise<MessageOutcome> {
    const input = parseInput(conversionRules, data);
    if (input instanceof InputInvalid) return refused(input);
    const result = await this.referrals.convert(context, input);
    return result instanceof Problem ? refused(result) : { outcome: 'CONVERTED' };
  }

  private async refund(context: RequestContext, messageId: string, data: unknown): Promise<MessageOutcome> {
    const input = parseInput(refundMessage, data);
    if (input instanceof InputInvalid) return refused(input);
    const { refundId = messageId, reason = 'Refunded by the shop' } = input;
    const result = await this.refunds.refund(context, { ...input, refundId, reason });
    return result instanceof Problem ? refused(result) : { outcome: 'REFUNDED' };
  }
}

/** Whether the same message may succeed later, so that it is worth sending again. */
export function isWorthRetrying(problem: Problem): boolean {
  return problem instanceof ReferralRefused && problem.reason === 'GIFT_UNAVAILABLE';
}

function refused(problem: Problem): MessageOutcome {
  return { outcome: 'REFUSED', problem };
}
