import { granted, type Plan } from './stage.js';

/** Points that nobody uses for so long are gone, so that within the year of the story some are. */
export const demoExpiry = {
  unitKey: 'points',
  kind: 'AFTER_EARNING',
  length: 11,
  lengthUnit: 'MONTH',
  earlierPoints: 'KEEP_TERMS',
  noticeDays: 30,
} as const;
/** Plans that points expire: laid down on the first day. The walks of every day are jobs. */
export function planExpiry({ stage, calendar }: Plan): void {
  calendar.plan(0, 1, async () => {
    granted(await stage.features.expiry.set(stage.as('ADMIN', 'admin'), demoExpiry));
  });
}
