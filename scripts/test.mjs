// `npm test`: everything, from a bare checkout: install, browser, build, types, lint, unit tests, end-to-end tests in a
// real browser. Ends with one line that counts.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBrowser } from './ensure-browser.mjs';
import { bin, checkNode, ensureBuilt, ensureInstalled, refuse, root, run } from './steps.mjs';

checkNode();
await ensureInstalled();
const browser = await ensureBrowser().catch((error) => refuse(error.message));
await ensureBuilt();

const results = path.join(root, '.cache', 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const unitFile = path.join(results, 'unit.json');
const postgresFile = path.join(results, 'postgres.json');
const e2eFile = path.join(results, 'e2e.json');
// What was built a moment ago is what the tests start: it is there three times as fast as from the source.
const env = { ...browser.env, CHROMIUM_PATH: browser.path, LATCHKEY_TEST_BUILT: '1' };

let passed = 0;
let failed = 0;
let flaky = 0;
const started = Date.now();
const colours = process.stdout.isTTY ? [] : ['--colors=off'];
const tsc = path.join(root, 'node_modules', 'typescript7', 'bin', 'tsc');
// The typed rules keep one processor busy, so that the rest has the other.
const lint = check('arrows and typed rules', bin('eslint'), ['.', '--max-warnings=0']);
await check('types', bin('turbo'), ['run', 'typecheck', '--concurrency=1', '--output-logs=errors-only']);
await check('types of tests', process.execPath, [tsc, '--noEmit']);
await check('format and lint', bin('biome'), ['ci', '.', '--diagnostic-level=warn', ...colours]);
await check('lock', process.execPath, ['scripts/lock-check.mjs']);
await lint;

const reporters = (file) => ['--silent', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
stage('unit tests');
await run(bin('vitest'), ['run', ...reporters(unitFile)], { env });
count(unitFile, 'unit tests', unitFigures);

stage('what the BFF keeps, on PostgreSQL');
await run(bin('tsx'), ['scripts/test-on-postgres.ts', ...reporters(postgresFile)], {
  env: { ...env, PATH: `${path.dirname(bin('vitest'))}${path.delimiter}${process.env.PATH}` },
});
count(postgresFile, 'tests on PostgreSQL', unitFigures);

stage('end-to-end tests');
await run(bin('playwright'), ['test', '--reporter=list,json'], {
  env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: e2eFile },
});
count(e2eFile, 'end-to-end tests', ({ stats, errors }) => {
  flaky = stats.flaky;
  return [stats.expected, stats.unexpected + stats.skipped + errors.length];
});

stage('done');
// A story that passed only when it was tried again is no failure, and is not counted as passed either.
console.log(`${passed} passed, ${failed} failed${flaky > 0 ? `, ${flaky} passed at the second attempt` : ''}`);
process.exit(failed === 0 ? 0 : 1);

/** Says what comes now, and how long all took that went before. */
function stage(name) {
  console.log(`\n— ${name} (after ${Math.round((Date.now() - started) / 1000)} s)`);
}

/** A step that passes or fails as one. */
async function check(name, command, args) {
  const { code, output } = await run(command, args, { env, quiet: true });
  if (code === 0) passed += 1;
  else failed += 1;
  console.log(code === 0 ? `${name}: good` : `\n— ${name}: FAILED\n${output}`);
}

/** Adds a report's figures; a report that was not written, or that holds no test, is a failure and not an empty success. */
function count(file, name, figures) {
  if (!existsSync(file)) {
    console.error(`latchkey: the ${name} wrote no report.`);
    failed += 1;
    return;
  }
  const [good, bad] = figures(JSON.parse(readFileSync(file, 'utf8')));
  passed += good;
  failed += bad + (good + bad === 0 ? 1 : 0);
}

/** What vitest counted. */
function unitFigures(report) {
  return [
    report.numPassedTests,
    report.numTotalTests - report.numPassedTests + (report.success ? 0 : emptyFailures(report)),
  ];
}

/** Files that failed before any test of theirs ran do not count among the tests. */
function emptyFailures(report) {
  return report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status === 'passed'),
  ).length;
}
