/**
 * `npm run simulate -- --miners 6000`: a farm of fake machines on loopback that speak the real dialects, until it is stopped (Ctrl+C).
 * Exit code 0: stopped. 2: the arguments are wrong or the addresses cannot be taken.
 */
import './setup/node-version.mjs';
import { say } from './setup/say.mjs';

const REFUSED = 2;

async function simulate(args) {
  const tsx = await import('tsx/esm/api').catch(() => null);
  if (tsx === null) return refuse('The npm packages are not installed: run npm ci first.');
  tsx.register();
  const { readSimulateCommand } = await import('../collectors/simulator/command-line.ts');
  const { startFarm } = await import('../collectors/simulator/farm.ts');
  const { startControl } = await import('../collectors/simulator/control.ts');
  try {
    const command = readSimulateCommand(args);
    if (command.kind === 'usage') {
      say(command.text);
      return 0;
    }
    const farm = await startFarm(command.farm);
    const control = command.controlPort === null ? null : await startControl(farm, command.controlPort);
    const [first, last] = [farm.machines[0], farm.machines.at(-1)];
    say(
      `${farm.machines.length} machines listen, ${first.address.host}:${first.address.port} to ${last.address.host}:${last.address.port}.`,
    );
    if (control) say(`Orders are taken on 127.0.0.1:${control.port}.`);
    await new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await control?.close();
    await farm.close();
    return 0;
  } catch (error) {
    return refuse(error.message);
  }
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return REFUSED;
}

process.exitCode = await simulate(process.argv.slice(2));
