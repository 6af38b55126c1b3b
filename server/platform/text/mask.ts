/** An identity number for a list: first four and last four characters, `1409**********0046`. */
export function maskIdNumber(idNumber: string): string {
  return masked(idNumber, 4, 4);
}

/** A phone for a list: `138****8000`. */
export function maskPhone(phone: string): string {
  return masked(phone, 3, 4);
}

/** What is too short to hide half of itself is hidden altogether. */
function masked(text: string, first: number, last: number): string {
  const hidden = text.length - first - last;
  if (hidden < 4) return '*'.repeat(text.length);
  return `${text.slice(0, first)}${'*'.repeat(hidden)}${text.slice(-last)}`;
}
