// The programs that open what we write: LibreOffice for workbooks and slides, pdftotext for pages. Found by npm test, or where Debian puts them.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const run = promisify(execFile);
const LIBRE_OFFICE = process.env.TEST_LIBREOFFICE ?? '/usr/bin/soffice';
const PDF_TO_TEXT = process.env.TEST_PDFTOTEXT ?? '/usr/bin/pdftotext';
/** Its first start on a busy machine takes ten seconds. */
const CONVERT_TIMEOUT_MS = 120_000;

export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hashinsight-office-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens the file and saves it as `to`; a profile of its own, so that several may run at once. Throws when it cannot be opened. */
export function convertWithLibreOffice(content: Uint8Array, from: string, to: string): Promise<Buffer> {
  return withFolder(async (folder) => {
    const source = join(folder, `source.${from}`);
    await writeFile(source, content);
    await run(
      LIBRE_OFFICE,
      [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', to, '--outdir', join(folder, 'out'), source],
      { timeout: CONVERT_TIMEOUT_MS },
    );
    return readFile(join(folder, 'out', `source.${to}`));
  });
}

/** Words of a PDF in reading order, pages parted by form feeds. */
export function readPdfText(content: Uint8Array): Promise<string> {
  return withFolder(async (folder) => {
    const source = join(folder, 'source.pdf');
    await writeFile(source, content);
    const { stdout } = await run(PDF_TO_TEXT, ['-layout', '-enc', 'UTF-8', source, '-'], { maxBuffer: 256 * 1024 * 1024 });
    return stdout;
  });
}

/** The workbook without the results that its writer knew: whoever opens it has to compute every formula. */
export function forgetResults(content: Uint8Array): Uint8Array {
  const files = unzipSync(content);
  for (const [name, bytes] of Object.entries(files)) {
    if (!name.startsWith('xl/worksheets/')) continue;
    files[name] = strToU8(strFromU8(bytes).replaceAll(/(<\/f>)<v>[^<]*<\/v>/g, '$1'));
  }
  return zipSync(files);
}
