import { IANAZone } from 'luxon';
import type { Clock } from '../../platform/clock.js';
import { ImportRefused } from '../../platform/csv/import-refused.js';
import { RejectedFile, type Rejection } from '../../platform/csv/rejected-file.js';
import type { Database } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import { rules } from '../../platform/graphql/input.js';
import type { Program } from '../../programs/program.entity.js';
import type { ProgramService } from '../../programs/program.service.js';
import { Survey } from '../survey.entity.js';
import type { SurveyService } from '../survey.service.js';
import { type Answer, AnswerReader } from './answer.js';
import type { ImportTarget } from './batch-plan.js';
import type { BatchOutcome, BatchWriter } from './batch-writer.js';
import { ResponseDates } from './response-date.js';
import type { ResponseFile } from './response-file.js';

export interface ResponseImportRequest {
  readonly file: ResponseFile;
  /** The program's slug; without one, the only program that there is, or demo. */
  readonly programSlug: string | undefined;
  readonly surveyKey: string;
  /** luxon's tokens, as in dd/MM/yy; undefined for ISO 8601. */
  readonly dateFormat: string | undefined;
  /** IANA time zone of dates without an offset; undefined for the program's. */
  readonly timeZone: string | undefined;
  /** Hears how far the import is, after every batch. */
  readonly onProgress?: (doneBytes: number) => void;
}

export interface ResponseImportSummary {
  readonly programSlug: string;
  /** Whether there was no program at all, so that the import began with making one. */
  readonly isNewProgram: boolean;
  readonly read: number;
  readonly imported: number;
  /** Rows that the database, or an earlier row, has already. */
  readonly alreadyThere: number;
  readonly rejected: number;
  /** The first rejected rows. */
  readonly rejectedExamples: readonly { readonly line: number; readonly reason: string }[];
  /** Where the rejected rows are; undefined if there are none, or nothing was to be written. */
  readonly rejectedPath: string | undefined;
}

interface Batch {
  readonly answers: readonly Answer[];
  readonly rejections: readonly Rejection[];
  readonly endBytes: number;
}

type WriteBatch = (answers: readonly Answer[]) => Promise<BatchOutcome>;
type KeepRejections = (rejections: readonly Rejection[]) => Promise<void>;

/** Rows in one transaction: more commits cost more time, more rows more memory. */
const batchRowsMax = 2_000;
/** Keeps a batch of long comments below what MySQL takes in one packet (16 MB and more), at 4 bytes a character. */
const batchCharactersMax = 2_000_000;
const examplesMax = 10;
const defaultSlug = 'demo';

/**
 * Brings in answers from survey exports: many, past, and perhaps for the second time. Imported answers are no
 * `response.recorded`: an ask follows a live answer, and nobody is to be asked on account of last year's.
 * `responses.imported` says, for each batch, how many came in. For the command line; no caller of the API may.
 */
