import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';

/** Enough to see why, where a log keeps only the end of a run. */
const WHY_LINES = 10;
const WHY_WIDTH = 400;

/**
 * The failed tests among what a runner printed, each once and with the first lines of why. Node marks them with ✖, in the
 * run and again at its end with why; Playwright with ✘ in the run, and at its end with a number and why.
 */
export function failedTests(printed: string): string[] {
  const lines = stripVTControlCharacters(printed).split('\n');
  const failed = new Map<string, { name: string; why: readonly string[] }>();
  for (const [at, line] of lines.entries()) {
    const name = heading.exec(line)?.[1];
    if (name === undefined || name === 'failing tests:') continue;
    const known = failed.get(plain(name));
    const why = whyAfter(lines.slice(at + 1));
    failed.set(plain(name), { name: known?.name ?? name, why: why.length > 0 ? why : (known?.why ?? []) });
  }
  return [...failed.values()].flatMap(({ name, why }) => [name, ...why.map((line) => `  ${line}`)]);
}

/** What vitest's JSON report says of each file. */
export const VitestFiles = z.array(
  z.object({
    name: z.string(),
    /** Why the file could not even be loaded; empty otherwise. */
    message: z.string(),
    assertionResults: z.array(
      z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
    ),
  }),
);

/** The failed tests of vitest's report, each with the first lines of why. */
export const failedUnitTests = (files: z.infer<typeof VitestFiles>): string[] =>
  files.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const ofFile = message === '' ? [] : indented(message);
    const ofTests = failed.flatMap(({ fullName, failureMessages }) => [
      fullName,
      ...failureMessages.flatMap(indented),
    ]);
    return ofFile.length + ofTests.length === 0 ? [] : [`failed in ${name}:`, ...ofFile, ...ofTests];
  });

const indented = (text: string) =>
  firstLines(stripVTControlCharacters(text).split('\n')).map((line) => `  ${line}`);

const heading = /^\s*(?:[✖✘]|\d+\)(?= .* › ))\s+(\S.*?)[\s─]*$/u;
/** Of other tests, or of the whole run. */
const isOther = (line: string) => /^\s*(?:[✔✖✓✘▶ℹ]|\d+\) |test at )/u.test(line);
/** Without what differs from one mention of a test to the next: its number and how long it took. */
const plain = (name: string) => name.replace(/^\d+ /, '').replace(/ \([\d.]+m?s\)$/, '');

function whyAfter(lines: readonly string[]): string[] {
  const end = lines.findIndex(isOther);
  return firstLines(end < 0 ? lines : lines.slice(0, end));
}

const firstLines = (lines: readonly string[]): string[] =>
  lines
    .map((line) => line.trim().slice(0, WHY_WIDTH))
    .filter((line) => line !== '')
    .slice(0, WHY_LINES);
