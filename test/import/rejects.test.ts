import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';
import { columns, useExports } from './exports.js';

const world = useWorld();
const exports = useExports(world);
const header = 'ID,Market,Survey date,Customer Name,NPS';
const three = `${header}\n1,US,2026-01-05,Anna,10\n2,UK,2026-01-06,Ben,6\n3,US,2026-01-07,Cleo,8\n`;

describe('A row that cannot go in', () => {
  test('stands in the file of rejects with its reason and line, and the rest goes in', async () => {
    const program = await world.program();
    const rows = [
      header,
      '1,US,2026-01-05,"Anna',
      'of two lines",9',
      '2,US,2026-01-05,Ben,11',
      '3,US,2026-01-05,Cleo,-1',
      '4,US,2026-01-05,Dan,eight',
      '5,US,2026-01-05,Eve,8.5',
      '6,US,2026-01-05,Fay,',
      '7,US,,Gus,8',
      '8,US,31/12/2025,Hal,8',
      '9,US,2026-02-30,Ida,8',
      '10,US,2027-01-01,Jan,8',
      ',US,2026-01-05,Kim,8',
      '11,US,2026-01-05,Lea',
      '12,US,2026-01-05,Max,8,surplus',
      `13,US,2026-01-05,${'N'.repeat(201)},8`,
      `14,${'U'.repeat(256)},2026-01-05,Oda,8`,
      '15,US,2026-01-06,Pia,10',
    ];
    const summary = await exports.import(program, exports.write('bad.csv', rows.join('\r\n')));
    expect(summary).toMatchObject({ read: 16, imported: 2, alreadyThere: 0, rejected: 14 });
    expect(summary.rejectedPath).toBe(`${exports.directory}/bad.rejected.csv`);
    expect(summary.rejectedExamples).toHaveLength(10);
    const lines = exports.lines('bad.rejected.csv') ?? [];
    expect(lines.map((line) => line.replace(/[NU]{40,}.*/, '…'))).toEqual([
      `reason,line,${header}`,
      'NPS: is not from 0 to 10,4,2,US,2026-01-05,Ben,11',
      'NPS: is not from 0 to 10,5,3,US,2026-01-05,Cleo,-1',
      'NPS: is not a whole number,6,4,US,2026-01-05,Dan,eight',
      'NPS: is not a whole number,7,5,US,2026-01-05,Eve,8.5',
      'NPS: is missing,8,6,US,2026-01-05,Fay,',
      'Survey date: is missing,9,7,US,,Gus,8',
      'Survey date: is not a date in the format yyyy-MM-dd (ISO 8601),10,8,US,31/12/2025,Hal,8',
      'Survey date: is not a date in the format yyyy-MM-dd (ISO 8601),11,9,US,2026-02-30,Ida,8',
      'Survey date: is in the future,12,10,US,2027-01-01,Jan,8',
      '"ID: is missing, so nobody knows whose answer it is",13,,US,2026-01-05,Kim,8',
      '"has 4 fields, the header has 5",14,11,US,2026-01-05,Lea',
      '"has 6 fields, the header has 5",15,12,US,2026-01-05,Max,8,surplus',
      'Customer Name: must not be longer than 200 characters,16,13,US,2026-01-05,…',
      'Market: must not be longer than 255 characters,17,14,…',
    ]);
    const answers = await exports.answers(program);
    expect(answers.map(({ score, contact }) => [score, contact.displayName])).toEqual([
      [9, 'Anna of two lines'],
      [10, 'Pia'],
    ]);
  });

  test('goes in once it is mended, and the file of rejects is gone', async () => {
    const program = await world.program();
    const file = exports.write('mended.csv', `${header}\n1,US,2026-01-05,Anna,9\n2,US,2026-01-05,Ben,99\n`);
    expect(await exports.import(program, file)).toMatchObject({ imported: 1, rejected: 1 });
    expect(await exports.import(program, file)).toMatchObject({ imported: 0, alreadyThere: 1, rejected: 1 });
    const mended = exports.lines('mended.rejected.csv')?.join('\n').replace(/99$/, '9');
    expect(await exports.import(program, exports.write('rest.csv', mended ?? ''))).toMatchObject({ imported: 1 });
    exports.write('mended.csv', `${header}\n1,US,2026-01-05,Anna,9\n2,US,2026-01-05,Ben,9\n`);
    expect(await exports.import(program, file)).toMatchObject({ imported: 0, alreadyThere: 2, rejected: 0 });
    expect(exports.lines('mended.rejected.csv')).toBeUndefined();
  });

  test('is one line, when a quote is astray in it', async () => {
    const program = await world.program();
    const text = [
      header,
      '1,US,2026-01-05,"An"na,9',
      '2,US,2026-01-05,B"en,9',
      '3,US,2026-01-05,Cleo,9',
      '4,US,2026-01-05,"Dan,9',
      '5,US,2026-01-05,Eve,9',
      '6,US,2026-01-05,Fay,9',
    ].join('\n');
    const summary = await exports.import(program, exports.write('quotes.csv', text));
    expect(summary).toMatchObject({ read: 6, imported: 3, rejected: 3 });
    expect(exports.lines('quotes.rejected.csv')?.slice(1)).toEqual([
      'something follows a closing quote inside a field,2,"1,US,2026-01-05,""An""na,9"',
      'a quote stands inside a field that does not begin with one,3,"2,US,2026-01-05,B""en,9"',
      'a quote is opened and never closed,5,"4,US,2026-01-05,""Dan,9"',
    ]);
  });

  test('is one line also in a large file whose rest a quote would swallow', async () => {
    const program = await world.program();
    const rows = Array.from({ length: 20_000 }, (_, index) => `${index % 500},US,2026-01-05,Customer,9`);
    rows[10_100] = '100,US,2026-01-05,"Customer,9';
    const summary = await exports.import(program, exports.write('swallow.csv', [header, ...rows].join('\r\n')));
    expect(summary).toMatchObject({ read: 20_000, imported: 500, alreadyThere: 19_499, rejected: 1 });
    expect(summary.rejectedExamples).toEqual([{ line: 10_102, reason: expect.stringContaining('not closed') }]);
  });

  test('has the e-mail address of somebody else, or one that is none', async () => {
    const program = await world.program();
    await program.ambassador('Anna', { externalId: 'anna', email: 'anna@example.com' });
    const text = `ID,Mail,Survey date,NPS\nben,ANNA@example.com,2026-01-05,9\ncleo,cleo at home,2026-01-05,9\n`;
    const byBoth = { id: 'ID', email: 'Mail', score: 'NPS', date: 'Survey date', attributes: [] };
    await exports.import(program, exports.write('addresses.csv', text), { columns: byBoth });
    expect(exports.lines('addresses.rejected.csv')?.slice(1)).toEqual([
      'has the e-mail address of another contact,2,ben,ANNA@example.com,2026-01-05,9',
      'Mail: must be an e-mail address,3,cleo,cleo at home,2026-01-05,9',
    ]);
  });

  test('contradicts an answer that is there', async () => {
    const program = await world.program();
    await exports.import(program, exports.write('first.csv', `${header}\n1,US,2026-01-05,Anna,9\n`));
    const second = exports.write('second.csv', `${header}\n1,US,2026-01-05,Anna,2\n`);
    expect((await exports.import(program, second)).rejectedExamples).toEqual([
      { line: 2, reason: 'has the moment at which this contact gave another score' },
    ]);
  });
});

