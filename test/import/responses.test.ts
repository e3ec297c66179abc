import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import { atOnce, useWorld } from '../support/world.js';
import { columns, useExports } from './exports.js';

const world = useWorld();
const exports = useExports(world);

const header = 'ID,Market,Survey date,Customer Name,NPS\n';
const three = `${header}1,US,2026-01-05,Anna,10
2,UK,2026-01-06,Ben,6
3,US,2026-01-07T15:30:00+02:00,Cleo,8
`;

/** That many answers of as many customers, on one day. */
function customers(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => `${index},US,2026-01-05,Customer ${index},${index % 11}\n`);
  return header + rows.join('');
}

describe('An import of answers', () => {
  test('makes the contacts with their attributes, and their answers', async () => {
    const program = await world.program();
    const summary = await exports.import(program, exports.write('three.csv', three));
    expect(summary).toMatchObject({ read: 3, imported: 3, alreadyThere: 0, rejected: 0, rejectedPath: undefined });
    expect(await exports.answers(program)).toEqual([
      {
        score: 10,
        comment: null,
        respondedAt: '2026-01-05T00:00:00.000Z',
        contact: { externalId: '1', displayName: 'Anna', email: null, attributes: { Market: 'US' } },
      },
      expect.objectContaining({ score: 6 }),
      expect.objectContaining({ score: 8, respondedAt: '2026-01-07T13:30:00.000Z' }),
    ]);
    const { nps } = await program.analyst.ask(
      '{ nps(filter: { attribute: { name: "Market", value: "US" } }) { responses promoters } }',
    );
    expect(nps).toEqual({ responses: 2, promoters: 1 });
    expect(exports.lines('three.rejected.csv')).toBeUndefined();
  });

  test('is refused by a survey that is anonymous, and by one of employees', async () => {
    const program = await world.program();
    for (const [key, input] of [
      ['quiet', { isAnonymous: true }],
      ['staff', { kind: 'ENPS' }],
    ] as const) {
      await program.admin.mutate('surveyCreate', { key, name: key, ...input });
      const file = exports.write(`${key}.csv`, three);
      for (const attempt of [exports.import, exports.rehearse]) {
        await expect(attempt.call(exports, program, file, { surveyKey: key })).rejects.toThrow(key);
      }
    }
    expect(await exports.answers(program)).toEqual([]);
  });

  test('is told as past answers, not as live ones', async () => {
    const program = await world.program();
    await exports.import(program, exports.write('events.csv', three));
    await exports.import(program, exports.write('events.csv', three));
    const events = await world.server.platform.database.read((db) =>
      db.select(OutboxEvent, sql`WHERE program_id = ${program.program.id} AND type LIKE 'response%'`),
    );
    expect(events.map(({ type, payload }) => [type, payload])).toEqual([
      ['responses.imported', { surveyId: expect.any(String), responses: 3 }],
    ]);
  });

  test('takes a date without a time for midnight in the time zone of the program, or in the one given', async () => {
    const [amsterdam, newYork] = await atOnce(2, () => world.program({ timeZone: 'Europe/Amsterdam' }));
    if (!amsterdam || !newYork) throw new Error('Two programs were made');
    const file = exports.write('zones.csv', 'ID,Survey date,NPS\n1,05-07-2025,9\n');
    const settings = {
      columns: { id: 'ID', score: 'NPS', date: 'Survey date', attributes: [] },
      dateFormat: 'dd-MM-yyyy',
    };
    await exports.import(amsterdam, file, settings);
    await exports.import(newYork, file, { ...settings, timeZone: 'America/New_York' });
    expect((await exports.answers(amsterdam))[0].respondedAt).toBe('2025-07-04T22:00:00.000Z');
    expect((await exports.answers(newYork))[0].respondedAt).toBe('2025-07-05T04:00:00.000Z');
  });

  test('reads semicolons, CRLF, a byte order mark, and quotes around delimiters, quotes and line breaks', async () => {
    const program = await world.program();
    const text =
      '\uFEFFID;Customer Name;NPS;Survey date;Words;Market\r\n' +
      '1;"Janssen; Anna";9;2026-01-05;"Quick,\r\n""kind"", and\ncheap";NL\r\n' +
      '\r\n' +
      '2;Müller;0;2026-01-06;;DE';
    const summary = await exports.import(program, exports.write('semicolons.csv', text), {
      columns: { ...columns, comment: 'Words' },
    });
    expect(summary).toMatchObject({ read: 2, imported: 2 });
    expect(await exports.answers(program)).toMatchObject([
      { score: 9, comment: 'Quick,\r\n"kind", and\ncheap', contact: { displayName: 'Janssen; Anna' } },
      { score: 0, comment: null, contact: { displayName: 'Müller', attributes: { Market: 'DE' } } },
    ]);
  });

  test.each([
    ['tabs', '\t'],
    ['bars', '|'],
    ['commas', ','],
  ])('finds out that %s part the fields', async (name, delimiter) => {
    const program = await world.program();
    const file = exports.write(`${name}.csv`, three.replaceAll(',', delimiter));
    expect(await exports.import(program, file)).toMatchObject({ imported: 3 });
  });

  test('takes any other delimiter and Latin-1 when told', async () => {
    const program = await world.program();
    const file = exports.write('stars.csv', Buffer.from(three.replaceAll(',', '*').replace('Anna', 'Zoë'), 'latin1'));
    await exports.import(program, file, { delimiter: '*', encoding: 'latin1' });
    expect((await exports.answers(program))[0].contact.displayName).toBe('Zoë');
  });

  test('adds nothing when it runs again, and only what is new when the export has grown', async () => {
    const program = await world.program();
    await exports.import(program, exports.write('grows.csv', three));
    const again = await exports.import(program, exports.write('grows.csv', three));
    expect(again).toMatchObject({ read: 3, imported: 0, alreadyThere: 3 });
    const more = await exports.import(program, exports.write('grows.csv', `${three}1,US,2026-02-05,Anna,7\n`));
    expect(more).toMatchObject({ read: 4, imported: 1, alreadyThere: 3 });
    expect(await exports.answers(program)).toHaveLength(4);
  });

  test('counts rows that repeat each other once', async () => {
    const program = await world.program();
    const row = '7,US,2026-01-05,Anna,10\n';
    const summary = await exports.import(program, exports.write('repeats.csv', `${three}${row}${row}${row}`));
    expect(summary).toMatchObject({ read: 6, imported: 4, alreadyThere: 2 });
  });

  test('keeps what it knows of a contact but for what the export says otherwise', async () => {
    const program = await world.program();
    await program.admin.mutate('npsResponseRecord', {
      contact: { externalId: '1', email: 'anna@example.com', displayName: 'A.', attributes: { size: 4, Market: 'NL' } },
      score: 3,
      respondedAt: '2026-01-01T00:00:00Z',
    });
    await exports.import(program, exports.write('known.csv', three));
    const [first, second] = await exports.answers(program);
    expect([first.score, second.score]).toEqual([3, 10]);
    expect(second.contact).toEqual({
      externalId: '1',
      email: 'anna@example.com',
      displayName: 'Anna',
      attributes: { size: 4, Market: 'US' },
    });
    const { dutch, american } = await program.analyst.ask(`{
      dutch: nps(filter: { attribute: { name: "Market", value: "NL" } }) { responses }
      american: nps(filter: { attribute: { name: "Market", value: "US" } }) { responses } }`);
    expect([dutch.responses, american.responses]).toEqual([0, 3]);
  });

  test('knows contacts by their e-mail address, whatever its capitals', async () => {
    const program = await world.program();
    const text = 'Mail,Survey date,NPS\nAnna@Example.com,2026-01-05,9\nanna@example.COM,2026-01-06,10\n';
    const byMail = { email: 'Mail', score: 'NPS', date: 'Survey date', attributes: [] };
    await exports.import(program, exports.write('mail.csv', text), { columns: byMail });
    const contacts = (await exports.answers(program)).map(({ contact }) => contact);
    expect(contacts).toMatchObject([{ email: 'anna@example.com' }, { email: 'anna@example.com' }]);
  });

  test('lets two contacts swap their addresses on the way', async () => {
    const program = await world.program();
    const byBoth = { columns: { id: 'ID', email: 'Mail', score: 'NPS', date: 'Survey date', attributes: [] } };
    const rows = ['a,one@x.nl,2026-01-05,9', 'b,two@x.nl,2026-01-06,9'];
    await exports.import(program, exports.write('swap.csv', `ID,Mail,Survey date,NPS\n${rows.join('\n')}`), byBoth);
    const swap = ['b,three@x.nl,2026-01-07,9', 'a,two@x.nl,2026-01-08,9', 'b,one@x.nl,2026-01-09,9'];
    await exports.import(program, exports.write('swap.csv', `ID,Mail,Survey date,NPS\n${swap.join('\n')}`), byBoth);
    const answers = await exports.answers(program);
    expect(answers.map(({ contact }) => [contact.externalId, contact.email])).toEqual([
      ['a', 'two@x.nl'],
      ['b', 'one@x.nl'],
      ['b', 'one@x.nl'],
      ['a', 'two@x.nl'],
      ['b', 'one@x.nl'],
    ]);
  });

  test('knows answers by their own id, whatever else of them has changed since', async () => {
    const program = await world.program();
    const byId = { columns: { ...columns, attributes: [], responseId: 'Response' } };
    const named = 'Response,ID,Survey date,Customer Name,NPS\n';
    await exports.import(program, exports.write('ids.csv', `${named}r1,1,2026-01-05,Anna,9\n`), byId);
    const text = `${named}r1,1,2026-01-09,Anna,9\nr2,1,2026-01-10,Anna,9\nr2,1,2026-01-11,Anna,9\n`;
    const again = await exports.import(program, exports.write('ids.csv', text), byId);
    expect(again).toMatchObject({ read: 3, imported: 1, alreadyThere: 2, rejected: 0 });
  });

  test('makes a survey that the program does not have', async () => {
    const program = await world.program();
    await exports.import(program, exports.write('other.csv', three), { surveyKey: 'enps-2026' });
    const { nps } = await program.analyst.ask('{ nps(filter: { surveyKey: "enps-2026" }) { responses } }');
    expect(nps.responses).toBe(3);
  });

  test('run four times at once brings every answer in once', async () => {
    const program = await world.program();
    const file = exports.write('race.csv', customers(500));
    const summaries = await atOnce(4, () => exports.import(program, file));
    expect(summaries.reduce((sum, { imported }) => sum + imported, 0)).toBe(500);
    expect(summaries.every(({ imported, alreadyThere }) => imported + alreadyThere === 500)).toBe(true);
    const { nps } = await program.analyst.ask('{ nps { responses } }');
    expect(nps.responses).toBe(500);
  });

  test('beside live answers of the same people brings both in', async () => {
    const program = await world.program();
    const file = exports.write('beside.csv', customers(40));
    const [summary] = await Promise.all([
      exports.import(program, file),
      atOnce(40, (index) =>
        program.admin.mutate('npsResponseRecord', { contact: { externalId: String(index) }, score: 2 }),
      ),
    ]);
    expect(summary).toMatchObject({ imported: 40, rejected: 0 });
    const { nps } = await program.analyst.ask('{ nps { responses } }');
    expect(nps.responses).toBe(80);
  });

  test('goes on where an earlier import broke off', async () => {
    const program = await world.program();
    const file = exports.write('broken.csv', customers(4_500));
    const breakOff = () => {
      throw new Error('The power went');
    };
    await expect(exports.import(program, file, { onProgress: breakOff })).rejects.toThrow('The power went');
    const rest = await exports.import(program, file);
    expect(rest.alreadyThere).toBeGreaterThan(0);
    expect(rest.imported).toBeGreaterThan(0);
    expect(rest.imported + rest.alreadyThere).toBe(4_500);
    const { nps } = await program.analyst.ask('{ nps { responses } }');
    expect(nps.responses).toBe(4_500);
  });

  test('says what it would do, and writes nothing', async () => {
    const program = await world.program();
    const file = exports.write('dry.csv', `${three}4,US,2026-01-05,Dan,11\n`);
    const summary = await exports.rehearse(program, file);
    expect(summary).toMatchObject({ read: 4, imported: 3, alreadyThere: 0, rejected: 1, rejectedPath: undefined });
    expect(await exports.answers(program)).toEqual([]);
    expect(exports.lines('dry.rejected.csv')).toBeUndefined();
    await exports.import(program, file);
    expect(await exports.rehearse(program, file)).toMatchObject({ imported: 0, alreadyThere: 3, rejected: 1 });
  });
});
