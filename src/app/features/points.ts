import type { AmbassadorService } from '../../ambassadors/ambassador.service.js';
import {
  AmbassadorExpiringResolver,
  AmbassadorExpiryResolver,
  ExpiryResolver,
  ProgramExpiryResolver,
} from '../../points/expiry.resolver.js';
import { ExpiryRuns } from '../../points/expiry.run.js';
import { ExpiryService } from '../../points/expiry.service.js';
import { GiftResolver } from '../../points/gift.resolver.js';
import { GiftService } from '../../points/gift.service.js';
import { Ledger } from '../../points/ledger.js';
import { LevelLowering } from '../../points/level.lowering.js';
import { AmbassadorLevelResolver, ProgramLevelsResolver } from '../../points/level.resolver.js';
import { LevelRising } from '../../points/level.rising.js';
import { LevelService } from '../../points/level.service.js';
import { PointsEntry } from '../../points/points.entity.js';
import { definePoints } from '../../points/points.personal.js';
import { AmbassadorPointsResolver, PointsEntryResolver, PointsResolver } from '../../points/points.resolver.js';
import { PointsService } from '../../points/points.service.js';
import {
  AmbassadorBalancesResolver,
  AmbassadorUnitsResolver,
  PointsEntryUnitResolver,
  UnitResolver,
} from '../../points/unit.resolver.js';
import { UnitService } from '../../points/unit.service.js';
import type { Kit } from './kit.js';

/** The ledger and the levels. */
export function composePoints(
  { database, events, jobs, clock, nodes, personalData }: Kit,
  { ambassadors }: { readonly ambassadors: AmbassadorService },
) {
  const ledger = new Ledger(events);
  const levels = new LevelService(database, clock, new LevelLowering(events, jobs));
  const units = new UnitService(database);
  const points = new PointsService(database, ledger, ambassadors, units);
  const gifts = new GiftService(database, events, ledger, ambassadors, units, points);
  const expiry = new ExpiryService(database, clock, units);
  const levelRising = new LevelRising(events);
  new ExpiryRuns(events, jobs);
  events.followInside('program.created', (tx, { programId }) => units.addDefault(tx, programId));
  events.followInside('program.created', (tx, { programId }) => levels.addDefaults(tx, programId));
  events.followInside('ambassador.enrolled', (tx, { programId, payload }) =>
    ledger.open(tx, programId, payload.ambassadorId),
  );
  events.followInside('points.posted', (tx, event) => levelRising.afterPosting(tx, event));
  definePoints(personalData);
  nodes.register(PointsEntry, (context, id) => points.find(context, id));
  return {
    services: { ledger, levels, points, units, expiry, gifts },
    resolvers: [
      new PointsResolver(points),
      new AmbassadorPointsResolver(points),
      new PointsEntryResolver(),
      new AmbassadorLevelResolver(levels),
      new ProgramLevelsResolver(levels),
      new UnitResolver(units),
      new AmbassadorUnitsResolver(points),
      new AmbassadorBalancesResolver(),
      new PointsEntryUnitResolver(),
      new GiftResolver(gifts),
      new ExpiryResolver(expiry),
      new AmbassadorExpiryResolver(),
      new AmbassadorExpiringResolver(expiry),
      new ProgramExpiryResolver(),
    ],
    jobs: [{ name: 'points.release', everyMilliseconds: 30_000, doSome: () => points.releaseDue(clock.now()) }],
  };
}
