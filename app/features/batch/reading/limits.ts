/**
 * How much of a file is read. A file beyond a bound is refused with the bound in the sentence, never cut short: a cut list would
 * give a wrong total that looks right.
 */

const MB = 1e6;

/** Largest file, as uploaded. */
export const MAX_FILE_BYTES = 50 * MB;
/** Data rows, the header and the lines above it not counted. */
export const MAX_CSV_ROWS = 100_000;
export const MAX_XLSX_ROWS = 20_000;
/** Far beyond an inventory; a value in column XFD must not make every row 16,384 cells wide. */
export const MAX_COLUMNS = 400;
/** Characters of one cell: Excel's own bound. */
export const MAX_CELL_LENGTH = 32_767;
/** Characters of one line of a text file, quoted line breaks included. */
export const MAX_RECORD_LENGTH = 1_000_000;

/** Parts of an XLSX package; a workbook has some dozens. */
export const MAX_ZIP_ENTRIES = 2_000;
/** Bytes that one part may inflate to. A sheet of 20,000 rows and 60 columns is about 70 MB. */
export const MAX_INFLATED_BYTES = 256 * MB;
/** Parts smaller than this may be as repetitive as they like. */
export const RATIO_FREE_BYTES = 8 * MB;
/** Deflate reaches 1,032; sheets of equal rows reach about 60. */
export const MAX_INFLATE_RATIO = 300;
/** Characters of all shared texts of a workbook together; they are the only part that is held whole. */
export const MAX_SHARED_TEXT_LENGTH = 40_000_000;
/** Merged areas that are honoured. */
export const MAX_MERGED_AREAS = 20_000;
/** Characters of one tag or one text in XML. */
export const MAX_XML_TOKEN_LENGTH = 1_000_000;

/** Bytes asked of the source at once. */
export const CHUNK_BYTES = 256 * 1024;
/** Rows given out at once: few enough that what they become is garbage again while it is young. */
export const BLOCK_ROWS = 500;
/** Bytes looked at to tell what a file is. */
export const SAMPLE_BYTES = 64 * 1024;
