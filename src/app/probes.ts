import type { Database } from '../platform/database/database.js';
import { type Route, sendJson } from './exchange.js';

/** Whether the server is on its way out. */
export interface Lifecycle {
  stopping: boolean;
}

/** `/healthz`: the process runs. */
export const healthRoute: Route = ({ response }) => sendJson(response, 200, { status: 'ok' });

/** `/readyz`: requests can be sent here. Not once the stop has begun, nor while the database is away or out of date. */
export function readyRoute(database: Database, lifecycle: Lifecycle): Route {
  return async ({ response }) => {
    if (lifecycle.stopping) return sendJson(response, 503, { status: 'stopping' });
    try {
      await database.read((db) => db.query({ sql: 'SELECT 1', values: [] }));
      const pending = await database.dataSource.showMigrations();
      sendJson(response, pending ? 503 : 200, { status: pending ? 'migrations are missing' : 'ready' });
    } catch {
      sendJson(response, 503, { status: 'the database does not answer' });
    }
  };
}
