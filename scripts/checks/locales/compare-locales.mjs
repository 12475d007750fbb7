// Compares the texts of two languages. Pure: texts in, problems out, one line each.

const PLACEHOLDER = /\{\{-?\s*([\w.]+)/g;
/** Suffixes of i18next for plurals. English has one and other; Chinese has other only. */
const PLURAL_SUFFIX = /_(zero|one|two|few|many|other)$/;
const PLURAL_FORMS = { en: ['one', 'other'], zh: ['other'] };
const HAN = /\p{Script=Han}/u;
/** So many English words in a row are a sentence or a phrase, not a unit, a name or a symbol. */
const WORDS_OF_A_PHRASE = 3;

/** { a: { b: 'text' } } -> Map { 'a.b' => 'text' }; lists get their index as a key. */
export function flatten(tree, prefix = '') {
  const texts = new Map();
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (value !== null && typeof value === 'object') for (const [inner, text] of flatten(value, path)) texts.set(inner, text);
    else texts.set(path, value);
  }
  return texts;
}

/**
 * `en`, `zh`: file name -> parsed JSON. `exceptions`: `file:key` -> reason why this text may be empty, or foreign to its language.
 * An entry that is no longer needed is a problem too, so that the list cannot grow old.
 */
export function compareLocales({ en, zh, exceptions }) {
  const problems = [];
  const unused = new Set(Object.keys(exceptions));
  for (const file of [...new Set([...Object.keys(en), ...Object.keys(zh)])].sort()) {
    if (!en[file] || !zh[file]) {
      problems.push(`${file}: missing in ${en[file] ? 'zh' : 'en'}`);
      continue;
    }
    const texts = { en: flatten(en[file]), zh: flatten(zh[file]) };
    const isAllowed = (key) => unused.delete(`${file}:${key}`) || `${file}:${key}` in exceptions;
    problems.push(...compareFile(texts, isAllowed).map((problem) => `${file}: ${problem}`));
  }
  return [...problems, ...[...unused].map((entry) => `${entry}: listed as an exception, but it needs none`)];
}

function compareFile(texts, isAllowed) {
  return [...checkKeys(texts), ...checkTexts(texts, isAllowed), ...checkPlaceholders(texts), ...checkTranslated(texts, isAllowed)];
}

const baseOf = (key) => key.replace(PLURAL_SUFFIX, '');

/** A base key with the plural suffixes it has: '' for a text without plural. */
function formsByBase(texts) {
  const forms = new Map();
  for (const key of texts.keys()) {
    const suffix = PLURAL_SUFFIX.exec(key)?.[1] ?? '';
    forms.set(baseOf(key), [...(forms.get(baseOf(key)) ?? []), suffix]);
  }
  return forms;
}

function checkKeys(texts) {
  const forms = { en: formsByBase(texts.en), zh: formsByBase(texts.zh) };
  const problems = [];
  for (const base of new Set([...forms.en.keys(), ...forms.zh.keys()])) {
    const missing = ['en', 'zh'].filter((language) => !forms[language].has(base));
    if (missing.length > 0) {
      problems.push(`${base} is missing in ${missing[0]}`);
      continue;
    }
    const isPlural = [...forms.en.get(base), ...forms.zh.get(base)].some((form) => form !== '');
    for (const language of isPlural ? ['en', 'zh'] : []) {
      const wanted = PLURAL_FORMS[language];
      const given = forms[language].get(base);
      if (wanted.some((form) => !given.includes(form)) || given.some((form) => !wanted.includes(form))) {
        problems.push(`${base} needs exactly the plural forms ${wanted.join(', ')} in ${language}`);
      }
    }
  }
  return problems;
}

function checkTexts(texts, isAllowed) {
  const isText = (text) => typeof text === 'string' && text.trim() !== '';
  return ['en', 'zh'].flatMap((language) =>
    [...texts[language]]
      .filter(([key, text]) => !isText(text) && !isAllowed(key))
      .map(([key]) => `${key} is empty or not a text in ${language}`),
  );
}

const placeholdersOf = (text) => [...new Set([...String(text).matchAll(PLACEHOLDER)].map(([, name]) => name))].sort();

/** Of a plural the form `other` counts: "one machine" may leave the number out. */
function checkPlaceholders({ en, zh }) {
  const problems = [];
  for (const [key, text] of en) {
    if (!zh.has(key) || /_(zero|one|two)$/.test(key)) continue;
    const [inEnglish, inChinese] = [placeholdersOf(text), placeholdersOf(zh.get(key))];
    if (inEnglish.join() !== inChinese.join()) problems.push(`${key} has {${inEnglish}} in en and {${inChinese}} in zh`);
  }
  return problems;
}

const isEnglishPhrase = (text) => {
  const plain = String(text)
    .replace(/\{\{[^}]*\}\}/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    // Paths, units and alternatives such as POST /api/v1/roi or USD/kWh.
    .replace(/\S*\/\S*/g, ' ');
  return !HAN.test(plain) && (plain.match(/[A-Za-z][A-Za-z'-]+/g) ?? []).length >= WORDS_OF_A_PHRASE;
};

function checkTranslated({ en, zh }, isAllowed) {
  const problems = [];
  for (const [key, text] of zh) {
    if (isEnglishPhrase(text) && !isAllowed(key)) problems.push(`${key} is not translated in zh`);
  }
  for (const [key, text] of en) {
    if (HAN.test(String(text)) && !isAllowed(key)) problems.push(`${key} holds Chinese characters in en`);
  }
  return problems;
}
