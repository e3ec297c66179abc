import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { schemaText } from '../../src/app/print-schema.js';
import { createSchema } from '../../src/app/schema.js';
import { fieldPermissions } from '../../src/identity/field-permissions.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await createSchema(world.server.features.resolvers);
});

function types() {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
}

function roots(): GraphQLObjectType[] {
  const all = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return all.filter((type) => type !== null && type !== undefined);
}

/** Everything with a description of its own: types, fields, arguments, values. */
function described(): { name: string; description: string | null | undefined }[] {
  return types().flatMap((type) => {
    const named = { name: type.name, description: type.description };
    if (isEnumType(type)) return [named, ...type.getValues().map((value) => within(type.name, value))];
    if (isInputObjectType(type))
      return [named, ...Object.values(type.getFields()).map((field) => within(type.name, field))];
    if (!isObjectType(type) && !isInterfaceType(type)) return [named];
    // What Query, Mutation and Subscription are, GraphQL itself says.
    const own = roots().some((root) => root === type) ? [] : [named];
    const fields = Object.values(type.getFields()).flatMap((field) => [
      within(type.name, field),
      ...field.args.map((argument) => within(`${type.name}.${field.name}`, argument)),
    ]);
    return [...own, ...fields];
  });
}

function within(place: string, each: { readonly name: string; readonly description?: string | null }) {
  return { name: `${place}.${each.name}`, description: each.description };
}

describe('schema/schema.graphql', () => {
  test('is what the code emits (npm run schema writes it)', () => {
    const kept = readFileSync(path.join(process.cwd(), 'schema', 'schema.graphql'), 'utf8');
    expect(schemaText(schema) === kept).toBe(true);
  });
});

describe('the schema', () => {
  test('describes everything in words', () => {
    const silent = described().filter(({ description }) => !/\w+\W+\w+/.test(description ?? ''));
    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(described().length).toBeGreaterThan(150);
  });

  test('has mutations that take one input and answer a union', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(fields.length).toBeGreaterThan(3);
    for (const { name, args, type } of fields) {
      const inputName = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
      expect([name, args.map((each) => `${each.name}: ${each.type}`)]).toEqual([name, [`input: ${inputName}`]]);
      expect([name, isNonNullType(type) && isUnionType(type.ofType)]).toEqual([name, true]);
    }
  });

  test('has in the union of each mutation one success, InputInvalid, and problems that are Problems', () => {
    const problem = schema.getType('Problem');
    for (const { name, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const union = getNamedType(type);
      const members = isUnionType(union) ? union.getTypes() : [];
      const successes = members.filter((member) => !member.getInterfaces().some((each) => each === problem));
      expect([name, successes.map((each) => each.name)]).toEqual([name, [expect.any(String)]]);
      expect([name, members.map((each) => each.name)]).toEqual([name, expect.arrayContaining(['InputInvalid'])]);
    }
  });

  test('gives lists that can grow as connections', () => {
    const lists = types()
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
      .filter(({ field }) => isListType(getNullableType(field.type)))
      .map(({ type, field }) => `${type.name}.${field.name}`)
      .filter((name) => !/(Connection\.(edges|nodes)|\.issues|InputIssue\.path)$/.test(name));
    expect(lists.sort()).toEqual(lists.filter((name) => boundedLists.includes(name)));
  });

  test('has a complete connection wherever it has one at all', () => {
    const connections = types().filter(({ name }) => name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(1);
    for (const type of connections) {
      const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
      expect([type.name, fields]).toEqual([
        type.name,
        expect.arrayContaining(['edges', 'nodes', 'pageInfo', 'totalCount']),
      ]);
    }
  });

  test('has every field of a root, and nothing else that is not there, in the table of permissions', () => {
    const rootFields = roots().flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
    expect(rootFields.filter((name) => !(name in fieldPermissions))).toEqual([]);
    const gone = Object.keys(fieldPermissions).filter((name) => {
      const [typeName = '', fieldName = ''] = name.split('.');
      const type = schema.getType(typeName);
      return !isObjectType(type) || !(fieldName in type.getFields());
    });
    expect(gone).toEqual([]);
  });

  test("has every way to what is somebody's own in the table of permissions", () => {
    const results = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ type }) => {
      const union = getNamedType(type);
      return isUnionType(union) ? union.getTypes().map(({ name }) => name) : [];
    });
    const ways = types()
      .filter((type) => isObjectType(type) && !results.includes(type.name) && !/(Connection|Edge)$/.test(type.name))
      .flatMap((type) => Object.values(isObjectType(type) ? type.getFields() : {}).map((field) => ({ type, field })))
      .filter(({ field }) => privateTypes.includes(getNamedType(field.type).name))
      .map(({ type, field }) => `${type.name}.${field.name}`);
    expect(ways.length).toBeGreaterThan(5);
    expect(ways.filter((name) => !(name in fieldPermissions) && !openWays.includes(name))).toEqual([]);
  });

  test('cannot be served with a root field that the table does not decide', async () => {
    const { Field, ObjectType, Query, Resolver } = await import('type-graphql');
    class Undecided {}
    ObjectType({ description: 'A type of this test alone.' })(Undecided);
    Field(() => String)(Undecided.prototype, 'text');
    class UndecidedResolver {
      undecided() {
        return { text: 'secret' };
      }
    }
    Resolver()(UndecidedResolver);
    Query(() => Undecided)(UndecidedResolver.prototype, 'undecided', { value: UndecidedResolver.prototype.undecided });
    await expect(createSchema([...world.server.features.resolvers, new UndecidedResolver()])).rejects.toThrow(
      'identity/permissions does not decide on Query.undecided',
    );
  });
});

