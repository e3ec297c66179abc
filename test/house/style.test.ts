import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const linesMax = 400;
const vagueNames = /^(utils?|helpers?|common|misc|manager|processor|data|info)$/i;

interface SourceFile {
  readonly name: string;
  readonly text: string;
}

function sourcesIn(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(name);
    return /\.(ts|tsx|js|mjs)$/.test(name) ? [{ name, text: readFileSync(name, 'utf8') }] : [];
  });
}

const sources = ['src', 'test', 'bench', 'migrations'].flatMap(sourcesIn);

/** Every place where the pattern stands, as file:line. */
function places(pattern: RegExp, files: readonly SourceFile[] = sources): string[] {
  return files.flatMap(({ name, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1}`] : [])),
  );
}

/** Whether a file only passes on what other files export. */
function isBarrel({ text }: SourceFile): boolean {
  const statements = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').split(/;\s*\n/);
  const meant = statements.filter((statement) => statement.trim() !== '');
  return meant.length > 0 && meant.every((statement) => /^\s*export\s+(type\s+)?[*{][\s\S]*\bfrom\b/.test(statement));
}

describe('The style of the sources', () => {
  test('reads every source', () => {
    expect(sources.length).toBeGreaterThan(50);
  });

  test(`no file is longer than ${linesMax} lines`, () => {
    const long = sources.filter(({ text }) => text.split('\n').length > linesMax + 1);
    expect(long.map(({ name }) => name)).toEqual([]);
  });

  test('no file or folder has a name that says nothing', () => {
    const vague = sources.filter(({ name }) => name.split(/[/.-]/).some((part) => vagueNames.test(part)));
    expect(vague.map(({ name }) => name)).toEqual([]);
  });

  test('no file is a barrel', () => {
    expect(sources.filter(isBarrel).map(({ name }) => name)).toEqual([]);
  });

  test('nothing is left for later', () => {
    expect(places(/\b(TO[D]O|FIX[M]E|XX[X])\b/)).toEqual([]);
  });

  test('types are imported where the rules of the house see them', () => {
    expect(places(/\bimport\('[^']+'\)\.[A-Z]/)).toEqual([]);
  });

  test('behaviour asks no other clock and no other chance than the platform', () => {
    const behaviour = sources.filter(({ name }) => /^src\/(?!platform\/|main\.ts)/.test(name));
    expect(places(/\b(Date\.now\(\)|new Date\(\)|Math\.random\(\))/, behaviour)).toEqual([]);
  });
});