describe('A file that cannot be imported', () => {
  test.each([
    [
      'no such column',
      three,
      { ...columns, score: 'Score' },
      /has no column "Score"\. It has: "ID", "Market", "Survey/,
    ],
    [
      'a column twice',
      'ID,NPS,NPS,Survey date\n',
      { ...columns, attributes: [], name: undefined },
      /than one column "NPS"/,
    ],
    ['nothing', '', columns, /is empty/],
    ['UTF-16', Buffer.from(`\uFEFF${three}`, 'utf16le'), columns, /is UTF-16/],
    ['Latin-1', Buffer.from(three.replace('Anna', 'Zoë'), 'latin1'), columns, /is not UTF-8/],
  ])('for %s is refused, and nothing is written', async (name, content, wanted, message) => {
    const program = await world.program();
    const file = exports.write(`refused ${name}.csv`, content);
    await expect(exports.import(program, file, { columns: wanted })).rejects.toThrow(message);
    expect(await exports.answers(program)).toEqual([]);
  });

  test('does not exist, or is a directory', async () => {
    const program = await world.program();
    await expect(exports.import(program, `${exports.directory}/none.csv`)).rejects.toThrow('none.csv does not exist.');
    await expect(exports.import(program, exports.directory)).rejects.toThrow('is a directory, not a file.');
  });

  test('is for a time zone or a survey that cannot be', async () => {
    const program = await world.program();
    const file = exports.write('settings.csv', three);
    await expect(exports.import(program, file, { timeZone: 'Mars' })).rejects.toThrow('There is no time zone Mars.');
    await expect(exports.import(program, file, { surveyKey: 'Our survey' })).rejects.toThrow('--survey Our survey');
  });
});
