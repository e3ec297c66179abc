import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import sql from 'sql-template-tag';
import { type ResponseColumns, ResponseFile } from '../../src/nps/import/response-file.js';
import type { ResponseImportRequest, ResponseImportSummary } from '../../src/nps/import/response-import.service.js';
import { NpsResponse } from '../../src/nps/response.entity.js';
import { toGlobalId } from '../../src/platform/ids.js';
import type { Answer } from '../support/client.js';
import type { TestProgram, World } from '../support/world.js';

/** The columns of the exports that tests write, unless they say otherwise. */
export const columns: ResponseColumns = {
  id: 'ID',
  name: 'Customer Name',
  score: 'NPS',
  date: 'Survey date',
  attributes: ['Market'],
};

export interface ImportSettings extends Partial<Omit<ResponseImportRequest, 'file' | 'programSlug'>> {
  readonly columns?: ResponseColumns;
  readonly delimiter?: string;
  readonly encoding?: 'utf8' | 'latin1';
}

/** A directory of survey exports that one test file writes and imports. */
export class Exports {
  directory = '';

  constructor(private readonly world: World) {}

  /** Writes a file; text becomes UTF-8. */
  write(name: string, content: string | Buffer): string {
    const file = path.join(this.directory, name);
    writeFileSync(file, content);
    return file;
  }

  /** What a file says, as its lines; undefined if it is not there. */
  lines(name: string): string[] | undefined {
    try {
      return readFileSync(path.join(this.directory, name), 'utf8').trimEnd().split('\n');
    } catch {
      return undefined;
    }
  }

  import(program: TestProgram, file: string, settings: ImportSettings = {}): Promise<ResponseImportSummary> {
    return this.withRequest(program, file, settings, (request) =>
      this.world.server.features.responseImport.run(request),
    );
  }

  rehearse(program: TestProgram, file: string, settings: ImportSettings = {}): Promise<ResponseImportSummary> {
    return this.withRequest(program, file, settings, (request) =>
      this.world.server.features.responseImport.rehearse(request),
    );
  }

  /** The answers that the program has, in the order of their moments, as the API tells them. */
  async answers(program: TestProgram): Promise<readonly Answer[]> {
    const rows = await this.world.server.platform.database.read((db) =>
      db.select(NpsResponse, sql`WHERE program_id = ${program.program.id} ORDER BY responded_at, score`),
    );
    const { nodes } = await program.admin.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on NpsResponse {
        score comment respondedAt contact { externalId displayName email attributes } } } }`,
      { ids: rows.map(({ id }) => toGlobalId('NpsResponse', id)) },
    );
    return nodes;
  }

  private async withRequest(
    program: TestProgram,
    path: string,
    { columns: given = columns, delimiter, encoding = 'utf8', ...settings }: ImportSettings,
    work: (request: ResponseImportRequest) => Promise<ResponseImportSummary>,
  ): Promise<ResponseImportSummary> {
    const file = await ResponseFile.open({ path, columns: given, delimiter, encoding });
    try {
      const defaults = { surveyKey: 'nps', dateFormat: undefined, timeZone: undefined };
      return await work({ ...defaults, ...settings, file, programSlug: program.program.slug });
    } finally {
      await file.close();
    }
  }
}

/** The exports of one test file, gone after it. */
export function useExports(world: World): Exports {
  const exports = new Exports(world);
  beforeAll(() => {
    exports.directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-import-'));
  });
  afterAll(() => rmSync(exports.directory, { recursive: true }));
  return exports;
}
