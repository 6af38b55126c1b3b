/** What somebody typed to sign in: a mobile number (digits only) or an account name in small letters. */
export type LoginKey = { readonly kind: 'phone'; readonly digits: string } | { readonly kind: 'name'; readonly name: string };

/** Reads the login field: full-width characters, spaces, hyphens and the country code do not matter, nor does the case of a name. */
export function readLogin(text: string): LoginKey {
  const narrow = text.normalize('NFKC').trim();
  const digits = narrow
    .replace(/[\s()\-–—]/g, '')
    .replace(/^(?:\+|00)86/, '')
    .replace(/^86(?=1[3-9]\d{9}$)/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? { kind: 'phone', digits } : { kind: 'name', name: narrow.toLowerCase() };
}

/** Whether a text can be an account name: a letter first, then letters, digits, `_`, `.`, `-`; 3 to 32 in all. Never a phone number. */
export function isLoginName(text: string): boolean {
  return /^[a-z][a-z0-9_.-]{2,31}$/.test(text);
}
