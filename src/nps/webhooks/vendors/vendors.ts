import type { WebhookKind } from '../source.entity.js';
import { delighted } from './delighted.js';
import { formbricks } from './formbricks.js';
import { generic } from './generic.js';
import { googleForms } from './google-forms.js';
import { hubspot } from './hubspot.js';
import { surveyMonkey } from './survey-monkey.js';
import { typeform } from './typeform.js';
import type { Vendor } from './vendor.js';

/** Every tool that we understand by itself. */
export const vendors: Readonly<Record<WebhookKind, Vendor>> = {
  TYPEFORM: typeform,
  SURVEYMONKEY: surveyMonkey,
  DELIGHTED: delighted,
  FORMBRICKS: formbricks,
  HUBSPOT: hubspot,
  GOOGLE_FORMS: googleForms,
  GENERIC: generic,
};
