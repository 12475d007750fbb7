/**
 * LibreOffice and pdftotext, which open what reports write: only tests need them. Named ones, installed ones, or the Debian packages.
 */
import { findProgram, installSystemPackage } from './debian.mjs';

const OFFICE_NAMES = ['soffice', 'libreoffice'];
/** Without a screen: one package knows workbooks, the other slides. */
const OFFICE_PACKAGES = ['libreoffice-calc-nogui', 'libreoffice-impress-nogui'];

/** Path of the program that opens workbooks and slides. Throws a UserError that says what to do. */
export async function ensureLibreOffice() {
  if (process.env.TEST_LIBREOFFICE) return process.env.TEST_LIBREOFFICE;
  const installed = findProgram(OFFICE_NAMES);
  if (installed) return installed;
  let program;
  for (const name of OFFICE_PACKAGES) {
    const otherwise = 'set TEST_LIBREOFFICE to the path of its soffice';
    program = await installSystemPackage({ name, programs: OFFICE_NAMES, need: 'LibreOffice is needed', otherwise });
  }
  return program;
}

/** Path of the program that reads the words of a PDF. */
export async function ensurePdfToText() {
  const named = process.env.TEST_PDFTOTEXT;
  const programs = ['pdftotext'];
  const otherwise = 'set TEST_PDFTOTEXT to its path';
  return (
    named ?? findProgram(programs) ?? installSystemPackage({ name: 'poppler-utils', programs, need: 'pdftotext is needed', otherwise })
  );
}
