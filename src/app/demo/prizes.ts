import type { BadgeCreateInput } from '../../badges/badge.inputs.js';
import type { LeaderboardCreateInput } from '../../leaderboards/leaderboard.inputs.js';

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
    code: 'thousand',
    name: 'Thousand',
    description: 'Earned a thousand points.',
    rule: { lifetimePoints: 1_000 },
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

/** The boards beside those that every program has. */
export const demoBoards: readonly LeaderboardCreateInput[] = [
  { key: 'week', name: 'This week', window: 'WEEK' },
  {
    key: 'netherlands',
    name: 'The Netherlands',
    window: 'ALL_TIME',
    attribute: { name: 'market', value: 'NL' },
  },
  { key: 'in-public', name: 'In public, this quarter', window: 'QUARTER', kinds: ['REVIEW', 'QUOTE', 'CASE_STUDY'] },
];
