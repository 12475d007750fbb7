/** Shapes of what names something in addresses, forms and requests. Pure. */

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DIGEST = /^[0-9a-f]{64}$/;

/** Whether the database would take it for an id; whether there is such a one is another question. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** SHA-256 in hexadecimal, as what was looked at is named. */
export const isDigest = (text: string): boolean => DIGEST.test(text);
