/**
 * `npm test`: runs every step, goes on after a failure, prints all that each step prints, then each step's time and the one
 * line that sums them up: `N passed, N failed`. A step that fails without saying how often counts as one failure.
 * Steps can be named: `node test/support/runAll.mjs lint unit`.
 */
import { spawn } from 'node:child_process';

const allSteps = ['lint', 'types', 'floors', 'unit', 'store', 'http', 'browser'];
const limitMinutes = 10;
const summaryLine = /^(\d+) passed, (\d+) failed/gm;

const asked = process.argv.slice(2);
const unknown = asked.filter((step) => !allSteps.includes(step));
if (unknown.length > 0) throw new Error(`unknown step ${unknown.join(', ')}; known: ${allSteps.join(', ')}`);

let running = null;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (running) stopGroup(running);
    process.exit(1);
  });
}

const results = [];
for (const step of asked.length > 0 ? asked : allSteps) results.push(await runStep(step));
report(results);

/** Runs one npm script in a process group of its own, so that whatever it started can be ended with it. */
function runStep(step) {
  process.stdout.write(`\n== ${step}\n`);
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', step], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running = child;
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      process.stdout.write(chunk);
    });
    child.stderr.pipe(process.stderr, { end: false });
    const limit = setTimeout(() => {
      process.stdout.write(`\n${step}: stopped after ${limitMinutes} minutes\n`);
      stopGroup(child);
    }, limitMinutes * 60_000);
    child.on('error', (error) => process.stdout.write(`\n${step}: ${error.message}\n`));
    child.on('close', (code) => {
      clearTimeout(limit);
      running = null;
      resolve({ step, code, seconds: (performance.now() - started) / 1000, ...counts(output, code) });
    });
  });
}

/** What a step's output says, and at least one failure when its exit code says so. */
function counts(output, code) {
  const found = [...output.matchAll(summaryLine)];
  const passed = found.reduce((sum, match) => sum + Number(match[1]), 0);
  const failed = found.reduce((sum, match) => sum + Number(match[2]), 0);
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

function stopGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it ended by itself meanwhile
  }
}

function report(results) {
  process.stdout.write('\n');
  for (const { step, seconds, passed, failed } of results) {
    const state = failed > 0 ? 'FAILED' : 'ok';
    process.stdout.write(
      `${step.padEnd(9)}${seconds.toFixed(1).padStart(7)} s  ${state.padEnd(7)}${passed + failed > 0 ? `${passed} passed, ${failed} failed` : ''}`.trimEnd() +
        '\n',
    );
  }
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}
