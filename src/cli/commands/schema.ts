import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { composeFeatures } from '../../app/features.js';
import { openPlatform } from '../../app/platform.js';
import { schemaText } from '../../app/print-schema.js';
import { createSchema } from '../../app/schema.js';
import { readConfig } from '../../platform/config.js';

/** `applaus schema`: the GraphQL schema as the code has it. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('Writes the GraphQL schema as the code has it.')
    .option('--out <file>', 'where to', 'schema/schema.graphql')
    .action(async ({ out }: { readonly out: string }) => writeFileSync(out, await emitSchema()));
}

/** Composes the features on an empty database of their own: the schema comes from the same code that serves. */
async function emitSchema(): Promise<string> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-schema-'));
  const config = readConfig({ APPLAUS_DATA_DIR: directory, APPLAUS_LOG_LEVEL: 'silent' });
  const platform = await openPlatform(config);
  try {
    return schemaText(await createSchema(composeFeatures(platform).resolvers));
  } finally {
    await platform.database.close();
    rmSync(directory, { recursive: true });
  }
}
