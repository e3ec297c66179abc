import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import { isUniqueViolation } from '../../platform/database/errors.js';
import { newestFirst, paginate } from '../../platform/database/paginate.js';
import type { Page, PageArgs } from '../../platform/graphql/connection.js';
import { rowId } from '../../platform/graphql/node.js';
import { InputInvalid, NotFound, SecretKeyMissing } from '../../platform/graphql/problem.js';
import { resealSome } from '../../platform/resealing.js';
import type { Sealer } from '../../platform/sealed.js';
import { newWebhookSecret, previousWorksUntil, SealedSecrets } from '../../platform/sealed-secrets.js';
import type { SurveyService } from '../survey.service.js';
import { syntaxFaultOf } from './mapper.js';
import { WebhookSecret, WebhookSource } from './source.entity.js';
import type { WebhookSecretRotateInput, WebhookSourceCreateInput, WebhookSourceUpdateInput } from './source.inputs.js';
import type { VendorMessage } from './vendors/vendor.js';
import { vendors } from './vendors/vendors.js';
import { sourceById } from './webhook.loaders.js';
import { WebhookSecretRotated, WebhookSourceCreated } from './webhook.results.js';

const resealedAtOnce = 100;

/** The tools that a program takes answers from, and what proves that a message is theirs. */
export class WebhookSources {
  private readonly secrets: SealedSecrets<WebhookSecret>;

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly surveys: SurveyService,
    private readonly publicUrl: string,
  ) {
    const place = { table: 'webhook_secret', ownerColumn: 'source_id', name: 'webhookSecret' };
    this.secrets = new SealedSecrets(database, sealer, WebhookSecret, place);
  }

  /** Makes a source with its secret, the one given or a new one. */
  async create(
    context: RequestContext,
    input: WebhookSourceCreateInput,
  ): Promise<WebhookSourceCreated | SecretKeyMissing | InputInvalid | NotFound> {
    context.session.require('webhook.manage');
    if (!this.sealer.isReady) return new SecretKeyMissing();
    const { kind, name, mapping } = input;
    const fault = faultsOf(input, kind);
    if (fault) return fault;
    const programId = context.session.program.id;
    const secret = input.secret ?? newWebhookSecret();
    return this.database.transact(async (tx) => {
      const survey = await this.surveys.findByKey(tx, programId, input.surveyKey);
      if (!survey) return new NotFound();
      const id = tx.newId();
      const source = Object.assign(new WebhookSource(), {
        id,
        programId,
        surveyId: survey.id,
        kind,
        name,
        mapping: mapping ?? null,
        ...this.sealedToken(id, input.apiToken),
        disabledAt: null,
        createdAt: tx.now,
      });
      try {
        await tx.insert(WebhookSource, source);
      } catch (error) {
        if (isUniqueViolation(error)) return nameTaken();
        throw error;
      }
      await this.secrets.replace(tx, id, { secret, until: tx.now, rest: { sourceId: id } });
      return new WebhookSourceCreated(source, secret);
    });
  }

  /** Changes a source; what it sent before is not touched. */
  async update(
    context: RequestContext,
    input: WebhookSourceUpdateInput,
  ): Promise<WebhookSource | SecretKeyMissing | InputInvalid | NotFound> {
    context.session.require('webhook.manage');
    if (input.apiToken && !this.sealer.isReady) return new SecretKeyMissing();
    const result = await this.database.transact(async (tx) => {
      const source = await this.hold(tx, context, input.sourceId);
      if (!source) return new NotFound();
      const fault = faultsOf(input, source.kind);
      if (fault) return fault;
      const survey = input.surveyKey
        ? await this.surveys.findByKey(tx, source.programId, input.surveyKey)
        : { id: source.surveyId };
      if (!survey) return new NotFound();
      const disabledAt = { true: null, false: source.disabledAt ?? tx.now }[String(input.enabled)];
      const changed = Object.assign(new WebhookSource(), source, {
        name: input.name ?? source.name,
        surveyId: survey.id,
        mapping: typeof input.mapping === 'string' ? input.mapping || null : source.mapping,
        disabledAt: disabledAt === undefined ? source.disabledAt : disabledAt,
        ...(input.apiToken ? this.sealedToken(source.id, input.apiToken) : {}),
      });
      return (await write(tx, changed)) ?? changed;
    });
    sourceById.clear(context);
    return result;
  }

  /** Gives a source another secret; the one before works on for a while, so that no message is lost on the way. */
  async rotateSecret(
    context: RequestContext,
    { sourceId, secret: given, previousWorksHours }: WebhookSecretRotateInput,
  ): Promise<WebhookSecretRotated | SecretKeyMissing | InputInvalid | NotFound> {
    context.session.require('webhook.manage');
    if (!this.sealer.isReady) return new SecretKeyMissing();
    const secret = given ?? newWebhookSecret();
    return this.database.transact(async (tx) => {
      const source = await this.hold(tx, context, sourceId);
      if (!source) return new NotFound();
      const fault = faultsOf({ secret: given }, source.kind);
      if (fault) return fault;
      const until = previousWorksUntil(tx.now, previousWorksHours);
      await this.secrets.replace(tx, source.id, { secret, until, rest: { sourceId: source.id } });
      return new WebhookSecretRotated(source, secret);
    });
  }

  async find(context: RequestContext, id: string): Promise<WebhookSource | undefined> {
    if (!context.session.may('webhook.manage')) return undefined;
    const source = await sourceById.load(context, id);
    return source?.programId === context.session.program.id ? source : undefined;
  }

  /** The sources of the program, newest first. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<WebhookSource>> {
    context.session.require('webhook.manage');
    const where = sql`webhook_source.program_id = ${context.session.program.id}`;
    return paginate(this.database, { entity: WebhookSource, where, order: newestFirst('webhook_source'), page });
  }

  /** Where a source sends to. */
  urlOf({ id }: WebhookSource): string {
    return `${this.publicUrl}/webhooks/${id}`;
  }

  /** The source that signed a message; undefined where none with that id did. */
  async senderOf(id: string, message: VendorMessage, now: Date): Promise<WebhookSource | undefined> {
    const source = await this.database.read((db) => db.first(WebhookSource, sql`WHERE id = ${id}`));
    if (!source) return undefined;
    const valid = await this.secrets.validAt(source.id, now);
    return valid.some((secret) => vendors[source.kind].isSigned(message, secret, now)) ? source : undefined;
  }

  /** What answers of a source are fetched with. */
  tokenOf({ id, sealedToken }: WebhookSource): string | undefined {
    return sealedToken === null ? undefined : this.sealer.open(sealedToken, tokenPlaceOf(id));
  }

  /** Seals anew some secrets and tokens that another key than the newest sealed; answers how many. */
  async resealSome(): Promise<number> {
    const tokens = await resealSome(this.database, this.sealer, {
      entity: WebhookSource,
      rowsMax: resealedAtOnce,
      reseal: (tx, source) => write(tx, Object.assign(source, this.sealedToken(source.id, this.tokenOf(source)))),
    });
    return tokens + (await this.secrets.resealSome());
  }

  private sealedToken(sourceId: string, token: string | null | undefined) {
    if (!token) return { sealedToken: null, keyId: null };
    return { sealedToken: this.sealer.seal(token, tokenPlaceOf(sourceId)), keyId: this.sealer.keyId };
  }

  private async hold(tx: Transaction, context: RequestContext, globalId: string): Promise<WebhookSource | undefined> {
    const id = rowId(WebhookSource, globalId);
    const source = id && (await tx.first(WebhookSource, sql`WHERE id = ${id} ${tx.forUpdate}`));
    return source && source.programId === context.session.program.id ? source : undefined;
  }
}

