import type { AmbassadorService } from '../../ambassadors/ambassador.service.js';
import type { Audiences } from '../../audience/audiences.js';
import {
  ReferralAmbassadorFiguresResolver,
  ReferralInsightResolver,
} from '../../insight/referrals/insight.resolver.js';
import { ReferralInsightService } from '../../insight/referrals/insight.service.js';
import { RewardChanges } from '../../insight/simulation/reward-change.js';
import { SimulationResolver } from '../../insight/simulation/simulation.resolver.js';
import { type Rehearse, SimulationService } from '../../insight/simulation/simulation.service.js';
import { CommonThreadResolver } from '../../insight/threads/thread.resolver.js';
import { CommonThreadService } from '../../insight/threads/thread.service.js';
import { ProgramWarningsResolver } from '../../insight/warnings/warning.resolver.js';
import { WarningService } from '../../insight/warnings/warning.service.js';
import type { SurveyService } from '../../nps/survey.service.js';
import type { Kit } from './kit.js';

/** Questions over everything else. */
export function composeInsight(
  { database, clock }: Kit,
  {
    surveys,
    ambassadors,
    audiences,
    rehearse,
  }: {
    readonly surveys: SurveyService;
    readonly ambassadors: AmbassadorService;
    readonly audiences: Audiences;
    readonly rehearse: Rehearse;
  },
) {
  return {
    services: {},
    resolvers: [
      new CommonThreadResolver(new CommonThreadService(database, surveys)),
      new ReferralInsightResolver(new ReferralInsightService(database, clock, surveys)),
      new ReferralAmbassadorFiguresResolver(),
      new SimulationResolver(new SimulationService(ambassadors, rehearse, clock), new RewardChanges(database)),
      new ProgramWarningsResolver(new WarningService(database, clock, audiences)),
    ],
    jobs: [],
  };
}
