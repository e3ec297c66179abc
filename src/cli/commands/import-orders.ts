import { Command, Option } from 'commander';
import { CsvFile } from '../../platform/csv/csv-file.js';
import type { Encoding } from '../../platform/csv/csv-records.js';
import { ImportRefused } from '../../platform/csv/import-refused.js';
import type { OrderColumns, OrderImportRequest, OrderImportSummary } from '../../referrals/order-import.js';
import { CommandRefused, withApplication } from '../command.js';

/** What the command line gives; the names are those of the options. */
interface OrderOptions extends Omit<OrderColumns, 'currency'> {
  readonly currency?: string;
  readonly currencyColumn?: string;
  readonly delimiter?: string;
  readonly encoding: Encoding;
  readonly program?: string;
}

type Kind = OrderImportRequest['kind'];

/** `applaus import conversions` */
export function conversionsCommand(): Command {
  return withOrderOptions(new Command('conversions'))
    .description('Brings in orders of friends from a shop (CSV): each converts its referral once.')
    .option('--code <column>', "the ambassador's code, for friends whom nobody registered before")
    .option('--id <column>', "the friend by the owner's own id; this or --email is needed")
    .option('--email <column>', 'the e-mail address of the friend')
    .option('--name <column>', 'the name of the friend')
    .option('--currency <code>', 'of orders whose row does not say, as in EUR')
    .action((path: string, options: OrderOptions) => importOrders('CONVERSIONS', path, options));
}

/** `applaus import refunds` */
export function refundsCommand(): Command {
  return withOrderOptions(new Command('refunds'))
    .description('Brings in refunds of orders of friends from a shop (CSV): each counts once.')
    .requiredOption('--refund-id <column>', "the shop's own id of the refund")
    .option('--reason <column>', 'why, for the ambassador to read')
    .action((path: string, options: OrderOptions) => importOrders('REFUNDS', path, options));
}

function withOrderOptions(command: Command): Command {
  return command
    .argument('<file>', 'the export; its first record names the columns')
    .requiredOption('--order-id <column>', "the shop's own id of the order")
    .option('--amount <column>', 'money, as in 49.90 or 49,90')
    .option('--currency-column <column>', 'ISO 4217, as in EUR')
    .option('--delimiter <character>', 'between fields; found out if left out')
    .addOption(new Option('--encoding <name>', 'of the file').choices(['utf8', 'latin1']).default('utf8'))
    .option('--program <slug>', 'the program; the only one if left out');
}

async function importOrders(kind: Kind, path: string, options: OrderOptions): Promise<void> {
  if (kind === 'CONVERSIONS' && !options.id && !options.email) {
    throw new CommandRefused('Say who ordered: --id or --email is needed.');
  }
  const { orderId, refundId, code, id, email, name, amount, reason, delimiter, encoding } = options;
  const columns = { orderId, refundId, code, id, email, name, amount, reason, currency: options.currencyColumn };
  try {
    const named = Object.values(columns).filter((column) => column !== undefined);
    const file = await CsvFile.open({ path, columns: named, encoding, ...(delimiter && { delimiter }) });
    try {
      await withApplication(async ({ features }) => {
        const { currency, program: programSlug } = options;
        print(path, await features.orderImport.run({ kind, file, columns, currency, programSlug }));
      });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof ImportRefused ? new CommandRefused(error.message) : error;
  }
}

function print(path: string, summary: OrderImportSummary): void {
  const { read, imported, alreadyThere, rejected, rejectedPath, rejectedExamples, programSlug } = summary;
  const counts = { read, imported, 'already there': alreadyThere, rejected };
  const lines = [
    `${path} -> program ${programSlug}`,
    ...Object.entries(counts).map(([name, count]) => `  ${name.padEnd(14)}${count.toLocaleString('en')}`),
    ...(rejectedPath ? [`Rejected rows, all of them in ${rejectedPath}:`] : []),
    ...rejectedExamples.map(({ line, reason }) => `  line ${line}  ${reason}`),
    ...(rejected > rejectedExamples.length ? ['  …'] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
