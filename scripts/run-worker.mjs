/** `npm run start:worker`: the built worker in production mode. */
import './setup/node-version.mjs';
import { runBuiltEntry } from './setup/production.mjs';

await runBuiltEntry('worker');
