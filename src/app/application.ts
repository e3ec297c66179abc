import type { Config } from '../platform/config.js';
import { composeFeatures, type Features } from './features.js';
import { openPlatform, type Platform, type PlatformOptions } from './platform.js';

/** The features on an open database, without a server: what the server and the command line both stand on. */
export interface Application {
  readonly platform: Platform;
  readonly features: Features;
  /** Lets go of the database. */
  close(): Promise<void>;
}

/** Opens the database, brought up to date, and composes the features. */
export async function openApplication(config: Config, options: PlatformOptions = {}): Promise<Application> {
  const platform = await openPlatform(config, options);
  const features = composeFeatures(platform);
  const close = async () => {
    await features.liveUpdates.close();
    platform.carrier.close();
    await platform.database.close();
  };
  return { platform, features, close };
}
