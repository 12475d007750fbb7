/**
 * `npm run plan:check FILE`: proves a plan of POST /api/v1/curtailment/plan or says what is wrong with it, without the solver. FILE holds `{ "problem": ..., "answer": ... }`; "-" reads standard input.
 * Exit code 0: everything the answer claims holds. 1: something does not. 2: the file cannot be read.
 */
import './setup/node-version.mjs';
import { readFileSync } from 'node:fs';
import { say } from './setup/say.mjs';

const UNREADABLE = 2;

async function check([name, ...rest]) {
  if (name === undefined || rest.length > 0)
    return refuse('Usage: npm run plan:check FILE (a JSON file with "problem" and "answer"; - reads standard input)');
  const text = readText(name);
  if (text === null) return UNREADABLE;
  const tsx = await import('tsx/esm/api').catch(() => null);
  if (tsx === null) return refuse('The npm packages are not installed: run npm ci first.');
  tsx.register();
  const { checkPlanText, describeVerdict } = await import('../engine/checker/index.ts');
  const result = checkPlanText(text);
  if (result.kind === 'unreadable') return refuse(`${name} cannot be checked: ${result.sentence}`);
  const { isProven, lines } = describeVerdict(result.verdict);
  for (const line of lines) say(line);
  return isProven ? 0 : 1;
}

function readText(name) {
  try {
    return readFileSync(name === '-' ? process.stdin.fd : name, 'utf8');
  } catch (error) {
    refuse(`${name} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`);
    return null;
  }
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return UNREADABLE;
}

process.exitCode = await check(process.argv.slice(2));
