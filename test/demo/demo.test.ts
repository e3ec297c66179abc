import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { Challenge, ChallengeKind } from '../../src/challenges/challenge.entity.js';
import { Contact } from '../../src/contacts/contact.entity.js';
import type { Answer, Client } from '../support/client.js';
import { dropDatabase, ensureDatabase } from '../support/databases.js';
import { expectInvariants } from '../support/invariants.js';
import { World } from '../support/world.js';

const worker = process.env.JEST_WORKER_ID ?? '1';
const shared = `demo-shared-${worker}`;
const other = `demo-other-${worker}`;
const world = (database: string) => new World({ APPLAUS_DEMO: 'true' }, { database });
const first = world(shared);
const second = world(shared);
const elsewhere = world(other);

beforeAll(async () => {
  for (const database of [shared, other]) {
    await dropDatabase(database);
    await ensureDatabase(database);
  }
  await Promise.all([first.start(), second.start()]);
  await elsewhere.start();
}, 600_000);

afterAll(async () => {
  for (const each of [first, second, elsewhere]) await each.stop();
  for (const database of [shared, other]) await dropDatabase(database);
});

/** Who stands where, and who has what, in the order in which they joined last. */
const standings =
  '{ ambassadors(first: 60) { nodes { displayName points { available lifetime } badges { badge { code } } } } }';