export class ResponseImport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly programs: ProgramService,
    private readonly surveys: SurveyService,
    private readonly writer: BatchWriter,
  ) {}

  /**
   * Imports a file. What is there already stays as it is, so that the same file may come again, also after an import
   * that broke off. Bad rows go to a file beside it. ImportRefused says why nothing can be done at all.
   */
  async run(request: ResponseImportRequest): Promise<ResponseImportSummary> {
    requireSurveyKey(request.surveyKey);
    const known = await this.findProgram(request.programSlug);
    const program = known ?? (await this.createProgram(request));
    const target = { programId: program.id, surveyId: await this.ensureSurvey(program.id, request.surveyKey) };
    const rejected = new RejectedFile(request.file);
    await rejected.begin();
    try {
      const write: WriteBatch = (answers) => this.writer.write(target, answers);
      const counts = await this.through(request, program.timeZone, write, (rows) => rejected.add(rows));
      const rejectedPath = counts.rejected > 0 ? rejected.path : undefined;
      return { ...counts, programSlug: program.slug, isNewProgram: !known, rejectedPath };
    } finally {
      await rejected.close();
    }
  }

  /** Says what `run` would do, and writes nothing. Rows that repeat each other more than a batch apart count as new. */
  async rehearse(request: ResponseImportRequest): Promise<ResponseImportSummary> {
    requireSurveyKey(request.surveyKey);
    const program = await this.findProgram(request.programSlug);
    const survey =
      program && (await this.database.read((db) => this.surveys.findByKey(db, program.id, request.surveyKey)));
    if (survey) requireImportable(survey);
    // No row has an empty id: of a program or survey that is still to be made, nothing is known.
    const target: ImportTarget = { programId: program?.id ?? '', surveyId: survey?.id ?? '' };
    const write: WriteBatch = (answers) => this.writer.rehearse(target, answers);
    const counts = await this.through(request, program?.timeZone ?? 'UTC', write, async () => {});
    const programSlug = program?.slug ?? request.programSlug ?? defaultSlug;
    return { ...counts, programSlug, isNewProgram: !program, rejectedPath: undefined };
  }

  /** The whole file, batch by batch; while one is written, the next is read. */
  private async through(request: ResponseImportRequest, programZone: string, write: WriteBatch, keep: KeepRejections) {
    const zone = request.timeZone ?? programZone;
    if (!IANAZone.isValidZone(zone)) throw new ImportRefused(`There is no time zone ${zone}.`);
    const reader = new AnswerReader(request.file, new ResponseDates(request.dateFormat, zone, this.clock.now()));
    const tally = { read: 0, imported: 0, alreadyThere: 0, rejected: 0 };
    const rejectedExamples: { line: number; reason: string }[] = [];
    const finish = async (batch: Batch, written: Promise<BatchOutcome>): Promise<void> => {
      const outcome = await written;
      const rejections = [...batch.rejections, ...outcome.rejections].sort((a, b) => a.row.line - b.row.line);
      await keep(rejections);
      tally.read += batch.answers.length + batch.rejections.length;
      tally.imported += outcome.importedCount;
      tally.alreadyThere += outcome.knownCount;
      tally.rejected += rejections.length;
      const room = examplesMax - rejectedExamples.length;
      rejectedExamples.push(...rejections.slice(0, room).map(({ row, reason }) => ({ line: row.line, reason })));
      request.onProgress?.(batch.endBytes);
    };
    let underWay: Promise<void> = Promise.resolve();
    try {
      for await (const batch of batchesOf(request.file, reader)) {
        await underWay;
        underWay = finish(batch, write(batch.answers));
        // Its failure is met where it is awaited: above, or below.
        underWay.catch(() => {});
      }
    } finally {
      await underWay;
    }
    return { ...tally, rejectedExamples };
  }

  /** The program that is meant; undefined if there is no program at all yet. */
  private async findProgram(slug: string | undefined): Promise<Program | undefined> {
    const program =
      slug === undefined
        ? ((await this.programs.findOnly()) ?? (await this.programs.findBySlug(defaultSlug)))
        : await this.programs.findBySlug(slug);
    if (program) return program;
    if (await this.programs.anyExists()) {
      const meant =
        slug === undefined ? 'There are several programs: say which with --program' : `There is no program ${slug}`;
      throw new ImportRefused(`${meant}.`);
    }
    const valid = rules.key.safeParse(slug ?? defaultSlug);
    if (!valid.success) throw new ImportRefused(`--program ${slug}: ${valid.error.issues[0]?.message}.`);
    return undefined;
  }

  private async createProgram({ programSlug: slug = defaultSlug, timeZone }: ResponseImportRequest): Promise<Program> {
    const name = slug.charAt(0).toUpperCase() + slug.slice(1);
    try {
      return await this.programs.create({ slug, name, ...(timeZone ? { timeZone } : {}) });
    } catch (error) {
      // Another process began the same program at the same moment.
      const program = isUniqueViolation(error) ? await this.programs.findBySlug(slug) : undefined;
      if (program) return program;
      throw error;
    }
  }

  private async ensureSurvey(programId: string, key: string): Promise<string> {
    return this.database.transact(async (tx) => {
      const known = await this.surveys.findByKey(tx, programId, key);
      if (known) return requireImportable(known).id;
      const id = tx.newId();
      try {
        await tx.insert(Survey, {
          id,
          programId,
          key,
          name: key,
          kind: 'NPS',
          isAnonymous: false,
          schemeKey: null,
          createdAt: tx.now,
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('The survey was made at the same moment');
        throw error;
      }
      return id;
    });
  }
}

/** A file names who answered, and cannot say that they are employees. */
function requireImportable(survey: Survey): Survey {
  const { key, isAnonymous, kind } = survey;
  if (isAnonymous) throw new ImportRefused(`The survey ${key} is anonymous: it is answered by its links alone.`);
  if (kind === 'ENPS')
    throw new ImportRefused(`The survey ${key} asks employees: it is answered by links and the API.`);
  return survey;
}

function requireSurveyKey(key: string): void {
  const valid = rules.key.safeParse(key);
  if (!valid.success) throw new ImportRefused(`--survey ${key}: ${valid.error.issues[0]?.message}.`);
}

async function* batchesOf(file: ResponseFile, reader: AnswerReader): AsyncGenerator<Batch> {
  let answers: Answer[] = [];
  let rejections: Rejection[] = [];
  let characters = 0;
  let endBytes = 0;
  for await (const chunk of file.records()) {
    for (const row of chunk.records) {
      const read = reader.read(row);
      if ('reason' in read) rejections.push(read);
      else answers.push(read);
      for (const field of row.fields) characters += field.length;
      if (answers.length + rejections.length < batchRowsMax && characters < batchCharactersMax) continue;
      yield { answers, rejections, endBytes };
      answers = [];
      rejections = [];
      characters = 0;
    }
    endBytes = chunk.endBytes;
  }
  yield { answers, rejections, endBytes };
}
