import sql from 'sql-template-tag';
import { ofAmbassador, type PersonalData } from '../platform/personal.js';
import { PollChoice } from './poll.entity.js';

/** What somebody chose: the vote goes on counting, under an id that leads to nobody. */
export function defineBallots(personalData: PersonalData): void {
  personalData.define({
    part: 'pollChoices',
    entity: PollChoice,
    of: ofAmbassador(),
    column: sql`option_id`,
    keyOf: ({ optionId }) => optionId,
    show: async (_, rows) => rows.map(({ pollId, optionId }) => ({ pollId, optionId })),
  });
  personalData.keepNumbers('poll_ballot', 'poll_choice');
  personalData.concernNobody('poll', 'poll_option');
}
