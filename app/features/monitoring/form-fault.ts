/** What is wrong with one field of a form, in the reader's words. */
export type FormFault = { field: string; message: string };

/** What an act of a page came to. `values`: the form as it was sent, so that nothing is typed twice. */
export type FormResult = { kind: 'faulty'; faults: FormFault[]; values: Record<string, string> } | { kind: 'done'; act: string };
