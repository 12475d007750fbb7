/** Ids of lists are UUIDs; an address with anything else leads to no list, and is no question for the database. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isListId = (text: string): boolean => UUID.test(text);
