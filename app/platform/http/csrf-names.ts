/** Name of the form field that carries the token; `CsrfField` writes it. */
export const CSRF_FIELD = 'csrf';
/** Carries the token where the body is no form. */
export const CSRF_HEADER = 'X-CSRF-Token';
