/** Why a text is no phone number. */
export type PhoneProblem = { readonly kind: 'EMPTY' } | { readonly kind: 'SHAPE' };

export type PhoneReading =
  | { readonly ok: true; readonly phone: string; readonly kind: 'MOBILE' | 'LANDLINE' }
  | { readonly ok: false; readonly problem: PhoneProblem };

/** Digits only: full-width digits narrowed; country code, spaces, hyphens and brackets gone. */
export function normalisePhone(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s()'’\-–—]/g, '')
    .replace(/^(\+|00)86/, '')
    .replace(/^86(?=1[3-9]\d{9}$)/, '');
}

/** Reads a mobile number (`1[3-9]` and nine digits) or a landline with its area code (domain.md §5.3). */
export function readPhone(text: string): PhoneReading {
  const phone = normalisePhone(text);
  if (phone === '') return { ok: false, problem: { kind: 'EMPTY' } };
  if (/^1[3-9]\d{9}$/.test(phone)) return { ok: true, phone, kind: 'MOBILE' };
  if (/^0[1-9]\d{1,2}\d{7,8}$/.test(phone)) return { ok: true, phone, kind: 'LANDLINE' };
  return { ok: false, problem: { kind: 'SHAPE' } };
}

/** `138****0001`; a landline keeps its area code and last two digits. */
export function maskPhone(phone: string): string {
  return phone.startsWith('0') ? `${phone.slice(0, 4)}*****${phone.slice(-2)}` : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** The last four digits, by which people are looked up. */
export function phoneTail(phone: string): string {
  return phone.slice(-4);
}
