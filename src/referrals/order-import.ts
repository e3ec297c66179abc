import sql from 'sql-template-tag';
import type { z } from 'zod';
import { type RequestContext, Session } from '../identity/session.js';
import type { CsvFile } from '../platform/csv/csv-file.js';
import type { CsvRecord } from '../platform/csv/csv-records.js';
import { ImportRefused } from '../platform/csv/import-refused.js';
import { RejectedFile, type Rejection } from '../platform/csv/rejected-file.js';
import type { Database } from '../platform/database/database.js';
import { parseInput } from '../platform/graphql/input.js';
import { InputInvalid, Problem } from '../platform/graphql/problem.js';
import type { Logger } from '../platform/log.js';
import type { Program } from '../programs/program.entity.js';
import type { ProgramService } from '../programs/program.service.js';
import { Referral } from './referral.entity.js';
import { conversionRules } from './referral.inputs.js';
import type { ReferralService } from './referral.service.js';
import { ReferralRefund } from './refund.entity.js';
import { refundRules } from './refund.inputs.js';
import type { ReferralRefunds } from './refund.service.js';

/** Which column of the file says what. */
export interface OrderColumns {
  readonly orderId: string;
  readonly refundId?: string | undefined;
  readonly code?: string | undefined;
  readonly id?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
  readonly reason?: string | undefined;
}

export interface OrderImportRequest {
  readonly kind: 'CONVERSIONS' | 'REFUNDS';
  readonly file: CsvFile;
  readonly columns: OrderColumns;
  /** ISO 4217, of orders whose row does not say. */
  readonly currency: string | undefined;
  /** The program's slug; without one, the only program that there is. */
  readonly programSlug: string | undefined;
}

export interface OrderImportSummary {
  readonly programSlug: string;
  readonly read: number;
  readonly imported: number;
  readonly alreadyThere: number;
  readonly rejected: number;
  readonly rejectedExamples: readonly { readonly line: number; readonly reason: string }[];
  readonly rejectedPath: string | undefined;
}

type Outcome = 'IMPORTED' | 'KNOWN' | { readonly reason: string };
type ReadField = (column: string | undefined) => string | undefined;

const examplesMax = 10;
/** Money as exports write it: 49, 49.9 or 49,90, without a sign for the thousands. */
const money = /^(\d{1,8})(?:[.,](\d{1,2}))?$/;

/**
 * Brings in orders of friends, or their refunds, from a shop's export, row by row in the order of the file: steps and caps
 * count as if each had been told by itself. A row has its own transaction, so that a file may come again after a break.
 */
export class OrderImport {
  constructor(
    private readonly database: Database,
    private readonly log: Logger,
    private readonly programs: ProgramService,
    private readonly referrals: ReferralService,
    private readonly refunds: ReferralRefunds,
  ) {}

  /** Imports a file. Rows that are refused go to a file beside it; ImportRefused says why nothing can be done at all. */
  async run(request: OrderImportRequest): Promise<OrderImportSummary> {
    const program = await this.findProgram(request.programSlug);
    const rejected = new RejectedFile(request.file);
    await rejected.begin();
    const tally = { read: 0, imported: 0, alreadyThere: 0, rejected: 0 };
    const rejectedExamples: { line: number; reason: string }[] = [];
    try {
      for await (const { records } of request.file.records()) {
        const rejections: Rejection[] = [];
        for (const row of records) {
          const outcome = await this.take(request, program, row);
          tally.read += 1;
          if (outcome === 'IMPORTED') tally.imported += 1;
          else if (outcome === 'KNOWN') tally.alreadyThere += 1;
          else rejections.push({ row, reason: outcome.reason });
        }
        await rejected.add(rejections);
        tally.rejected += rejections.length;
        const room = examplesMax - rejectedExamples.length;
        rejectedExamples.push(...rejections.slice(0, room).map(({ row, reason }) => ({ line: row.line, reason })));
      }
    } finally {
      await rejected.close();
    }
    const rejectedPath = tally.rejected > 0 ? rejected.path : undefined;
    return { ...tally, programSlug: program.slug, rejectedExamples, rejectedPath };
  }

