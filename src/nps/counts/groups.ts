import { raw } from 'sql-template-tag';

/**
 * Whose attributes put an answer in groups: those of the contact who gave it, or of the answer itself once that contact was
 * erased. An answer that was anonymous from the start has none.
 */
export const groupedBy = raw('COALESCE(nps_response.contact_id, nps_response.id)');
