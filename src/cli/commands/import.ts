import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ResponseFile } from '../../nps/import/response-file.js';
import type { ResponseImportSummary } from '../../nps/import/response-import.service.js';
import type { Encoding } from '../../platform/csv/csv-records.js';
import { ImportRefused } from '../../platform/csv/import-refused.js';
import { CommandRefused, withApplication } from '../command.js';
import { conversionsCommand, refundsCommand } from './import-orders.js';

/** What the command line gives; the names are those of the options. */
interface ImportOptions {
  readonly survey: string;
  readonly id?: string;
  readonly email?: string;
  readonly name?: string;
  readonly score: string;
  readonly date: string;
  readonly dateFormat?: string;
  readonly timeZone?: string;
  readonly attribute: readonly string[];
  readonly comment?: string;
  readonly responseId?: string;
  readonly delimiter?: string;
  readonly encoding: Encoding;
  readonly program?: string;
  readonly dryRun?: true;
}

/** `applaus import …`: brings in what other systems know. */
export function importCommand(): Command {
  return new Command('import')
    .description('Brings in what other systems know.')
    .addCommand(responsesCommand())
    .addCommand(conversionsCommand())
    .addCommand(refundsCommand());
}

function responsesCommand(): Command {
  return new Command('responses')
    .description('Brings in answers to the NPS question from a survey export (CSV). Running it again adds nothing.')
    .argument('<file>', 'the export; its first record names the columns')
    .option('--survey <key>', 'the survey that they answer; made if it is not there', 'nps')
    .option('--id <column>', "who answered: the owner's own id of the contact; this or --email is needed")
    .option('--email <column>', 'the e-mail address of who answered')
    .option('--name <column>', 'the name of who answered')
    .requiredOption('--score <column>', 'the score, 0 to 10')
    .requiredOption('--date <column>', 'when it was answered')
    .option('--date-format <tokens>', "luxon's tokens, as in dd/MM/yy; ISO 8601 if left out")
    .option('--time-zone <name>', "of dates without an offset, as in Europe/Amsterdam; the program's if left out")
    .option('--attribute <column>', 'becomes an attribute of the contact; may be given again', collect, [])
    .option('--comment <column>', 'what was added in words')
    .option('--response-id <column>', 'what the answer is called where it comes from, to know it again by')
    .option('--delimiter <character>', 'between fields: one character, tab, or auto', delimiter)
    .addOption(new Option('--encoding <name>', 'of the file').choices(['utf8', 'latin1']).default('utf8'))
    .option('--program <slug>', 'the program; the only one if left out; the first one of all is made')
    .option('--dry-run', 'writes nothing and says what would happen')
    .action(importResponses);
}

async function importResponses(path: string, options: ImportOptions): Promise<void> {
  if (!options.id && !options.email) throw new CommandRefused('Say who answered: --id or --email is needed.');
  try {
    const file = await openFile(path, options);
    try {
      await withApplication(async ({ features }) => {
        const bar = progressBar(file.sizeBytes);
        const request = {
          file,
          programSlug: options.program,
          surveyKey: options.survey,
          dateFormat: options.dateFormat,
          timeZone: options.timeZone,
          onProgress: (doneBytes: number) => bar?.update(doneBytes),
        };
        const start = performance.now();
        const service = features.responseImport;
        const summary = await (options.dryRun ? service.rehearse(request) : service.run(request)).finally(() =>
          bar?.stop(),
        );
        print(path, options, summary, (performance.now() - start) / 1_000);
      });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof ImportRefused ? new CommandRefused(error.message) : error;
  }
}

function openFile(path: string, options: ImportOptions): Promise<ResponseFile> {
  const { id, email, name, score, date, comment, responseId, attribute, encoding } = options;
  const columns = { id, email, name, score, date, comment, responseId, attributes: [...new Set(attribute)] };
  return ResponseFile.open({ path, columns, delimiter: options.delimiter, encoding });
}

/** On a terminal only: in a log a bar is noise. */
function progressBar(totalBytes: number): SingleBar | undefined {
  if (!process.stderr.isTTY) return undefined;
  const bar = new SingleBar({ format: '{bar} {percentage}%  {eta_formatted} to go', hideCursor: true });
  bar.start(totalBytes, 0);
  return bar;
}

function print(path: string, { dryRun, survey }: ImportOptions, summary: ResponseImportSummary, seconds: number): void {
  const count = (value: number) => value.toLocaleString('en');
  const width = count(summary.read).length;
  const line = (name: string, value: number) => `  ${name.padEnd(14)}${count(value).padStart(width)}`;
  const made = dryRun ? 'would be made' : 'was made';
  const lines = [
    ...(dryRun ? ['A dry run: nothing was written. This is what would happen.'] : []),
    ...(summary.isNewProgram ? [`There was no program yet: ${summary.programSlug} ${made}.`] : []),
    `${path} -> survey ${survey} of program ${summary.programSlug}`,
    line('read', summary.read),
    line('imported', summary.imported),
    line('already there', summary.alreadyThere),
    line('rejected', summary.rejected),
    `  in ${seconds.toFixed(1)} s, ${count(Math.round(summary.read / Math.max(seconds, 0.001)))} rows/s`,
  ];
  if (summary.rejected > 0) {
    const where = summary.rejectedPath ? `, all of them in ${summary.rejectedPath}` : '';
    lines.push(`Rejected rows${where}:`);
    lines.push(...summary.rejectedExamples.map(({ line: number, reason }) => `  line ${number}  ${reason}`));
    if (summary.rejected > summary.rejectedExamples.length) lines.push('  …');
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

function collect(value: string, values: readonly string[]): string[] {
  return [...values, value];
}

function delimiter(value: string): string | undefined {
  if (value === 'auto') return undefined;
  if (value === 'tab' || value === '\\t') return '\t';
  if (/^[ -~\t]$/.test(value) && value !== '"') return value;
  throw new InvalidArgumentError('It is one character, tab, or auto.');
}
