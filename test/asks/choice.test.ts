import { describe, expect, test } from '@jest/globals';
import type { Candidate } from '../../src/asks/ask.candidate.js';
import { choose, type Situation } from '../../src/asks/ask.choice.js';
import type { AskKind } from '../../src/asks/ask.kinds.js';
import { type AskOrderSettings, defaultOrder } from '../../src/asks/ask.order.js';
import { SeededRandom } from '../../src/platform/random.js';

const answered: Situation = { moment: 'RESPONSE', detractor: false, lastKind: undefined };

function candidate(kind: AskKind, accepted = 0, expired = 0): Candidate {
  const challengeId = kind.startsWith('SHARE') ? null : kind.toLowerCase();
  const counts = { asked: accepted + expired, accepted, declined: 0, expired };
  return { kind, challengeId, leftOut: null, counts };
}

function chosen(
  candidates: readonly Candidate[],
  situation: Partial<Situation> = {},
  order: Partial<AskOrderSettings> = {},
) {
  const random = new SeededRandom(1);
  const choice = choose(candidates, { ...answered, ...situation }, { ...defaultOrder, ...order }, random);
  const leftOut = choice.candidates.filter((each) => each.leftOut).map(({ kind, leftOut: why }) => [kind, why]);
  const odds = choice.candidates.map(({ probability }) => probability);
  return { kind: choice.chosen?.kind, by: choice.decidedBy, leftOut: Object.fromEntries(leftOut), odds };
}

describe('What is asked', () => {
  const all = [candidate('REVIEW'), candidate('IDEA'), candidate('REFERRAL'), candidate('SHARE_FACEBOOK')];

  test('is by rule what comes first, and never the same kind again while there is another challenge', () => {
    expect(chosen(all)).toMatchObject({ kind: 'REVIEW', by: 'RULE', odds: [1, 0, 0, 0] });
    expect(chosen(all, { lastKind: 'REVIEW' })).toMatchObject({ kind: 'IDEA', leftOut: { REVIEW: 'ASKED_LAST' } });
    expect(chosen([candidate('REVIEW'), candidate('SHARE_EMAIL')], { lastKind: 'REVIEW' }).kind).toBe('REVIEW');
  });

  test('is never to bring somebody twice in a row, by whatever way', () => {
    for (const lastKind of ['REFERRAL', 'SHARE_EMAIL'] as const) {
      expect(chosen([candidate('REFERRAL'), candidate('SHARE_FACEBOOK')], { lastKind })).toMatchObject({
        kind: undefined,
        leftOut: { REFERRAL: 'REFERRAL_ASKED_LAST', SHARE_FACEBOOK: 'REFERRAL_ASKED_LAST' },
      });
    }
  });

  test('is after a deed to bring somebody, unless that was asked last', () => {
    expect(chosen(all, { moment: 'DEED', lastKind: 'TRIAL' })).toMatchObject({
      kind: 'REFERRAL',
      leftOut: { REVIEW: 'OTHER_MOMENT', IDEA: 'OTHER_MOMENT' },
    });
    expect(chosen(all, { moment: 'DEED', lastKind: 'SHARE_EMAIL' }).kind).toBe('REVIEW');
  });

  test('is of a detractor never to speak for the brand, whatever is pinned', () => {
    const order = { pinned: ['REVIEW', 'SHARE_FACEBOOK'] as const };
    expect(chosen(all, { detractor: true }, order)).toMatchObject({
      kind: 'IDEA',
      leftOut: { REVIEW: 'DETRACTOR', REFERRAL: 'DETRACTOR', SHARE_FACEBOOK: 'DETRACTOR' },
    });
    expect(chosen([candidate('JOIN')], { detractor: true }).kind).toBeUndefined();
  });

  test('is what the program pinned, in its order, as far as it can be asked', () => {
    const order = { pinned: ['BLOG_POST', 'IDEA', 'REVIEW'] as const, mode: 'LEARNING' as const };
    expect(chosen(all, {}, order)).toMatchObject({ kind: 'IDEA', by: 'PINNED' });
    expect(chosen(all, { lastKind: 'IDEA' }, order)).toMatchObject({ kind: 'REVIEW', by: 'PINNED' });
  });

  test('is drawn once enough is known, with odds that say what was known', () => {
    const known = [candidate('REVIEW', 2, 38), candidate('IDEA', 20, 20), candidate('SHARE_FACEBOOK', 1, 19)];
    const learning = { mode: 'LEARNING' as const };
    expect(chosen(known, {}, { ...learning, learnFromAsks: 101 })).toMatchObject({ kind: 'REVIEW', by: 'RULE' });
    const drawn = chosen(known, {}, { ...learning, learnFromAsks: 100 });
    expect(drawn).toMatchObject({ kind: 'IDEA', by: 'LEARNING' });
    expect(drawn.odds[1]).toBeGreaterThan(0.999);
    expect(drawn.odds.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
  });

  test('is drawn as often as its odds say', () => {
    const known = [candidate('REVIEW', 5, 15), candidate('IDEA', 6, 14), candidate('QUOTE', 3, 12)];
    const random = new SeededRandom(3);
    const order = { ...defaultOrder, mode: 'LEARNING', learnFromAsks: 0 } as const;
    const times = new Map<AskKind, number>();
    const draws = 4_000;
    let odds: readonly number[] = [];
    for (let draw = 0; draw < draws; draw++) {
      const choice = choose(known, answered, order, random);
      odds = choice.candidates.map(({ probability }) => probability);
      const kind = choice.chosen?.kind ?? 'THANKS';
      times.set(kind, (times.get(kind) ?? 0) + 1);
    }
    known.forEach(({ kind }, index) => {
      expect(Math.abs((times.get(kind) ?? 0) / draws - (odds[index] ?? 0))).toBeLessThan(0.035);
    });
  });
});
