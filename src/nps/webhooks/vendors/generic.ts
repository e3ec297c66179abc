import { headerOf, isSignedByStandard } from '../../../platform/webhooks.js';
import { isSignedInHex, standardFaultOf, standardIdOf, type Vendor } from './vendor.js';

/**
 * Anything else: signed by Standard Webhooks (https://www.standardwebhooks.com), or by `X-Webhook-Signature: sha256=`
 * with the HMAC-SHA256 of the body in hexadecimals, the secret taken as text. A message is an answer, or a list of them,
 * in the names of our own; what it says beside them is kept.
 */
export const generic: Vendor = {
  isSigned: (message, secret, now) =>
    headerOf(message.headers, 'webhook-signature') === ''
      ? isSignedInHex(message, 'x-webhook-signature', secret)
      : standardFaultOf(secret) === undefined && isSignedByStandard(message, secret, now),
  messageIdOf: standardIdOf,
  mapping: `
    $.{
      "responseId": responseId,
      "externalId": externalId,
      "email": email,
      "displayName": displayName,
      "score": score,
      "comment": comment,
      "answeredAt": answeredAt,
      "attributes": attributes,
      "answers": $merge([$sift($, function($value, $key) {
        $not($key in ["responseId", "externalId", "email", "displayName", "score", "comment", "answeredAt",
          "attributes", "answers"])
      }), answers])
    }`,
};
