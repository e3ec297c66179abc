import type { RequestContext } from '../../identity/session.js';
import type { NodeRegistry } from '../../platform/graphql/node.js';
import type { Jobs } from '../../platform/jobs/jobs.js';
import type { Platform } from '../platform.js';

/** What each feature is composed with: the platform, and where it registers what can be fetched by id and its jobs. */
export interface Kit extends Platform {
  readonly jobs: Jobs;
  readonly nodes: NodeRegistry<RequestContext>;
}
