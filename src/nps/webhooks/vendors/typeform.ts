import { headerOf, isSameText } from '../../../platform/webhooks.js';
import { fieldOf, hmac, type Vendor } from './vendor.js';

/**
 * Typeform. Signature: https://www.typeform.com/developers/webhooks/secure-your-webhooks/
 * Message: https://www.typeform.com/developers/webhooks/example-payload/
 *
 * The score is the answer to the first NPS question, or else to the first opinion scale; the comment is the first long
 * text. Hidden fields say who answers (external_id or user_id, email, name); the others become attributes.
 */
export const typeform: Vendor = {
  isSigned: ({ headers, body }, secret) =>
    isSameText(headerOf(headers, 'typeform-signature'), `sha256=${hmac('sha256', secret, body, 'base64')}`),
  messageIdOf: (_, json) => fieldOf(json, 'event_id'),
  mapping: `
    $[event_type = "form_response"].form_response.(
      $hidden := hidden;
      $scored := $append(answers[field.type = "nps"], answers[field.type = "opinion_scale"])[0];
      $commented := answers[field.type = "long_text"][0];
      $person := ["external_id", "user_id", "email", "name"];
      $said := function($answer) {(
        $value := $lookup($answer, $answer.type);
        $type($value) = "object" ? ($value.label ? $value.label : $join($value.labels, ", ")) : $value
      )};
      {
        "responseId": token,
        "externalId": $hidden.external_id ? $hidden.external_id : $hidden.user_id,
        "email": $hidden.email ? $hidden.email : answers[type = "email"][0].email,
        "displayName": $hidden.name,
        "score": $scored.number,
        "comment": $commented.text,
        "answeredAt": submitted_at,
        "attributes": $sift($hidden, function($value, $name) {$not($name in $person)}),
        "answers": $merge(answers[$not(type in ["email", "phone_number", "payment", "file_url"])
            and field.id != $scored.field.id and ($not($exists($commented)) or field.id != $commented.field.id)].{
          (field.ref ? field.ref : field.id): $said($)
        })
      }
    )`,
};
