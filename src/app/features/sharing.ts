import { ReferralClaim, ReferralNomination } from '../../referrals/nomination.entity.js';
import {
  AmbassadorNominationsResolver,
  NominationResolver,
  ReferralNominationResolver,
} from '../../referrals/nomination.resolver.js';
import { NominationService } from '../../referrals/nomination.service.js';
import type { Nominations } from '../../referrals/nominations.js';
import type { ReferralService } from '../../referrals/referral.service.js';
import type { ReferralTermsService } from '../../referrals/referral.terms.js';
import { ShareTextResolver } from '../../referrals/share-text.resolver.js';
import { ShareTexts } from '../../referrals/share-text.service.js';
import type { Kit } from './kit.js';

interface SharingParts {
  readonly referralTerms: ReferralTermsService;
  readonly friendNominations: Nominations;
  readonly referrals: ReferralService;
}

/** How ambassadors tell friends, and how both say so: what they share, whom they name. */
export function composeSharing({ database, events, clock, nodes }: Kit, parts: SharingParts) {
  const { referralTerms, friendNominations, referrals } = parts;
  const shareTexts = new ShareTexts(database, referralTerms);
  const referralNominations = new NominationService({
    database,
    terms: referralTerms,
    nominations: friendNominations,
    referrals,
  });
  events.followInside('referral.registered', (tx, { payload }) =>
    friendNominations.followRegistration(tx, payload.referralId),
  );
  nodes.register(ReferralNomination, (context, id) => referralNominations.findNomination(context, id));
  nodes.register(ReferralClaim, (context, id) => referralNominations.findClaim(context, id));
  return {
    services: { shareTexts, referralNominations },
    resolvers: [
      new ShareTextResolver(shareTexts),
      new NominationResolver(referralNominations),
      new AmbassadorNominationsResolver(referralNominations),
      new ReferralNominationResolver(),
    ],
    jobs: [
      {
        name: 'referrals.forgetNominations',
        everyMilliseconds: 3_600_000,
        doSome: () => friendNominations.forgetSome(clock.now()),
      },
    ],
  };
}
