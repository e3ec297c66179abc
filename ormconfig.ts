import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { migrations } from './migrations/index.js';
import { entities } from './src/app/entities.js';
import { readConfig } from './src/platform/config.js';
import { dataSourceOptions } from './src/platform/database/open.js';

/** The data source of TypeORM's command line: the same database that the server uses. */
export default new DataSource(dataSourceOptions(readConfig(process.env), { entities, migrations }));