interface Given {
  readonly mapping?: string | null | undefined;
  readonly secret?: string | null | undefined;
  readonly apiToken?: string | null | undefined;
}

function faultsOf({ mapping, secret, apiToken }: Given, kind: WebhookSource['kind']): InputInvalid | undefined {
  const ofMapping = mapping ? syntaxFaultOf(mapping) : undefined;
  if (ofMapping) return InputInvalid.at(['mapping'], ofMapping);
  const ofSecret = secret ? vendors[kind].faultOf?.(secret) : undefined;
  if (ofSecret) return InputInvalid.at(['secret'], ofSecret);
  return apiToken && kind !== 'SURVEYMONKEY' ? InputInvalid.at(['apiToken'], 'is for SURVEYMONKEY only') : undefined;
}

async function write(tx: Transaction, source: WebhookSource): Promise<InputInvalid | undefined> {
  const { id, name, surveyId, mapping, sealedToken, keyId, disabledAt } = source;
  try {
    await tx.execute(sql`
      UPDATE webhook_source SET name = ${name}, survey_id = ${surveyId}, mapping = ${mapping},
        sealed_token = ${sealedToken}, key_id = ${keyId}, disabled_at = ${disabledAt}
      WHERE id = ${id}`);
    return undefined;
  } catch (error) {
    if (isUniqueViolation(error)) return nameTaken();
    throw error;
  }
}

function nameTaken(): InputInvalid {
  return InputInvalid.at(['name'], 'is the name of another source');
}

function tokenPlaceOf(sourceId: string): string {
  return `webhookToken:${sourceId}`;
}
