/** Changes of one answer: a page of a machine's history. */
export const MAX_PAGE_CHANGES = 200;
