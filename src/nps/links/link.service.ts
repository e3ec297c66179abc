import sql from 'sql-template-tag';
import type { Contact } from '../../contacts/contact.entity.js';
import type { ContactService } from '../../contacts/contact.service.js';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import {
  type IdempotencyKeyReused,
  InputInvalid,
  NotFound,
  Problem,
  SecretKeyMissing,
} from '../../platform/graphql/problem.js';
import { once } from '../../platform/idempotency/idempotency.js';
import type { Survey } from '../survey.entity.js';
import { misfitOf, type SurveyService } from '../survey.service.js';
import type { SurveyLinkCreateInput } from './link.inputs.js';
import { SurveyLinkCreated } from './link.results.js';
import { SurveyLink } from './survey-link.entity.js';
import type { SurveyLinks } from './survey-links.js';

const dayMilliseconds = 86_400_000;
const lifetimeDays = { default: 30, max: 366 };

type Refusal = InputInvalid | IdempotencyKeyReused | SecretKeyMissing | NotFound;

/** Links that staff and servers hand out themselves. */
export class LinkService {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactService,
    private readonly surveys: SurveyService,
    private readonly links: SurveyLinks,
  ) {}

  /** Makes a link, once for each idempotency key. */
  async create(context: RequestContext, input: SurveyLinkCreateInput): Promise<SurveyLinkCreated | Refusal> {
    context.session.require('surveyLink.create');
    if (!this.links.isReady) return new SecretKeyMissing();
    const { program, caller, role } = context.session;
    const channel = role === 'INTEGRATION' ? 'API' : 'LINK';
    return this.database.transact(async (tx) => {
      const call = { programId: program.id, caller, operation: 'surveyLinkCreate', input };
      const id = await once(tx, call, () => this.createIn(tx, program.id, channel, input));
      if (id instanceof Problem) return id;
      const link = await tx.first(SurveyLink, sql`WHERE id = ${id}`);
      return link ? new SurveyLinkCreated(link, this.links.issued(id)) : new NotFound();
    });
  }

  private async createIn(
    tx: Transaction,
    programId: string,
    channel: 'API' | 'LINK',
    input: SurveyLinkCreateInput,
  ): Promise<string | InputInvalid | NotFound> {
    const survey = await this.surveys.findByKey(tx, programId, input.surveyKey);
    if (!survey) return new NotFound();
    const expiresAt = input.expiresAt ?? new Date(tx.now.getTime() + lifetimeDays.default * dayMilliseconds);
    if (expiresAt <= tx.now) return InputInvalid.at(['expiresAt'], 'must be in the future');
    if (expiresAt.getTime() > tx.now.getTime() + lifetimeDays.max * dayMilliseconds)
      return InputInvalid.at(['expiresAt'], 'must be within a year');
    const contact = await this.contactOf(tx, survey, input);
    if (contact instanceof InputInvalid) return contact;
    const { id: surveyId } = survey;
    const language = input.language ?? null;
    const link = await this.links.issue(tx, {
      programId,
      surveyId,
      contactId: contact?.id ?? null,
      channel,
      language,
      expiresAt,
    });
    return link.id;
  }

  /** Who is asked; undefined where an anonymous survey asks somebody unknown. */
  private async contactOf(
    tx: Transaction,
    survey: Survey,
    { contact: given }: SurveyLinkCreateInput,
  ): Promise<Contact | InputInvalid | undefined> {
    if (!given) return survey.isAnonymous ? undefined : InputInvalid.at(['contact'], 'is needed to know who answers');
    const contact = await this.contacts.identify(tx, survey.programId, given, ['contact']);
    return contact instanceof InputInvalid ? contact : (misfitOf(survey, contact, ['contact', 'kind']) ?? contact);
  }
}
