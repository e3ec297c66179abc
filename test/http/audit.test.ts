import { describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { useWorld } from '../support/world.js';

const world = useWorld();

describe('GraphQL over HTTP', () => {
  test('every audit of the specification passes, whether it is a MUST, a SHOULD or a MAY', async () => {
    const audits = serverAudits({ url: () => `${world.server.url}/graphql` });
    const results = await Promise.all(audits.map(({ fn }) => fn()));
    const failed = results.filter(({ status }) => status !== 'ok');
    expect(failed.map((result) => `${result.id} ${result.name}: ${'reason' in result ? result.reason : ''}`)).toEqual(
      [],
    );
    expect(results.length).toBeGreaterThan(55);
  });
});
