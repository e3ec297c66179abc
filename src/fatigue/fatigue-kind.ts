import { graphqlEnum } from '../platform/graphql/enums.js';

export const FatigueKind = graphqlEnum(
  'FatigueKind',
  'What people are asked for, as far as it has a clock of its own.',
  {
    NPS_SURVEY: 'How likely they are to recommend the brand.',
    ENPS_SURVEY: 'How likely they are to recommend it as an employer.',
    REVIEW: 'A review on a named platform.',
    REFERRAL: 'Somebody whom they know.',
    CHALLENGE: 'Any other challenge.',
    JOIN: 'To become an ambassador.',
  },
);
export type FatigueKind = keyof typeof FatigueKind;

/**
 * In how many days a person is asked at most once for each kind, where the program says nothing else; 0: as often as
 * there is cause to. A score every 90 days is what AskNicely and LoyaltyLoop advise, and one of the periods that
 * Delighted offers (30 to 365 days, counted from the last send): four points a year make a trend. A favour that takes
 * work is asked for at most once a month. What is asked on the page of thanks interrupts nobody, and never asks for the
 * same challenge twice in a row, so that other challenges and joining have no clock.
 */
export const defaultDays: Readonly<Record<FatigueKind, number>> = {
  NPS_SURVEY: 90,
  ENPS_SURVEY: 90,
  REVIEW: 30,
  REFERRAL: 30,
  CHALLENGE: 0,
  JOIN: 0,
};

/** In how many days nothing goes out to somebody who was asked for anything: a week, whatever is asked. */
export const defaultAllDays = 7;
