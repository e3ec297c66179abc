import type { FraudReason } from './engine.js';
import type { FraudReasonCode } from './fraud.enums.js';

/** What an ambassador is told: enough to answer, not enough to learn from. */
export type SummaryKind = 'PERSON' | 'ADDRESS' | 'MEANS' | 'PACE' | 'HISTORY';

const kindOf: Readonly<Record<FraudReasonCode, SummaryKind>> = {
  OWN_CODE: 'PERSON',
  CYCLE: 'PERSON',
  SECOND_REFERRER: 'PERSON',
  SAME_INBOX: 'PERSON',
  KNOWN_INBOX: 'PERSON',
  NEAR_IDENTITY: 'PERSON',
  REPEATED_NAME: 'PERSON',
  MIXED_SCRIPT: 'PERSON',
  DISPOSABLE_ADDRESS: 'ADDRESS',
  NUMBERED_ADDRESSES: 'ADDRESS',
  MACHINE_MADE_ADDRESS: 'ADDRESS',
  SHARED_DEVICE: 'MEANS',
  SHARED_PAYMENT: 'MEANS',
  SHARED_NETWORK: 'MEANS',
  NETWORK_OF_ONE_REFERRER: 'MEANS',
  VELOCITY: 'PACE',
  FAST_REGISTRATION: 'PACE',
  FAST_CONVERSION: 'PACE',
  CLICK_FLOOD: 'PACE',
  SHARED_CLICK: 'PACE',
  ORDERS_UNDONE: 'HISTORY',
  DENIED_BEFORE: 'HISTORY',
};

/** The kinds of reasons, each once, the heaviest first. */
export function summaryOf(reasons: readonly FraudReason[]): readonly SummaryKind[] {
  return [...new Set(reasons.map(({ code }) => kindOf[code]))];
}