/** What belongs to somebody: not everybody who sees the object that leads there may see it, too. */
const privateTypes = [
  'ApiKey',
  'ApiKeyConnection',
  'Contact',
  'NpsResponse',
  'PointsBalance',
  'PointsEntry',
  'PointsEntryConnection',
  'SubmissionConnection',
];
/** Ways that only lead from something of somebody's to more of the same person's. */
const openWays = [
  'PointsEntry.reverses',
  'Simulation.before', // the simulation asks whose it is
  'Simulation.after',
  'ChurnRisk.contact', // the outlook is for staff
];

/** Lists that cannot grow without end, each with what bounds it. */
const boundedLists = [
  'Ambassador.leaderboardsLeft', // as many as `leaderboards`
  'Query.nodes', // as many as ids, at most 100
  'Level.benefits', // at most 10
  'ConsentPolicySet.rules', // one for each purpose
  'Contact.consents', // one for each purpose
  'Program.consentPolicy', // one for each purpose
  'ContactExported.items', // at most 500
  'Program.retention', // one for each kind
  'ResponseRate.byChannel',
  'ResponseRate.byMonth',
  'RetentionSet.rules', // one for each kind
  'Program.levels', // at most 50
  'Program.warnings', // at most 20
  'Poll.options', // at most 20
  'Poll.viewerChoices', // at most 20
  'Submission.flags', // at most 10
  'Submission.revisions', // at most 20
  'SubmissionsDecided.results', // as many as decisions, at most 100
  'Query.reviewPlatforms', // what everybody knows, and at most 100 of the program's own
  'ReviewPlatform.domains', // at most 50
  'LevelsReplaced.levels', // at most 50
  'Badge.tiers', // at most 3
  'BadgeProgress.parts', // at most 50 conditions in a rule
  'Program.pointsUnits', // at most 10
  'Program.pointsExpiry', // at most 100 of a unit
  'Ambassador.balances', // one a unit
  'Ambassador.expiringPoints', // at most 100
  'AmbassadorExpiry.expiring',
  'Simulation.before', // one a unit
  'Simulation.after',
  'Simulation.entries', // of one action
  'Simulation.earnedBadges', // as many as the program has
  'PointsStatement.movements', // one a kind and account
  'ExpiryPreview.nodes', // as many as its first, at most 100
  'FatigueBudget.clocks', // one for each kind
  'AskOutlook.reasons', // one for each reason
  'InvitationWavePreview.notAsked', // one for each reason
  'WaveProgress.notAsked', // one for each reason
  'Query.invitationTexts', // at most 22
  'Ambassador.badges', // as many as the program has
  'BadgeRule.all', // at most 50 conditions in a rule
  'BadgeRule.any',
  'ChallengeSubmitted.earnedBadges', // as many as the program has
  'LeaderboardEntry.neighbours', // radius on either side
  'Leaderboard.kinds', // as many as there are kinds
  'Query.leaderboards', // at most 50
  'CommonThread.findings',
  'Query.leaderboards', // at most 50 that points count on
  'Season.prizes', // at most 20
  'NpsBreakdown.groups',
  'NpsResponse.followUps', // at most 20 questions in a survey
  'NpsResponseRecorded.followUps',
  'Survey.followUps',
  'Survey.texts',
  'SurveyAnswered.followUps',
  'SurveyForm.languages',
  'Referral.refunds', // at most 100
  'ReferralRewardRules.steps', // at most 20
  'ReferralFigures.revenue', // one a currency
  'ReferralInsight.byChannel', // one a channel
  'ReferralInsight.byPeriod', // bounded by the service
  'ReferralInsight.byAmbassador', // first, at most 100
  'Superpromoter.gates', // three
  'SuperpromoterGate.evidence', // one a kind, and at most 50 nominations
  'SuperpromoterTerms.sharingKinds', // as many as there are kinds
  'SuperpromoterTerms.weights', // one a kind of evidence
  'InsightTerms.pointValues', // one a unit
  'InsightTerms.actValues', // one a kind
  'PointsLiability.units', // one a unit
  'PointsLiability.byMonth', // at most 36
  'ProgramReturn.acts', // one a kind
  'ProgramReturn.revenue', // one a currency
  'Funnel.steps', // at most six
  'Funnel.revenue', // one a currency
  'LoopFunnel.cohorts', // at most 36 months
  'AskCoverage.byAttribute', // at most 200 values
  'Activation.byMonth', // at most 36
  'GrowthProjection.points', // at most 24
  'FocusCandidate.lacks', // one a gate
  'ChurnRisk.reasons', // one of each
  'ChurnOutlook.weights', // one a reason
  'ReferralLink.shares', // one a channel
  'Query.referralShareTexts', // one a channel in at most 20 languages
  'Referral.history', // a step for each status
  'ReferralRefused.suggestions', // at most 3
  'Referral.assessments', // registration, conversion, review and appeal
  'ReferralAssessment.reasons', // at most one of each code
  'ReferralReview.summary', // at most one of each kind
  'NpsSummary.distribution', // one a score
  'NpsSummary.trend', // one an interval, bounded by the service
  'AttributeCondition.anyOf', // at most 100
  'AudienceRule.all', // at most 50 conditions in a rule
  'AudienceRule.any',
  'AudienceRule.contactKinds', // as many as there are kinds
  'AudienceRule.npsBands', // at most 3
  'Ambassador.tracks', // at most 100
  'Challenge.prerequisites', // at most 10
  'Challenge.viewerMissing', // at most one for each condition, and each challenge before
  'ChallengeNotEligible.missing',
  'Track.challenges', // at most 50
  'WebhookMappingTrial.answers', // at most 100
  'WebhookMappingTrial.refusals', // at most 100
  'Challenge.stages', // at most 20
  'RewardDraw.odds', // at most 20
  'Ask.candidates', // one a kind
  'AskGroup.arms', // one a kind
  'AskOrder.pinned', // one a kind
  'AskOrder.excluded',
  'Query.askLearning', // at most 50
  'Case.history', // at most 200, and how it ended
  'CaseTerms.workingDays', // at most 7
  'CaseTerms.owners', // at most 50
  'BonusWindow.kinds', // as many as there are kinds
];
