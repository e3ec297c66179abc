import { headerOf, isSameText } from '../../../platform/webhooks.js';
import { fieldOf, hmac, type Vendor } from './vendor.js';

/**
 * SurveyMonkey. https://api.surveymonkey.com/v3/docs#webhook-callbacks: Sm-Signature is the HMAC-SHA1 of the body with
 * `client id&client secret`, in base64. A message names a response and says nothing of it: its answers are fetched
 * (survey-monkey-fetch.ts), and the mapping reads {event, response}: the message, and the response with its details.
 *
 * The score is the first answer that is a number from 0 to 10, the comment the first answer to an open question. Who
 * answers is told by the custom variables external_id and email, or by the contact that the survey was sent to.
 */
export const surveyMonkey: Vendor = {
  isSigned: ({ headers, body }, secret) =>
    isSameText(headerOf(headers, 'sm-signature'), hmac('sha1', secret, body, 'base64')),
  messageIdOf: (_, json) => fieldOf(json, 'event_id'),
  faultOf: (secret) => (/^[^&]+&[^&]+$/.test(secret) ? undefined : 'must be <client id>&<client secret>'),
  mapping: `
    $[event.event_type = "response_completed"].response[response_status = "completed"].(
      $variables := custom_variables;
      $contact := metadata.contact;
      $questions := pages.questions;
      $said := function($question) {$join($question.answers.(simple_text ? simple_text : text ? text : ""), ", ")};
      $scored := $questions[$contains($said($), /^(10|[0-9])$/)][0];
      $commented := $questions[family = "open_ended" and id != $scored.id][0];
      $name := $trim($contact.first_name.value & " " & $contact.last_name.value);
      {
        "responseId": $string(id),
        "externalId": $variables.external_id,
        "email": $variables.email ? $variables.email : $contact.email.value,
        "displayName": $name = "" ? null : $name,
        "score": $scored ? $number($said($scored)),
        "comment": $commented ? $said($commented),
        "answeredAt": date_modified,
        "attributes": $variables ? $sift($variables, function($value, $key) {$not($key in ["external_id", "email"])}),
        "answers": $merge($questions[id != $scored.id and ($not($exists($commented)) or id != $commented.id)].{
          (heading ? heading : id): $said($)
        })
      }
    )`,
};
