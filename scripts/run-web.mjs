/** `npm run start:web`: the built web server in production mode. */
import './setup/node-version.mjs';
import { runBuiltEntry } from './setup/production.mjs';

await runBuiltEntry('web');
