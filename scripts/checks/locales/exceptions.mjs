// Texts that are rightly empty, the same in both languages, or written in the other one: `file:key` -> reason.
export const EXCEPTIONS = {
  'calculator.json:sentenceGap': 'what stands between two sentences: a space in English, nothing in Chinese',
  'flexible-power.json:sentenceGap': 'as in calculator.json',
  'risk.json:sentenceGap': 'as in calculator.json',
  'developers.json:answer.Projection': 'names of three fields of the API, which are the same in every language',
};
