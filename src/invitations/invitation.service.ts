import { stringify } from 'csv-stringify/sync';
import sql, { join } from 'sql-template-tag';
import { Contact } from '../contacts/contact.entity.js';
import type { RequestContext } from '../identity/session.js';
import { SurveyLink } from '../nps/links/survey-link.entity.js';
import type { SurveyLinks } from '../nps/links/survey-links.js';
import { surveyById } from '../nps/nps.loaders.js';
import type { Database } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import { paginate, type SortKey } from '../platform/database/paginate.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { type InvitationStatus, SurveyInvitation } from './invitation.entity.js';
import { countsOfWave, linkById } from './invitation.loaders.js';
import type { InvitationWave } from './wave.entity.js';
import { NotAskedCount, WaveLinksCsv, WaveProgress } from './wave.results.js';

const linesMax = 1_000;
const inOrderOfMaking: readonly SortKey<SurveyInvitation>[] = [
  { column: 'survey_invitation.id', direction: 'ASC', read: ({ id }) => id },
];

/** Invitations as staff look at them. */
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly links: SurveyLinks,
  ) {}

  async find(context: RequestContext, id: string): Promise<SurveyInvitation | undefined> {
    if (!context.session.may('invitation.read')) return undefined;
    const found = await this.database.read((db) => db.first(SurveyInvitation, sql`WHERE id = ${id}`));
    return found?.programId === context.session.program.id ? found : undefined;
  }

  /** The people of a wave, in the order in which they were looked at. */
  list({ id }: InvitationWave, page: PageArgs): Promise<Page<SurveyInvitation>> {
    const where = sql`survey_invitation.wave_id = ${id}`;
    return paginate(this.database, { entity: SurveyInvitation, where, order: inOrderOfMaking, page });
  }

  /** How far it is: answered as soon as its link was used; of an anonymous survey nobody gets to know that of anybody. */
  async statusOf(context: RequestContext, { linkId, storedStatus }: SurveyInvitation): Promise<InvitationStatus> {
    const link = linkId === null ? undefined : await linkById.load(context, linkId);
    if (!link?.isUsed) return storedStatus;
    const survey = await surveyById.load(context, link.surveyId);
    return survey?.isAnonymous ? storedStatus : 'ANSWERED';
  }

  /** The address of its survey page, for those who may hand it out. A link in a mail is its person's alone. */
  async urlOf(context: RequestContext, { linkId }: SurveyInvitation): Promise<string | null> {
    if (linkId === null || !context.session.may('invitation.readLink')) return null;
    const link = await linkById.load(context, linkId);
    return !link || link.channel === 'MAIL' ? null : this.links.issued(linkId).url;
  }

  async progressOf(context: RequestContext, { id }: InvitationWave): Promise<WaveProgress> {
    const rows = await countsOfWave.load(context, id);
    const sum = (...statuses: readonly InvitationStatus[]) =>
      rows.filter(({ status }) => statuses.includes(status)).reduce((total, { people }) => total + Number(people), 0);
    const reasons = rows.flatMap(({ status, reason, people }) =>
      status === 'NOT_ASKED' && reason !== null ? new NotAskedCount(reason, Number(people)) : [],
    );
    return Object.assign(new WaveProgress(), {
      planned: sum('PLANNED', 'SENDING'),
      sent: sum('SENT'),
      uncertain: sum('UNCERTAIN'),
      answered: sum('ANSWERED'),
      bounced: sum('BOUNCED'),
      unsubscribed: sum('UNSUBSCRIBED'),
      failed: sum('FAILED'),
      notAsked: reasons.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    });
  }

  /**
   * The links of a wave to hand out, as CSV (RFC 4180): those that were not answered by. What a spreadsheet would take for
   * a formula is made text.
   */
  async linksCsv(context: RequestContext, wave: InvitationWave, after: string | null): Promise<WaveLinksCsv | null> {
    if (wave.channel === 'MAIL' || !context.session.may('invitation.readLink')) return null;
    return this.database.read(async (db) => {
      const links = await db.select(
        SurveyLink,
        sql`JOIN survey_invitation ON survey_invitation.link_id = survey_link.id
          WHERE survey_invitation.wave_id = ${wave.id} AND survey_link.is_used = ${false}
            AND survey_link.id > ${after ?? ''}
          ORDER BY survey_link.id LIMIT ${linesMax + 1}`,
      );
      const shown = links.slice(0, linesMax);
      const people = new Map<string, Contact>();
      for (const ids of listsOf(shown.flatMap(({ contactId }) => contactId ?? []))) {
        for (const each of await db.select(Contact, sql`WHERE id IN (${join(ids)})`)) people.set(each.id, each);
      }
      const lines = shown.map(({ id, contactId, language, expiresAt }) => {
        const person = contactId === null ? undefined : people.get(contactId);
        const { externalId = '', displayName = '', email = '' } = person ?? {};
        return [externalId, displayName, email, language, expiresAt.toISOString(), this.links.issued(id).url];
      });
      const header = ['externalId', 'displayName', 'email', 'language', 'expiresAt', 'url'];
      const csv = stringify([header, ...lines], { escape_formulas: true, record_delimiter: 'windows' });
      return new WaveLinksCsv(csv, links.length > linesMax ? (shown.at(-1)?.id ?? null) : null);
    });
  }
}
