import { createUnionType, Field, ObjectType } from 'type-graphql';
import { InputInvalid } from '../platform/graphql/problem.js';
import { PointsUnit } from './unit.entity.js';

@ObjectType({ description: 'The unit is there, as it was asked for.' })
export class PointsUnitStored {
  @Field({ description: 'The unit.' })
  readonly unit: PointsUnit;

  constructor(unit: PointsUnit) {
    this.unit = unit;
  }
}

export const PointsUnitSetResult = createUnionType({
  name: 'PointsUnitSetResult',
  description: 'What pointsUnitSet answers.',
  types: () => [PointsUnitStored, InputInvalid] as const,
});
