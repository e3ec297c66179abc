import type { ContactService } from '../../contacts/contact.service.js';
import type { Ledger } from '../../points/ledger.js';
import type { ProgramService } from '../../programs/program.service.js';
import { ConversionMessages } from '../../referrals/conversion-messages.js';
import { ConversionSecretResolver, ConversionSecrets } from '../../referrals/conversion-secret.js';
import { ReferralFraud } from '../../referrals/fraud/fraud.service.js';
import { ReferralReviews } from '../../referrals/fraud/review.service.js';
import { Nominations } from '../../referrals/nominations.js';
import { OrderImport } from '../../referrals/order-import.js';
import { ReferralClicks } from '../../referrals/referral.clicks.js';
import { ReferralCodes } from '../../referrals/referral.codes.js';
import { Referral } from '../../referrals/referral.entity.js';
import { ReferralNaming } from '../../referrals/referral.naming.js';
import { defineReferrals } from '../../referrals/referral.personal.js';
import { ReferralRegistration } from '../../referrals/referral.registration.js';
import {
  AmbassadorReferralsResolver,
  ProgramReferralsResolver,
  ReferralLinkResolver,
  ReferralResolver,
} from '../../referrals/referral.resolver.js';
import { defineClickRetention } from '../../referrals/referral.retention.js';
import { ReferralRewards } from '../../referrals/referral.rewards.js';
import { ReferralService } from '../../referrals/referral.service.js';
import { noteStep } from '../../referrals/referral.steps.js';
import { CodeSuggestions } from '../../referrals/referral.suggestions.js';
import { ReferralTermsService } from '../../referrals/referral.terms.js';
import { ReferralRefundResolver } from '../../referrals/refund.resolver.js';
import { ReferralRefunds } from '../../referrals/refund.service.js';
import { FriendVoucherPool } from '../../referrals/voucher.entity.js';
import {
  AmbassadorGiftResolver,
  FriendVoucherPoolResolver,
  ReferralGiftResolver,
  RewardRulesVoucherResolver,
} from '../../referrals/voucher.resolver.js';
import { FriendVouchers } from '../../referrals/voucher.service.js';
import type { Kit } from './kit.js';
import { followFraud, fraudResolvers } from './referral-fraud.js';
import { composeSharing } from './sharing.js';

/** Whatever moves a referral along. */
const stepEvents = [
  'referral.registered',
  'referral.converted',
  'referral.heldForReview',
  'referral.rewarded',
  'referral.reversed',
  'referral.rejected',
] as const;

interface Below {
  readonly programs: ProgramService;
  readonly contacts: ContactService;
  readonly ledger: Ledger;
}

/** Member gets member. */
export function composeReferrals(kit: Kit, below: Below) {
  defineReferrals(kit.personalData, kit.random);
  defineClickRetention(kit.retention);
  const way = composeWay(kit, below);
  const sharing = composeSharing(kit, way.services);
  return {
    services: { ...way.services, ...sharing.services },
    resolvers: [...way.resolvers, ...sharing.resolvers],
    jobs: [...way.jobs, ...sharing.jobs],
  };
}

/** The way of a referral: from the click to the reward, and back. */
function composeWay(
  { config, random, log, sealer, database, events, clock, nodes }: Kit,
  { programs, contacts, ledger }: Below,
) {
  const referralTerms = new ReferralTermsService(database);
  const referralCodes = new ReferralCodes(config.APPLAUS_PUBLIC_URL, random);
  const referralClicks = new ReferralClicks(database, events, referralCodes, random);
  const friendVouchers = new FriendVouchers(database, events, sealer);
  const referralRewards = new ReferralRewards(database, events, ledger, friendVouchers);
  const fraud = new ReferralFraud(database, events, config.APPLAUS_EVIDENCE_SECRET);
  const registration = new ReferralRegistration(events, fraud);
  const shared = { database, ledger, terms: referralTerms, registration, rewards: referralRewards, fraud };
  const referralReviews = new ReferralReviews({ ...shared, events });
  const friendNominations = new Nominations(database);
  const referrals = new ReferralService({
    ...shared,
    contacts,
    suggestions: new CodeSuggestions(),
    nominations: friendNominations,
    naming: new ReferralNaming(referralCodes, referralClicks),
  });
  const refunds = new ReferralRefunds(database, events, ledger, referralRewards);
  const conversionMessages = new ConversionMessages(referrals, refunds);
  const conversionSecrets = new ConversionSecrets(database, sealer, config.APPLAUS_PUBLIC_URL);
  events.followInside('program.created', (tx, { programId }) => referralTerms.addDefaults(tx, programId));
  events.followInside('ambassador.enrolled', (tx, { programId, payload }) =>
    referralCodes.assign(tx, programId, payload.ambassadorId),
  );
  events.followInside('ambassador.enrolled', (tx, event) => referralRewards.followEnrollment(tx, event));
  for (const type of stepEvents) events.followInside(type, (tx, { payload }) => noteStep(tx, payload.referralId));
  followFraud({ events, nodes }, { fraud, referralReviews, friendVouchers });
  events.followInside('points.posted', (tx, event) => referralRewards.followRelease(tx, event));
  nodes.register(FriendVoucherPool, (context, id) => friendVouchers.find(context, id));
  nodes.register(Referral, (context, id) => referrals.find(context, id));
  return {
    services: {
      referrals,
      referralCodes,
      referralClicks,
      referralTerms,
      referralRewards,
      friendVouchers,
      refunds,
      conversionMessages,
      conversionSecrets,
      referralFraud: fraud,
      referralReviews,
      orderImport: new OrderImport(database, log, programs, referrals, refunds),
      friendNominations,
    },
    resolvers: [
      new ReferralRefundResolver(refunds),
      new ConversionSecretResolver(conversionSecrets),
      new ReferralResolver(referrals),
      new AmbassadorReferralsResolver(referrals, referralCodes),
      new ReferralLinkResolver(),
      new ProgramReferralsResolver(referralTerms),
      new FriendVoucherPoolResolver(friendVouchers),
      new RewardRulesVoucherResolver(friendVouchers),
      new ReferralGiftResolver(friendVouchers),
      new AmbassadorGiftResolver(friendVouchers),
      ...fraudResolvers(fraud, referralReviews),
    ],
    jobs: [
      { name: 'referrals.forget', everyMilliseconds: 3_600_000, doSome: () => fraud.forgetSome(clock.now()) },
      { name: 'referrals.reward', everyMilliseconds: 30_000, doSome: () => referralRewards.rewardDue(clock.now()) },
      { name: 'conversionSecrets.reseal', everyMilliseconds: 3_600_000, doSome: () => conversionSecrets.resealSome() },
      { name: 'vouchers.reseal', everyMilliseconds: 3_600_000, doSome: () => friendVouchers.resealSome() },
    ],
  };
}
