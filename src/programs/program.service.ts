import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { Program } from './program.entity.js';
import type { ProgramUpdateInput } from './program.inputs.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** A program began; features lay down what every program starts with. */
    'program.created': { readonly slug: string };
    'program.updated': { readonly changed: readonly string[] };
  }
}

export interface NewProgram {
  readonly slug: string;
  readonly name: string;
  readonly timeZone?: string;
}

/** Programs: the tenants. */
export class ProgramService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  async findBySlug(slug: string): Promise<Program | undefined> {
    return this.database.read((db) => db.first(Program, sql`WHERE slug = ${slug}`));
  }

  async findById(id: string): Promise<Program | undefined> {
    return this.database.read((db) => db.first(Program, sql`WHERE id = ${id}`));
  }

  /** The program of who names none: the one that there is, if there is just one. */
  async findOnly(): Promise<Program | undefined> {
    const programs = await this.database.read((db) => db.select(Program, sql`ORDER BY id LIMIT 2`));
    return programs.length === 1 ? programs[0] : undefined;
  }

  async anyExists(): Promise<boolean> {
    return (await this.database.read((db) => db.first(Program, sql`LIMIT 1`))) !== undefined;
  }

  /** Begins a program, with all that its features give it from the start. For the command line; no caller may. */
  async create(program: NewProgram): Promise<Program> {
    return this.database.transact((tx) => this.createIn(tx, program));
  }

  private async createIn(tx: Transaction, { slug, name, timeZone = 'UTC' }: NewProgram): Promise<Program> {
    const program = Object.assign(new Program(), {
      id: tx.newId(),
      slug,
      name,
      timeZone,
      npsSchemeKey: 'CLASSIC',
      detractorTo: null,
      promoterFrom: null,
      askFromScore: 7,
      createdAt: tx.now,
    });
    await tx.insert(Program, program);
    await this.events.emit(tx, 'program.created', program.id, { slug });
    return program;
  }

  async current(context: RequestContext): Promise<Program> {
    context.session.require('program.read');
    const program = await this.findById(context.session.program.id);
    if (!program) throw new Error('The program of the session is gone');
    return program;
  }

  /** Changes the program's own settings. */
  async update(context: RequestContext, input: ProgramUpdateInput): Promise<Program> {
    context.session.require('program.update');
    const { id } = context.session.program;
    const { npsBands: bands } = input;
    const scheme = bands ? 'OWN' : (input.npsScheme ?? null);
    await this.database.transact(async (tx) => {
      await tx.execute(sql`
        UPDATE program SET
          name = COALESCE(${input.name ?? null}, name),
          time_zone = COALESCE(${input.timeZone ?? null}, time_zone),
          nps_scheme = COALESCE(${scheme}, nps_scheme),
          detractor_to = ${scheme === null ? sql`detractor_to` : (bands?.detractorTo ?? null)},
          promoter_from = ${scheme === null ? sql`promoter_from` : (bands?.promoterFrom ?? null)},
          ask_from_score = COALESCE(${input.askFromScore ?? null}, ask_from_score)
        WHERE id = ${id}`);
      await this.events.emit(tx, 'program.updated', id, { changed: Object.keys(input) });
    });
    return this.current(context);
  }
}
