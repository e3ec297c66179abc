import type { Audiences } from '../../audience/audiences.js';
import { Poll, PollOption } from '../../polls/poll.entity.js';
import { optionById } from '../../polls/poll.loaders.js';
import { defineBallots } from '../../polls/poll.personal.js';
import { PollOptionResolver, PollResolver } from '../../polls/poll.resolver.js';
import { PollService } from '../../polls/poll.service.js';
import type { Kit } from './kit.js';

/** What the program asks its ambassadors to choose between. */
export function composePolls(
  { database, events, clock, nodes, personalData }: Kit,
  { audiences }: { readonly audiences: Audiences },
) {
  const polls = new PollService(database, events, clock, audiences);
  defineBallots(personalData);
  nodes.register(Poll, (context, id) => polls.find(context, id));
  nodes.register(PollOption, async (context, id) => {
    const option = await optionById.load(context, id);
    return option && (await polls.find(context, option.pollId)) ? option : undefined;
  });
  return { services: { polls }, resolvers: [new PollResolver(polls), new PollOptionResolver(polls)], jobs: [] };
}
