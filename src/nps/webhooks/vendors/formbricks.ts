import { isSignedByStandard } from '../../../platform/webhooks.js';
import { standardFaultOf, standardIdOf, type Vendor } from './vendor.js';

/**
 * Formbricks. https://formbricks.com/docs/xm-and-surveys/core-features/integrations/webhooks: Standard Webhooks with a
 * secret that Formbricks makes; messages come alone or in a list.
 *
 * Read once the response is finished. The score is the answer to the question with the id `nps`, or else the first
 * number; the comment is the answer to the question with the id `comment`. A message does not say what its questions
 * are, so who calls them otherwise gives a mapping.
 */
export const formbricks: Vendor = {
  isSigned: isSignedByStandard,
  messageIdOf: standardIdOf,
  faultOf: standardFaultOf,
  mapping: `
    $[event = "responseFinished"].data.(
      $said := data;
      $known := contactAttributes;
      $person := ["userId", "email", "firstName", "lastName", "language"];
      $scoredBy := $exists($said.nps) ? "nps" : $keys($said)[$type($lookup($said, $)) = "number"][0];
      $name := $trim($known.firstName & " " & $known.lastName);
      {
        "responseId": id,
        "externalId": $known.userId ? $known.userId : $said.userId,
        "email": $known.email ? $known.email : $said.email,
        "displayName": $name = "" ? null : $name,
        "score": $scoredBy ? $lookup($said, $scoredBy),
        "comment": $said.comment,
        "answeredAt": updatedAt,
        "attributes": $known ? $sift($known, function($value, $key) {$not($key in $person)}),
        "answers": $sift($said, function($value, $key) {$not($key in [$scoredBy, "comment", "userId", "email"])})
      }
    )`,
};