  private async take(request: OrderImportRequest, program: Program, row: CsvRecord): Promise<Outcome> {
    const { header } = request.file;
    if (row.fault !== undefined) return { reason: row.fault };
    if (row.fields.length !== header.length) {
      return { reason: `has ${row.fields.length} fields, the header has ${header.length}` };
    }
    const read: ReadField = (column) =>
      column === undefined ? undefined : row.fields[request.file.placeOf(column)]?.trim() || undefined;
    const amountCents = centsOf(read(request.columns.amount));
    if (typeof amountCents === 'string') return { reason: `${request.columns.amount}: ${amountCents}` };
    const context = this.contextOf(program);
    return request.kind === 'CONVERSIONS'
      ? this.convert(context, request, read, amountCents)
      : this.refund(context, request, read, amountCents);
  }

  private async convert(
    context: RequestContext,
    { columns, currency }: OrderImportRequest,
    read: ReadField,
    amountCents: number | undefined,
  ): Promise<Outcome> {
    const input = parsed(conversionRules, {
      orderId: read(columns.orderId) ?? '',
      code: read(columns.code),
      friend: { externalId: read(columns.id), email: read(columns.email), displayName: read(columns.name) },
      amountCents,
      currency: amountCents === undefined ? undefined : (read(columns.currency) ?? currency),
    });
    if ('reason' in input) return input;
    const isKnown = (await this.orderOf(context, input.value.orderId)) !== undefined;
    const result = await this.referrals.convert(context, input.value);
    return result instanceof Problem ? { reason: reasonOf(result, context) } : isKnown ? 'KNOWN' : 'IMPORTED';
  }

  private async refund(
    context: RequestContext,
    { columns }: OrderImportRequest,
    read: ReadField,
    amountCents: number | undefined,
  ): Promise<Outcome> {
    const input = parsed(refundRules, {
      orderId: read(columns.orderId) ?? '',
      refundId: read(columns.refundId) ?? '',
      amountCents,
      currency: read(columns.currency),
      reason: read(columns.reason) ?? 'Refunded by the shop',
    });
    if ('reason' in input) return input;
    const order = await this.orderOf(context, input.value.orderId);
    const isKnown = order !== undefined && (await this.isRefund(order.id, input.value.refundId));
    const result = await this.refunds.refund(context, input.value);
    return result instanceof Problem ? { reason: reasonOf(result, context) } : isKnown ? 'KNOWN' : 'IMPORTED';
  }

  private orderOf({ session }: RequestContext, orderId: string): Promise<Referral | undefined> {
    const ofOrder = sql`WHERE program_id = ${session.program.id} AND order_id = ${orderId}`;
    return this.database.read((db) => db.first(Referral, ofOrder));
  }

  private async isRefund(referralId: string, refundId: string): Promise<boolean> {
    const ofRefund = sql`WHERE referral_id = ${referralId} AND refund_id = ${refundId}`;
    return (await this.database.read((db) => db.count(ReferralRefund, ofRefund))) > 0;
  }

  /** One context for each row: what a row loaded is forgotten with it. */
  private contextOf(program: Program): RequestContext {
    const { database, log } = this;
    const session = new Session(program, { role: 'INTEGRATION', subject: 'import', ambassadorId: null });
    return { requestId: 'import', locale: 'en', database, log, session };
  }

  private async findProgram(slug: string | undefined): Promise<Program> {
    const program = slug === undefined ? await this.programs.findOnly() : await this.programs.findBySlug(slug);
    if (program) return program;
    const reason = slug === undefined ? 'Say which program is meant with --program' : `There is no program ${slug}`;
    throw new ImportRefused(`${reason}.`);
  }
}

/** Cents; undefined where the row says nothing, and why where it says no amount. */
function centsOf(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined;
  const [, units, fraction = ''] = money.exec(text) ?? [];
  return units === undefined ? 'is no amount, as in 49.90' : Number(units) * 100 + Number(fraction.padEnd(2, '0'));
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): { readonly value: T } | { readonly reason: string } {
  const input = parseInput(schema, value);
  return input instanceof InputInvalid ? { reason: issuesOf(input) } : { value: input };
}

function reasonOf(problem: Problem, context: RequestContext): string {
  return problem instanceof InputInvalid ? issuesOf(problem) : problem.message(context);
}

function issuesOf({ issues }: InputInvalid): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
