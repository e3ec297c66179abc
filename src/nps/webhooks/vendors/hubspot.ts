import { headerOf, isRecent, isSameText } from '../../../platform/webhooks.js';
import { hmac, type Vendor } from './vendor.js';

/**
 * HubSpot. Signature, version 3: https://developers.hubspot.com/docs/guides/apps/authentication/validating-requests:
 * the HMAC-SHA256 of method, address, body and timestamp with the client secret of the app, in base64; worth nothing
 * after five minutes.
 * Messages: https://developers.hubspot.com/docs/guides/api/app-management/webhooks: lists of changes. One says the value
 * of one property of one contact: with a subscription to the last NPS rating that is an answer. Its words are another
 * property, which comes apart and without a word of what answer it belongs to: it is left out.
 */
export const hubspot: Vendor = {
  isSigned: ({ headers, body, url }, secret, now) => {
    const timestamp = headerOf(headers, 'x-hubspot-request-timestamp');
    if (!/^\d{1,15}$/.test(timestamp) || !isRecent(new Date(Number(timestamp)), now)) return false;
    const expected = hmac('sha256', secret, `POST${url}${body}${timestamp}`, 'base64');
    return isSameText(headerOf(headers, 'x-hubspot-signature-v3'), expected);
  },
  // Lists have no name, and an eventId is not always one of its own.
  messageIdOf: () => undefined,
  mapping: `
    $[propertyName in ["hs_feedback_last_nps_rating", "hs_feedback_last_nps_rating_number"]
        and $string(propertyValue) != ""].{
      "responseId": $string(objectId) & ":" & $string(occurredAt),
      "externalId": $string(objectId),
      "score": $number(propertyValue),
      "answeredAt": $fromMillis(occurredAt)
    }`,
};
