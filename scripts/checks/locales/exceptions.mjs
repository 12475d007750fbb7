// Texts that are rightly empty, the same in both languages, or written in the other one: `file:key` -> reason.
export const EXCEPTIONS = {
  'developers.json:answer.Projection': 'names of three fields of the API, which are the same in every language',
};
