/** How delimiters are called in batch.json (`page.delimiter.<name>`). */
export const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', '，': 'wideComma' } as const;
