import { fieldOf, isSignedInHex, type Vendor } from './vendor.js';

/**
 * Delighted. https://app.delighted.com/docs/api/webhooks: X-Delighted-Webhook-Signature is the HMAC-SHA256 of the body
 * with the private API key, in hexadecimals after `sha256=`.
 *
 * A comment usually comes with an update of an answer that is known already: then it is added to it.
 */
export const delighted: Vendor = {
  isSigned: (message, secret) => isSignedInHex(message, 'x-delighted-webhook-signature', secret),
  messageIdOf: (_, json) => fieldOf(json, 'event_id'),
  mapping: `
    $[event_type in ["survey_response.created", "survey_response.updated"]].event_data[survey_type = "nps"].(
      $said := function($value) {
        $value.free_response ? $value.free_response
          : $value.scale ? $value.scale
          : $value.select_one ? $value.select_one.text
          : $value.select_many ? $join($value.select_many.text, ", ")
      };
      {
        "responseId": $string(id),
        "email": person.email,
        "displayName": person.name,
        "score": score,
        "comment": comment,
        "answeredAt": $fromMillis(created_at * 1000),
        "attributes": person_properties,
        "answers": $merge(additional_answers.{question.text: $said(value)})
      }
    )`,
};
