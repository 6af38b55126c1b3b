/** Why a text is no name: 2–25 code points, letters and marks of any script and the middle dot (domain.md §5.3). */
export function findNameProblem(name: string): 'EMPTY' | 'LENGTH' | 'CHARACTERS' | null {
  const length = [...name].length;
  if (length === 0) return 'EMPTY';
  if (length < 2 || length > 25) return 'LENGTH';
  return /^[\p{L}\p{M}·\uE000-\uF8FF ]+$/u.test(name) ? null : 'CHARACTERS';
}
