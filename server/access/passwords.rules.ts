/** Why a password is not taken. */
export type PasswordProblem = 'tooShort' | 'tooLong' | 'tooPlain' | 'tooCommon' | 'holdsLogin';

/** Lengths in characters, from the application controls of 等级保护 2.0 (domain.md §7.2): eight and two kinds of characters. */
export const passwordLength = { least: 8, most: 128 } as const;

const common = [
  'password',
  '12345678',
  '88888888',
  '66666666',
  'qwertyui',
  'iloveyou',
  'admin123',
  'abcd1234',
  'a1234567',
  'abc12345',
  '1qaz2wsx',
];

/** Why a new password is refused for this login name ('' when there is none), or null when it will do. */
export function passwordProblem(password: string, loginName: string): PasswordProblem | null {
  const length = Array.from(password).length;
  if (length < passwordLength.least) return 'tooShort';
  if (length > passwordLength.most) return 'tooLong';
  const small = password.toLowerCase();
  if (loginName !== '' && small.includes(loginName.toLowerCase())) return 'holdsLogin';
  if (common.some((one) => small.startsWith(one))) return 'tooCommon';
  return kindsOf(password) < 2 || new Set(small).size < 4 ? 'tooPlain' : null;
}

function kindsOf(password: string): number {
  return [/\p{L}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
}
