import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { composeFeatures } from '../app/features.js';
import { openPlatform } from '../app/platform.js';
import { schemaText } from '../app/print-schema.js';
import { createSchema } from '../app/schema.js';
import { readConfig } from '../platform/config.js';

// The features are composed on an empty database of their own: the schema comes from the same code that serves.
const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-schema-'));
const config = readConfig({ APPLAUS_DATA_DIR: directory, APPLAUS_LOG_LEVEL: 'silent' });
const platform = await openPlatform(config);
try {
  const schema = await createSchema(composeFeatures(platform).resolvers);
  writeFileSync('schema/schema.graphql', schemaText(schema));
} finally {
  await platform.database.close();
  rmSync(directory, { recursive: true });
}
