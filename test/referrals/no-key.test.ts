import { expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';

const world = useWorld({ NODE_ENV: 'production', APPLAUS_SECRET_KEYS: '' });

test('in production without a key no voucher codes are taken, and why is said', async () => {
  const program = await world.program();
  expect(await program.admin.mutate('friendVoucherPoolCreate', { name: 'Spring' })).toEqual({
    __typename: 'SecretKeyMissing',
    code: 'SECRET_KEY_MISSING',
    message: 'The server has no key to keep secrets with. Set APPLAUS_SECRET_KEYS.',
  });
});