describe('The demo program', () => {
  let admin: Client;
  beforeAll(async () => {
    admin = await first.client('demo', 'ADMIN', 'admin');
  });

  test('is made once by two servers that start at once', async () => {
    const there = await second.client('demo', 'ADMIN', 'admin');
    const question = '{ program { id } submissions { totalCount } }';
    expect(await there.ask(question)).toEqual(await admin.ask(question));
  });

  test('has 400 contacts and three late friends, 60 of them ambassadors', async () => {
    expect(await first.server.platform.database.read((db) => db.count(Contact, sql``))).toBe(403);
    const { ambassadors } = await admin.ask('{ ambassadors { totalCount } }');
    expect(ambassadors.totalCount).toBe(60);
  });

  test('asks its employees anonymously, by bands of their own; the last answers still wait for others', async () => {
    const { nps, surveys } = await admin.ask(
      `{ surveys { nodes { key kind isAnonymous waitingAnswers form(language: "nl") { question } } }
        nps(filter: { surveyKey: "staff" }) { responses scheme { key promoterFrom detractorTo } } }`,
    );
    const scheme = { key: 'OWN', promoterFrom: 8, detractorTo: 5 };
    expect(nps).toEqual({ responses: 71, scheme });
    expect(surveys.nodes).toContainEqual({
      key: 'staff',
      kind: 'ENPS',
      isAnonymous: true,
      waitingAnswers: 3,
      form: { question: expect.stringContaining('als werkgever') },
    });
  });

  test('has twelve months of answers that get better', async () => {
    const { nps } = await admin.ask(
      '{ nps(filter: { surveyKey: "relation" }) { responses trend(interval: QUARTER) { score responses } } }',
    );
    const scores: number[] = nps.trend.filter((point: Answer) => point.responses > 100).map((p: Answer) => p.score);
    expect(nps.responses).toBeGreaterThan(1_000);
    expect(Number(scores.at(-1))).toBeGreaterThan(Number(scores[0]) + 15);
  });

  test('has a challenge of every kind', async () => {
    const { challenges } = await admin.ask('{ challenges(first: 100) { nodes { kind } } }');
    expect(new Set(challenges.nodes.map(({ kind }: Answer) => kind))).toEqual(new Set(Object.keys(ChallengeKind)));
  });

  test('has an academy that some have finished, prizes that were drawn, and segments', async () => {
    const { tracks, badges, segments, bonusWindows, ambassadors } = await admin.ask(`{
      tracks { nodes { key challenges { title } } } badges(first: 100) { nodes { code } }
      segments { nodes { key size { contacts ambassadors } } } bonusWindows { totalCount }
      ambassadors(first: 60) { nodes { tracks { stepsDone completedAt } } } }`);
    expect(tracks.nodes).toMatchObject([{ key: 'academy', challenges: [{}, {}, {}] }]);
    expect(badges.nodes).toContainEqual({ code: 'graduate' });
    expect(bonusWindows.totalCount).toBe(2);
    for (const { size } of segments.nodes) {
      expect(size.contacts).toBeGreaterThan(10);
      expect(size.ambassadors).toBeGreaterThan(0);
    }
    const progress: Answer[] = ambassadors.nodes.flatMap((each: Answer) => each.tracks);
    expect(progress.filter(({ completedAt }) => completedAt).length).toBeGreaterThan(5);
    const wheel = await first.server.platform.database.read((db) =>
      db.first(Challenge, sql`WHERE draw_id IS NOT NULL`),
    );
    const { node } = await admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { budgetPointsLeft draw { seed } submissions(first: 100) { nodes { drawnPoints } } } } }',
      { id: wheel?.globalId() },
    );
    const drawn: number[] = node.submissions.nodes.map((each: Answer) => each.drawnPoints);
    expect(drawn.length).toBeGreaterThan(15);
    expect(node.budgetPointsLeft).toBe(20_000 - drawn.reduce((sum, points) => sum + 5 + points, 0));
    expect(node.draw.seed).toBeNull();
  });

  test('has a season that ended in prizes, levels that lapse, and tips that peers approved', async () => {
    const { leaderboards, program, challenges } = await admin.ask(`{
      leaderboards { key season(key: "autumn") { status standings(first: 3) { nodes { position } } } }
      program { levelPolicy { months graceDays } }
      challenges(kind: CUSTOM) { nodes { title submissions(first: 10) { nodes { status votes } } } } }`);
    const autumn = leaderboards.find(({ key }: Answer) => key === 'autumn');
    expect(autumn.season).toEqual({
      status: 'CLOSED',
      standings: { nodes: [{ position: 1 }, { position: 2 }, { position: 3 }] },
    });
    expect(program.levelPolicy).toEqual({ months: 12, graceDays: 30 });
    const tips = challenges.nodes.find(({ title }: Answer) => title.startsWith('Share a tip'));
    expect(tips.submissions.nodes.map(({ status }: Answer) => status).sort()).toEqual([
      'APPROVED',
      'APPROVED',
      'APPROVED',
      'APPROVED',
      'PENDING',
    ]);
  });

  test('has submissions in every state, some with votes', async () => {
    const { pending, approved, rejected } = await admin.ask(`{
      pending: submissions(status: PENDING) { totalCount }
      approved: submissions(status: APPROVED, first: 100) { totalCount nodes { votes } }
      rejected: submissions(status: REJECTED) { totalCount } }`);
    expect(pending.totalCount).toBeGreaterThan(5);
    expect(approved.totalCount).toBeGreaterThan(300);
    expect(rejected.totalCount).toBeGreaterThan(10);
    expect(approved.nodes.some(({ votes }: Answer) => votes > 0)).toBe(true);
  });

  test('has polls, ideas that were answered, quotes for a website and a full beta programme', async () => {
    const { polls, ideas, publishedQuotes, challenges, moderationQueue } = await admin.ask(`{
      polls { nodes { isOpen voters options { votes } } } ideas(first: 4) { nodes { idea { status } } }
      publishedQuotes { totalCount } moderationQueue { totalCount }
      challenges(kind: BETA_PROGRAM) { nodes { seatCount { total taken waiting } } } }`);
    expect(polls.nodes.map(({ isOpen }: Answer) => isOpen)).toEqual([true, false]);
    for (const { voters } of polls.nodes) expect(voters).toBeGreaterThan(10);
    expect(ideas.nodes.map(({ idea }: Answer) => idea.status)).toEqual(['DONE', 'PLANNED', 'PLANNED', 'DECLINED']);
    expect(publishedQuotes.totalCount).toBeGreaterThan(5);
    expect(moderationQueue.totalCount).toBeGreaterThan(0);
    const { seatCount } = challenges.nodes[0];
    expect(seatCount.taken).toBe(seatCount.total);
    expect(seatCount.waiting).toBeGreaterThan(0);
  });

  test('has a tool that sends answers, with one to look at', async () => {
    const { webhookSources, webhookDeliveries } = await admin.ask(`{
      webhookSources { nodes { kind survey { key } } } webhookDeliveries { nodes { status reason answers } } }`);
    expect(webhookSources.nodes).toEqual([{ kind: 'TYPEFORM', survey: { key: 'support' } }]);
    expect(webhookDeliveries.nodes).toEqual([
      { status: 'REFUSED', reason: 'score is missing, or no number', answers: 0 },
      { status: 'RECORDED', reason: null, answers: 1 },
    ]);
  });

  test('has friends at every step of their way, and rewards that were bought', async () => {
    const { referrals, redemptions, rewards } = await admin.ask(`{
      referrals(first: 100) { totalCount nodes { status } }
      redemptions(first: 100) { nodes { status } } rewards { nodes { kind } } }`);
    const states = (page: Answer) => new Set(page.nodes.map(({ status }: Answer) => status));
    expect(referrals.totalCount).toBe(15);
    expect(states(referrals)).toEqual(new Set(['REGISTERED', 'HELD', 'REWARDED', 'REVERSED', 'REJECTED']));
    expect(states(redemptions)).toEqual(new Set(['REQUESTED', 'FULFILLED', 'CANCELLED']));
    expect(rewards.nodes.map(({ kind }: Answer) => kind).sort()).toEqual([
      'DIGITAL',
      'DONATION',
      'PHYSICAL',
      'VOUCHER',
    ]);
  });

  test('has asks by rule, by the pinned order and by a draw with its odds, and what became of them', async () => {
    const { asks, askOrder, askLearning } = await admin.ask(`{
      asks(first: 100) { nodes { status decidedBy candidates { probability } } }
      askOrder { mode pinned } askLearning { key arms { kind } } }`);
    const all = (name: string) => new Set(asks.nodes.map((ask: Answer) => ask[name]));
    expect(askOrder).toEqual({ mode: 'LEARNING', pinned: ['REVIEW'] });
    expect([...all('decidedBy')]).toEqual(expect.arrayContaining(['PINNED', 'LEARNING']));
    expect([...all('status')]).toEqual(expect.arrayContaining(['OPEN', 'ACCEPTED', 'DECLINED', 'EXPIRED']));
    const drawn = asks.nodes.find(({ decidedBy }: Answer) => decidedBy === 'LEARNING');
    expect(drawn.candidates.filter(({ probability }: Answer) => probability > 0).length).toBeGreaterThan(1);
    expect(askLearning.map(({ key }: Answer) => key)).toEqual(expect.arrayContaining(['PROMOTER', 'PASSIVE']));
  });

  test('follows up detractors: cases that are open, overdue and resolved, and scores that rose', async () => {
    const { open, overdue, resolved } = await admin.ask(`{
      open: cases(status: OPEN, overdue: false) { totalCount }
      overdue: cases(overdue: true) { nodes { owner escalatedAt history { step } } }
      resolved: cases(status: RESOLVED, first: 100) { nodes { outcome scoreChange } } }`);
    expect(open.totalCount).toBeGreaterThan(0);
    expect(overdue.nodes.length).toBeGreaterThan(0);
    expect(new Set(resolved.nodes.map(({ outcome }: Answer) => outcome)).size).toBeGreaterThan(2);
    expect(resolved.nodes.some(({ scoreChange }: Answer) => scoreChange > 0)).toBe(true);
  });

  test('has friends who came by the link, by word of mouth and by name', async () => {
    const { referrals, referralClaims, referralShareTexts } = await admin.ask(`{
      referrals(first: 100) { nodes { source channel clickedAt history { at } } }
      referralClaims { nodes { referrerName } } referralShareTexts { language } }`);
    const sources = new Set(referrals.nodes.map(({ source }: Answer) => source));
    expect(sources).toEqual(new Set(['CLICK', 'CODE']));
    for (const { source, channel, clickedAt, history } of referrals.nodes) {
      if (source === 'CODE') expect([channel, clickedAt]).toEqual(['SPOKEN', null]);
      else expect(Date.parse(clickedAt)).toBeLessThan(Date.parse(history[0].at));
    }
    expect(referralClaims.nodes).toEqual([{ referrerName: 'Bram' }]);
    expect(new Set(referralShareTexts.map(({ language }: Answer) => language))).toEqual(new Set(['en', 'nl', 'de']));
  });

  test('has a survey that went out by mail, with answers, addresses that are gone and somebody who left', async () => {
    const { invitationWaves, nps } = await admin.ask(`{
      invitationWaves { nodes { status progress { sent answered bounced unsubscribed planned } } }
      nps(filter: { surveyKey: "delivery" }) { responses } }`);
    const [{ status, progress }] = invitationWaves.nodes;
    expect([status, progress.planned, progress.unsubscribed]).toEqual(['DONE', 0, 1]);
    expect(progress.bounced).toBeGreaterThan(0);
    expect(progress.answered).toBeGreaterThan(8);
    expect(progress.answered).toBe(nps.responses);
    expect(progress.sent).toBeGreaterThan(3);
  });

  test('has a friend to look at, and an appeal', async () => {
    const { referralReviews } = await admin.ask(
      '{ referralReviews(status: OPEN) { nodes { appealStatement referral { status } } } }',
    );
    expect(referralReviews.nodes).toEqual([
      { appealStatement: null, referral: { status: 'HELD' } },
      { appealStatement: expect.stringContaining('label'), referral: { status: 'REJECTED' } },
    ]);
  });

  test('has an ambassador Anna who keeps a streak', async () => {
    const anna = await first.client('demo', 'AMBASSADOR', 'anna');
    const { me } = await anna.ask('{ me { displayName level { rank } badges { badge { code } } } }');
    expect(me).toMatchObject({ displayName: 'Anna de Vries', level: { rank: 3 } });
    expect(me.badges.map(({ badge }: Answer) => badge.code)).toContain('on-a-roll');
  });

  test('has three teams that earn, somebody who hides their name and somebody who left a board', async () => {
    const anna = await first.client('demo', 'AMBASSADOR', 'anna');
    const { teamLeaderboard, leaderboard } = await anna.ask(`{
      teamLeaderboard(by: AVERAGE) { nodes { points members team { name } } viewerStanding { position } }
      leaderboard(first: 60) { nodes { ambassador { displayName } } } }`);
    expect(teamLeaderboard.nodes).toHaveLength(3);
    for (const { points, members } of teamLeaderboard.nodes) {
      expect(points).toBeGreaterThan(500);
      expect(members).toBeGreaterThan(10);
    }
    expect(teamLeaderboard.viewerStanding.position).toBeGreaterThan(0);
    const names: string[] = leaderboard.nodes.map(({ ambassador }: Answer) => ambassador.displayName);
    expect(names.filter((name) => name === 'An ambassador')).toHaveLength(1);
    const { ambassadors } = await admin.ask('{ ambassadors(first: 60) { nodes { leaderboardsLeft { key } } } }');
    const left = ambassadors.nodes.flatMap((each: Answer) => each.leaderboardsLeft);
    expect(left).toEqual([{ key: 'all-time' }]);
  });

  test('shows what recommending brought in, month by month', async () => {
    const { referralInsight } = await admin.ask(`{ referralInsight {
      totals { registrations conversions reversals revenue { currency amountCents } referrerPoints }
      byPeriod { figures { conversions } } kFactor { value } timeToConvert { medianHours }
      statedAgainstObserved { statedTold registrations } } }`);
    const { totals, byPeriod, kFactor, timeToConvert, statedAgainstObserved } = referralInsight;
    expect(totals).toMatchObject({ registrations: 14, reversals: 1, revenue: [{ currency: 'EUR' }] });
    const perMonth: number[] = byPeriod.map((each: Answer) => each.figures.conversions);
    expect(perMonth.reduce((sum, each) => sum + each, 0)).toBe(totals.conversions);
    expect(kFactor.value).toBeGreaterThan(0);
    expect(timeToConvert.medianHours).toBeGreaterThan(12);
    expect(statedAgainstObserved.statedTold).toBeGreaterThan(statedAgainstObserved.registrations);
  });

  test('says why Anna is a superpromoter, and who else is one', async () => {
    const { superpromoters, nps } = await admin.ask(`{
      superpromoters(first: 60) { totalCount nodes { displayName superpromoter { isSuperpromoter gates { evidence { source text } } } } }
      nps { ssm { answers share } ifm { answers share } } }`);
    expect(superpromoters.totalCount).toBeGreaterThan(3);
    expect(superpromoters.totalCount).toBeLessThan(40);
    const anna = superpromoters.nodes.find(({ displayName }: Answer) => displayName === 'Anna de Vries');
    const lines = anna.superpromoter.gates.flatMap(({ evidence }: Answer) => evidence);
    expect(new Set(lines.map(({ source }: Answer) => source))).toEqual(new Set(['STATED', 'OBSERVED', 'NOMINATED']));
    expect(nps.ssm.answers).toBeGreaterThan(20);
    expect(nps.ifm.share).toBeLessThan(nps.ssm.share);
  });

  test('says what it owes, what it brought in, and whom to turn to', async () => {
    const { pointsLiability, programReturn, loopFunnel, askCoverage, activation, effortFocus, churnOutlook, ...rest } =
      await admin.ask(`{
        pointsLiability { units { outstandingPoints valueCents } byMonth { outstandingPoints } }
        programReturn { roi costCents acts { kind } }
        loopFunnel { all { steps { people } newCustomers } cohorts { funnel { newCustomers } } }
        askCoverage { all { willing coverage } }
        activation { ambassadors shareLast30Days projection { points { lower ambassadors upper } } }
        effortFocus { superpromoters candidates { totalCount } }
        churnOutlook(surveyKey: "relation") { people { totalCount nodes { risk } } }
        detractorReach { respondents reachLow reach reachHigh }
        npsBenchmark(filter: { surveyKey: "relation" }) { current { responses } } }`);
    const [owed] = pointsLiability.units;
    expect(owed.valueCents).toBe(2 * owed.outstandingPoints);
    expect(pointsLiability.byMonth.at(-1).outstandingPoints).toBe(owed.outstandingPoints);
    expect(programReturn.costCents).toBeGreaterThan(0);
    expect(programReturn.roi).toBeGreaterThan(0);
    const people: number[] = loopFunnel.all.steps.map((step: Answer) => step.people);
    expect(people).toEqual([...people].sort((a, b) => b - a));
    expect(people.at(-1)).toBeGreaterThan(0);
    expect(programReturn.roi).toBeLessThan(50);
    expect(askCoverage.all.willing).toBeGreaterThan(100);
    expect(activation).toMatchObject({ ambassadors: 60 });
    for (const { lower, ambassadors, upper } of activation.projection.points) {
      expect(lower).toBeLessThan(ambassadors);
      expect(upper).toBeGreaterThan(ambassadors);
    }
    expect(effortFocus.candidates.totalCount).toBe(12);
    expect(churnOutlook.people.totalCount).toBeGreaterThan(5);
    expect(rest.detractorReach.reachHigh).toBeGreaterThan(rest.detractorReach.reach);
    expect(rest.npsBenchmark.current.responses).toBeGreaterThan(300);
  });

  test('has boards that the year has filled, with Anna on them', async () => {
    const anna = await first.client('demo', 'AMBASSADOR', 'anna');
    const { allTime, netherlands, quarter } = await anna.ask(`{
      allTime: leaderboard { totalCount viewerEntry { position points } }
      netherlands: leaderboard(key: "netherlands") { totalCount viewerEntry { position points } }
      quarter: leaderboard(key: "in-public") { totalCount } }`);
    expect(allTime.totalCount).toBeGreaterThan(40);
    expect(netherlands.totalCount).toBeLessThan(allTime.totalCount);
    expect(netherlands.viewerEntry.points).toBe(allTime.viewerEntry.points);
    expect(quarter.totalCount).toBeGreaterThan(5);
  });

  test('has a feed of those who share what they do, and kudos among them', async () => {
    const bram = await first.client('demo', 'AMBASSADOR', 'bram');
    const { activityFeed, me } = await bram.ask(`{ me { sharesActivity }
      activityFeed(first: 100) { totalCount nodes { kind kudosCount ambassador { sharesActivity } } } }`);
    expect(me.sharesActivity).toBe(true);
    expect(activityFeed.totalCount).toBeGreaterThan(60);
    const kinds: string[] = activityFeed.nodes.map(({ kind }: Answer) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['CHALLENGE_APPROVED', 'BADGE_WON', 'KUDOS_GIVEN']));
    expect(activityFeed.nodes.every(({ ambassador }: Answer) => ambassador.sharesActivity)).toBe(true);
    expect(activityFeed.nodes.filter(({ kudosCount }: Answer) => kudosCount > 0).length).toBeGreaterThan(3);
  });

  test('has somebody who was forgotten, and two who withdrew a consent', async () => {
    const { erasures, ambassadors } = await admin.ask(`{ erasures { nodes { status ground } }
      ambassadors(first: 60) { nodes { contact { consents { purpose isAllowed } } } } }`);
    expect(erasures.nodes).toMatchObject([{ ground: 'PERSON_ASKED' }]);
    const standings: Answer[] = ambassadors.nodes.flatMap(({ contact }: Answer) => contact.consents);
    expect(standings.filter(({ isAllowed }) => !isAllowed)).toEqual([{ purpose: 'MESSAGES', isAllowed: false }]);
  });

  test('keeps what must always be true', async () => {
    await expectInvariants(first.server.platform.database);
  });

  test('is the same every time', async () => {
    const stranger = await elsewhere.client('demo', 'ADMIN', 'admin');
    expect(await stranger.ask(standings)).toEqual(await admin.ask(standings));
  });
});
