import type { InsightTermsSetInput } from '../../insight/terms/terms.inputs.js';

/** What the demo program thinks that its points cost and that deeds are worth. */
export const demoValues: InsightTermsSetInput = {
  currency: 'EUR',
  pointValues: [
    { unitKey: 'points', cents: 2 },
    { unitKey: 'credits', cents: 5 },
  ],
  actValues: [
    { kind: 'REVIEW', cents: 1_500 },
    { kind: 'QUOTE', cents: 1_000 },
    { kind: 'SOCIAL_SHARE', cents: 400 },
    { kind: 'BLOG_POST', cents: 7_500 },
    { kind: 'CASE_STUDY', cents: 25_000 },
    { kind: 'IDEA', cents: 250 },
    { kind: 'SERVICE_FEEDBACK', cents: 250 },
  ],
  marginPercent: 40,
};
