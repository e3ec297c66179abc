import type { BadgeCreateInput } from '../../badges/badge.inputs.js';
import type { LeaderboardCreateInput } from '../../leaderboards/leaderboard.inputs.js';
import type { SeasonPrizeInput } from '../../leaderboards/season.inputs.js';
import type { LevelInput } from '../../points/level.inputs.js';

/** The badges of the demo program: for the first step, for a deed, for points, for a streak, and for a bit of all. */
export const demoBadges: readonly BadgeCreateInput[] = [
  {
    code: 'first-step',
    name: 'First step',
    description: 'One challenge done, and approved.',
    rule: { approvedSubmissions: { atLeast: 1 } },
  },
  {
    code: 'reviewer',
    name: 'Reviewer',
    description: 'Told the world in a review.',
    rule: { approvedSubmissions: { kind: 'REVIEW', atLeast: 1 } },
  },
  {
    code: 'idea-mill',
    name: 'Idea mill',
    description: 'Three ideas that we took on the list.',
    rule: { approvedSubmissions: { kind: 'IDEA', atLeast: 3 } },
  },
  {
    code: 'on-a-roll',
    name: 'On a roll',
    description: 'Something approved in four weeks in a row.',
    rule: { streakWeeks: 4 },
  },
  {
    code: 'two-hundred',
    name: 'Two hundred',
    description: 'Earned two hundred points.',
    rule: { lifetimePoints: 200 },
    family: 'earner',
    tier: 'BRONZE',
  },
  {
    code: 'five-hundred',
    name: 'Five hundred',
    description: 'Earned five hundred points.',
    rule: { lifetimePoints: 500 },
    family: 'earner',
    tier: 'SILVER',
  },
  {
    code: 'thousand',
    name: 'Thousand',
    description: 'Earned a thousand points.',
    rule: { lifetimePoints: 1_000 },
    family: 'earner',
    tier: 'GOLD',
  },
  {
    code: 'busy-month',
    name: 'Busy month',
    description: 'Three things approved in one month; to be won each month anew.',
    rule: { approvedSubmissions: { atLeast: 3 } },
    repeats: 'MONTH',
  },
  {
    code: 'night-owl',
    name: 'Night owl',
    description: 'Nobody knows of it who has not won it: eight weeks in a row.',
    rule: { streakWeeks: 8 },
    isSecret: true,
  },
  {
    code: 'champion',
    name: 'Champion',
    description: 'First of a month.',
    rule: { given: true },
    repeats: 'MONTH',
    icon: 'CROWN',
  },
  {
    code: 'all-rounder',
    name: 'All-rounder',
    description: 'A review, something in your own words, and five hundred points.',
    rule: {
      all: [
        { approvedSubmissions: { kind: 'REVIEW', atLeast: 1 } },
        {
          any: [
            { approvedSubmissions: { kind: 'QUOTE', atLeast: 1 } },
            { approvedSubmissions: { kind: 'BLOG_POST', atLeast: 1 } },
            { approvedSubmissions: { kind: 'CASE_STUDY', atLeast: 1 } },
          ],
        },
        { lifetimePoints: 500 },
      ],
    },
  },
];

/** The levels that every program has, and what they bring in this one. */
export const demoLevels: readonly LevelInput[] = [
  { name: 'Promoter', fromPoints: 0 },
  { name: 'Ambassador', fromPoints: 250, benefits: ['News before everybody else', 'A name in our credits'] },
  {
    name: 'Superpromoter',
    fromPoints: 1_000,
    benefits: ['A call with our founders each quarter', 'First in each beta'],
  },
];

/** The boards beside those that every program has. */
export const demoBoards: readonly LeaderboardCreateInput[] = [
  { key: 'week', name: 'This week', window: 'WEEK' },
  {
    key: 'netherlands',
    name: 'The Netherlands',
    window: 'ALL_TIME',
    attribute: { name: 'market', value: 'NL' },
  },
  {
    key: 'in-public',
    name: 'In public, this quarter',
    window: 'QUARTER',
    kinds: ['REVIEW', 'QUOTE', 'CASE_STUDY'],
    seasonPrizes: [],
  },
];

/** What the best of each month win, on the board that every program has. */
export const demoMonthPrizes: readonly SeasonPrizeInput[] = [
  { fromPosition: 1, toPosition: 1, points: 100, badgeCode: 'champion' },
  { fromPosition: 2, toPosition: 3, points: 50 },
];
