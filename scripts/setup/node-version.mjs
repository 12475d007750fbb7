/**
 * Imported first by every command: stops with one line when Node is too old to run the project.
 * It uses no syntax and no module that an old Node would not know, so that the line can be printed at all.
 */

/** True for the releases named in package.json "engines": 20.19 and later 20.x, 22.12 and later. */
export function isSupportedNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major > 22;
}

if (!isSupportedNode(process.version)) {
  process.stderr.write(`HashInsight needs Node 20.19 or later (or 22.12 or later); this is Node ${process.version.slice(1)}.\n`);
  process.exit(1);
}
