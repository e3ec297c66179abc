import { Platform1764000000000 } from './1764000000000-platform.js';
import { People1764000001000 } from './1764000001000-people.js';
import { Points1764000002000 } from './1764000002000-points.js';
import { Challenges1764000003000 } from './1764000003000-challenges.js';
import { Nps1764000004000 } from './1764000004000-nps.js';
import { Asks1764000005000 } from './1764000005000-asks.js';
import { Badges1764000006000 } from './1764000006000-badges.js';
import { Leaderboards1764000007000 } from './1764000007000-leaderboards.js';
import { Referrals1764000009000 } from './1764000009000-referrals.js';
import { Rewards1764000010000 } from './1764000010000-rewards.js';

/** Every migration, oldest first; the same set for every database. */
export const migrations = [
  Platform1764000000000,
  People1764000001000,
  Points1764000002000,
  Challenges1764000003000,
  Nps1764000004000,
  Asks1764000005000,
  Badges1764000006000,
  Leaderboards1764000007000,
  Referrals1764000009000,
  Rewards1764000010000,
];
