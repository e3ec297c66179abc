import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { ConditionDefinitions } from './conditions.js';
import type { AttributeCondition } from './rule.js';

type PersonConditions = Pick<
  ConditionDefinitions,
  'contactKinds' | 'attribute' | 'ambassador' | 'levelAtLeast' | 'lifetimePointsAtLeast'
>;

/** What is known of a person as a contact and as an ambassador with points. */
export const personConditions: PersonConditions = {
  contactKinds: {
    requirement: 'CONTACT_KIND',
    predicate: (kinds) => sql`contact.kind IN (${join([...kinds])})`,
    sentence: () => ({ key: 'audience.contactKinds' }),
  },
  attribute: {
    requirement: 'ATTRIBUTE',
    predicate: attributeHolds,
    sentence: ({ name }) => ({ key: 'audience.attribute', parameters: { name } }),
  },
  ambassador: {
    requirement: 'AMBASSADOR',
    predicate: (joined) =>
      sql`${raw(joined ? '' : 'NOT')} EXISTS (SELECT 1 FROM ambassador WHERE ambassador.contact_id = contact.id)`,
    sentence: (joined) => ({ key: joined ? 'audience.ambassador' : 'audience.noAmbassador' }),
  },
  levelAtLeast: {
    requirement: 'LEVEL',
    predicate: (rank, { programId, levelsSince }) =>
      hasPoints(
        levelsSince ? pointsWhereLevelsAreLost(levelsSince) : lifetimePoints,
        sql`(SELECT from_points FROM level WHERE program_id = ${programId} AND rank_number = ${rank})`,
      ),
    sentence: (rank) => ({ key: 'audience.levelAtLeast', parameters: { rank } }),
    refusal: async (db, rank, programId) => {
      const [known] = await db.query(
        sql`SELECT 1 FROM level WHERE program_id = ${programId} AND rank_number = ${rank}`,
      );
      return known ? undefined : `asks for level ${rank}, which the program does not have`;
    },
  },
  lifetimePointsAtLeast: {
    requirement: 'LIFETIME_POINTS',
    predicate: (points) => hasPoints(lifetimePoints, sql`${points}`),
    sentence: (points) => ({ key: 'audience.lifetimePointsAtLeast', parameters: { points } }),
  },
};

const lifetimePoints = sql`points_balance.lifetime`;

/** What decides on a level that can be lost: points of the last months or, if they are more, those that keep it. */
function pointsWhereLevelsAreLost(since: Date): Sql {
  const counted = sql`COALESCE((SELECT SUM(earned_points) FROM points_transfer
    WHERE points_transfer.ambassador_id = ambassador.id AND earned_at > ${since} AND unit_key IS NULL), 0)`;
  const kept = sql`COALESCE((SELECT points FROM level_hold WHERE level_hold.ambassador_id = ambassador.id),
    points_balance.lifetime)`;
  return sql`CASE WHEN ${counted} > ${kept} THEN ${counted} ELSE ${kept} END`;
}

/** Levels begin at 0, also for who has less after a reversal. */
function hasPoints(points: Sql, atLeast: Sql): Sql {
  return sql`EXISTS (
    SELECT 1 FROM ambassador JOIN points_balance ON points_balance.ambassador_id = ambassador.id
    WHERE ambassador.contact_id = contact.id AND (${points} >= ${atLeast} OR ${atLeast} <= 0))`;
}

/** Compared byte by byte: databases differ in what they hold equal. */
function attributeHolds({ name, anyOf, atLeast, atMost }: AttributeCondition): Sql {
  const bounds = [
    ...(anyOf ? [sql`HEX(attribute.value) IN (${join(anyOf.map((value) => sql`HEX(${value})`))})`] : []),
    ...(isGiven(atLeast) || isGiven(atMost) ? [isNumber] : []),
    ...(isGiven(atLeast) ? [sql`${asNumber} >= ${atLeast}`] : []),
    ...(isGiven(atMost) ? [sql`${asNumber} <= ${atMost}`] : []),
  ];
  const named = sql`attribute.name = ${name} AND HEX(attribute.name) = HEX(${name})`;
  return sql`EXISTS (SELECT 1 FROM contact_attribute attribute
    WHERE attribute.contact_id = contact.id AND ${join([named, ...bounds], ' AND ')})`;
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

const digits = [...'0123456789'];
/** A value without its digits: what a number leaves over is nothing, a sign, a point, or both. */
const withoutDigits = digits.reduce((text, digit) => `REPLACE(${text}, '${digit}', '')`, 'attribute.value');
const isNumber = raw(`${withoutDigits} IN ('', '-', '.', '-.') AND attribute.value NOT IN ('', '-', '.', '-.')`);
const asNumber = raw('CAST(attribute.value AS DECIMAL(30, 10))');
