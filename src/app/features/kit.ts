import type { RequestContext } from '../../identity/session.js';
import type { NodeRegistry } from '../../platform/graphql/node.js';
import type { Jobs } from '../../platform/jobs/jobs.js';
import type { PersonalData } from '../../platform/personal.js';
import type { Retention } from '../../platform/retention.js';
import type { Platform } from '../platform.js';

/** What each feature is composed with: the platform, and where it registers what can be fetched by id, its jobs, and what it knows of people. */
export interface Kit extends Platform {
  readonly jobs: Jobs;
  readonly personalData: PersonalData;
  readonly retention: Retention;
  readonly nodes: NodeRegistry<RequestContext>;
}
