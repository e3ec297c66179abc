import sql, { join, raw } from 'sql-template-tag';
import { Contact } from '../contacts/contact.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import { newestFirst, paginate, type SortKey } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { argumentRefused } from '../platform/graphql/input.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { Audiences } from './audiences.js';
import type { AudienceRule } from './rule.js';
import { Segment } from './segment.entity.js';
import type { SegmentCreateInput, SegmentUpdateInput } from './segment.inputs.js';
import type { AudienceSize } from './segment.results.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'segment.created': { readonly segmentId: string };
    'segment.updated': { readonly segmentId: string; readonly changed: readonly string[] };
  }
}

const segmentsMax = 200;
const byKey: readonly SortKey<Segment>[] = [
  { column: 'segment.segment_key', direction: 'ASC', read: (segment) => segment.key },
];
const ruleKey = (rule: AudienceRule) => JSON.stringify(rule);

/** Segments: parts of the contacts that are saved by name, to be meant by challenges and whatever else asks. */
export class SegmentService {
  /** How many each rule means: one statement for all that a request asks for. */
  private readonly sizeOf = new Loader(async (context: RequestContext, rules: readonly AudienceRule[]) => {
    const programId = context.session.program.id;
    return this.database.read(async (db) => {
      const predicates = await this.audiences.predicates(db, programId, rules);
      const counts = predicates.map((predicate, index) => {
        const meant = sql`WHERE contact.program_id = ${programId} AND contact.erased_at IS NULL AND ${predicate}`;
        return sql`(SELECT COUNT(*) FROM contact ${meant}) AS ${raw(`contacts_${index}`)},
          (SELECT COUNT(*) FROM contact JOIN ambassador ON ambassador.contact_id = contact.id ${meant})
            AS ${raw(`ambassadors_${index}`)}`;
      });
      const [row = {}] = await db.query<Record<string, number | string>>(sql`SELECT ${join(counts)}`);
      return rules.map((_, index) => ({
        contacts: Number(row[`contacts_${index}`]),
        ambassadors: Number(row[`ambassadors_${index}`]),
      }));
    });
  }, ruleKey);

  private readonly byId = new Loader(async (context: RequestContext, ids: readonly string[]) => {
    const rows = await context.database.read((db) => db.select(Segment, sql`WHERE id IN (${join([...ids])})`));
    return inOrder(ids, rows, (row) => row.id);
  });

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly audiences: Audiences,
  ) {}

  /** Saves a segment. A key that the program has already is a problem at `key`. */
  async create(context: RequestContext, input: SegmentCreateInput): Promise<Segment | InputInvalid> {
    context.session.require('segment.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      await this.lock(tx, programId);
      const refused = await this.audiences.refusal(tx, programId, input.rule, input.key);
      if (refused) return InputInvalid.at(['rule'], refused);
      if ((await tx.count(Segment, sql`WHERE program_id = ${programId}`)) >= segmentsMax) {
        return InputInvalid.at(['key'], `must not be one of more than ${segmentsMax} segments`);
      }
      const { key, name, description, rule } = input;
      const times = { createdAt: tx.now, changedAt: tx.now };
      const segment = Object.assign(new Segment(), {
        id: tx.newId(),
        programId,
        key,
        name,
        description,
        rule,
        ...times,
      });
      try {
        await tx.insert(Segment, segment);
      } catch (error) {
        if (isUniqueViolation(error)) return InputInvalid.at(['key'], 'is the key of another segment');
        throw error;
      }
      await this.events.emit(tx, 'segment.created', programId, { segmentId: segment.id });
      return segment;
    });
  }

  /** Changes a segment; whatever is meant for it follows at once. */
  async update(context: RequestContext, input: SegmentUpdateInput): Promise<Segment | InputInvalid | NotFound> {
    context.session.require('segment.manage');
    const programId = context.session.program.id;
    const id = rowId(Segment, input.segmentId);
    const result = await this.database.transact(async (tx) => {
      await this.lock(tx, programId);
      const known = id && (await tx.first(Segment, sql`WHERE id = ${id}`));
      if (!known || known.programId !== programId) return new NotFound();
      const refused = input.rule && (await this.audiences.refusal(tx, programId, input.rule, known.key));
      if (refused) return InputInvalid.at(['rule'], refused);
      const segment = Object.assign(new Segment(), known, {
        name: input.name ?? known.name,
        description: input.description ?? known.description,
        rule: input.rule ?? known.rule,
        changedAt: tx.now,
      });
      await tx.execute(sql`
        UPDATE segment SET name = ${segment.name}, description = ${segment.description},
          rule = ${JSON.stringify(segment.rule)}, changed_at = ${segment.changedAt} WHERE id = ${segment.id}`);
      const { segmentId: _, ...changes } = input;
      await this.events.emit(tx, 'segment.updated', programId, {
        segmentId: segment.id,
        changed: Object.keys(changes),
      });
      return segment;
    });
    this.byId.clear(context);
    return result;
  }

  /** The segments of the program, by their keys. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<Segment>> {
    context.session.require('segment.read');
    const where = sql`segment.program_id = ${context.session.program.id}`;
    return paginate(this.database, { entity: Segment, where, order: byKey, page });
  }

  /** A segment of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Segment | undefined> {
    if (!context.session.may('segment.read')) return undefined;
    const segment = await this.byId.load(context, id);
    return segment?.programId === context.session.program.id ? segment : undefined;
  }

  /** How many a rule means, now. What is wrong with the rule is the caller's to know. */
  async size(context: RequestContext, rule: AudienceRule): Promise<AudienceSize> {
    context.session.require('segment.read');
    const { id: programId } = context.session.program;
    const refused = await this.database.read((db) => this.audiences.refusal(db, programId, rule));
    if (refused) throw argumentRefused(['rule'], refused);
    return this.sizeOf.load(context, rule);
  }

  /** How many are in a segment now. */
  sizeOfSegment(context: RequestContext, { rule }: Segment): Promise<AudienceSize> {
    return this.sizeOf.load(context, rule);
  }

  /** Who is in a segment, those whom the program has known for the shortest time first. */
  async contacts(context: RequestContext, { programId, rule }: Segment, page: PageArgs): Promise<Page<Contact>> {
    context.session.require('segment.read');
    const predicate = await this.database.read((db) => this.audiences.predicate(db, programId, rule));
    const where = sql`contact.program_id = ${programId} AND contact.erased_at IS NULL AND ${predicate}`;
    return paginate(this.database, { entity: Contact, where, order: newestFirst('contact'), page });
  }

  /** Two who change segments at once queue here, so that no circle of segments can come of it. */
  private async lock(tx: Transaction, programId: string): Promise<void> {
    await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
  }
}
