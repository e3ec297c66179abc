import type { AmbassadorService } from '../../ambassadors/ambassador.service.js';
import type { Audiences } from '../../audience/audiences.js';
import type { SuperpromoterService } from '../../influence/superpromoter.service.js';
import { ActivationResolver } from '../../insight/activation/activation.resolver.js';
import { ActivationService } from '../../insight/activation/activation.service.js';
import { CoverageResolver } from '../../insight/asking/coverage.resolver.js';
import { CoverageService } from '../../insight/asking/coverage.service.js';
import { BenchmarkResolver } from '../../insight/benchmark/benchmark.resolver.js';
import { BenchmarkService } from '../../insight/benchmark/benchmark.service.js';
import { ChurnResolver, ChurnRiskResolver } from '../../insight/churn/churn.resolver.js';
import { ChurnService } from '../../insight/churn/churn.service.js';
import { FocusCandidateResolver, FocusResolver } from '../../insight/focus/focus.resolver.js';
import { FocusService } from '../../insight/focus/focus.service.js';
import { FunnelResolver } from '../../insight/funnel/funnel.resolver.js';
import { FunnelService } from '../../insight/funnel/funnel.service.js';
import { LiabilityResolver, UnitLiabilityResolver } from '../../insight/liability/liability.resolver.js';
import { LiabilityService } from '../../insight/liability/liability.service.js';
import { ReachResolver } from '../../insight/reach/reach.resolver.js';
import { ReachService } from '../../insight/reach/reach.service.js';
import {
  ReferralAmbassadorFiguresResolver,
  ReferralInsightResolver,
} from '../../insight/referrals/insight.resolver.js';
import { ReferralInsightService } from '../../insight/referrals/insight.service.js';
import { ResponseRateResolver } from '../../insight/responses/response-rate.resolver.js';
import { ResponseRateService } from '../../insight/responses/response-rate.service.js';
import { ReturnResolver } from '../../insight/returns/returns.resolver.js';
import { ReturnService } from '../../insight/returns/returns.service.js';
import { RewardChanges } from '../../insight/simulation/reward-change.js';
import { SimulationResolver } from '../../insight/simulation/simulation.resolver.js';
import { type Rehearse, SimulationService } from '../../insight/simulation/simulation.service.js';
import { InsightTermsResolver } from '../../insight/terms/terms.resolver.js';
import { InsightTermsService } from '../../insight/terms/terms.service.js';
import { CommonThreadResolver } from '../../insight/threads/thread.resolver.js';
import { CommonThreadService } from '../../insight/threads/thread.service.js';
import { ProgramWarningsResolver } from '../../insight/warnings/warning.resolver.js';
import { WarningService } from '../../insight/warnings/warning.service.js';
import type { NpsService } from '../../nps/nps.service.js';
import type { SurveyService } from '../../nps/survey.service.js';
import type { ExpiryService } from '../../points/expiry.service.js';
import type { Kit } from './kit.js';

/** Questions over everything else. */
export function composeInsight(
  { database, clock, personalData }: Kit,
  {
    surveys,
    nps,
    expiry,
    superpromoters,
    ambassadors,
    audiences,
    rehearse,
  }: {
    readonly surveys: SurveyService;
    readonly nps: NpsService;
    readonly expiry: ExpiryService;
    readonly superpromoters: SuperpromoterService;
    readonly ambassadors: AmbassadorService;
    readonly audiences: Audiences;
    readonly rehearse: Rehearse;
  },
) {
  personalData.concernNobody('insight_terms');
  const insightTerms = new InsightTermsService(database);
  const liability = new LiabilityService(database, clock, expiry);
  return {
    services: { insightTerms },
    resolvers: [
      new CommonThreadResolver(new CommonThreadService(database, surveys)),
      new ReferralInsightResolver(new ReferralInsightService(database, clock, surveys)),
      new ReferralAmbassadorFiguresResolver(),
      new SimulationResolver(new SimulationService(ambassadors, rehearse, clock), new RewardChanges(database)),
      new InsightTermsResolver(insightTerms),
      new LiabilityResolver(liability),
      new UnitLiabilityResolver(liability),
      new ReturnResolver(new ReturnService(database, clock)),
      new ResponseRateResolver(new ResponseRateService(database, clock)),
      new FunnelResolver(new FunnelService(database, clock)),
      new CoverageResolver(new CoverageService(database, clock)),
      new ActivationResolver(new ActivationService(database, clock)),
      new FocusResolver(new FocusService(superpromoters)),
      new FocusCandidateResolver(),
      new ChurnResolver(new ChurnService(database, clock, surveys)),
      new ChurnRiskResolver(),
      new ReachResolver(new ReachService(database, clock)),
      new BenchmarkResolver(new BenchmarkService(nps, clock)),
      new ProgramWarningsResolver(new WarningService(database, clock, audiences)),
    ],
    jobs: [],
  };
}
