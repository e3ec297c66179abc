import { isSignedByStandard } from '../../../platform/webhooks.js';
import { standardFaultOf, standardIdOf, type Vendor } from './vendor.js';

/**
 * Google Forms has no webhooks: the script in docs/webhooks-in.md sends each response, signed by Standard Webhooks.
 * https://developers.google.com/apps-script/reference/forms/form-response
 *
 * The score is the answer to the first linear scale, the comment the first paragraph. Who answers is the address that
 * the form collects, or the answer to a question whose title says e-mail.
 */
export const googleForms: Vendor = {
  isSigned: isSignedByStandard,
  messageIdOf: standardIdOf,
  faultOf: standardFaultOf,
  mapping: `
    (
      $scored := answers[type = "SCALE"][0];
      $commented := answers[type = "PARAGRAPH_TEXT"][0];
      $mailed := answers[$contains(title, /e-?mail/i)][0];
      {
        "responseId": responseId,
        "email": email ? email : $mailed.value,
        "score": $number($scored.value),
        "comment": $commented.value,
        "answeredAt": submittedAt,
        "answers": $merge(answers[$not(title in [$scored.title, $commented.title, $mailed.title])].{title: value})
      }
    )`,
};
