import { BSONRegExp } from 'bson';
import type { FilterError, FilterVector } from './queryShape.js';

const stored = new BSONRegExp('^a', 'i');

/** Values that are regular expressions: https://www.mongodb.com/docs/manual/reference/operator/query/eq/#regex-match-behavior */
export const patternValues: FilterVector[] = [
  { covers: ['$eq'], name: 'with $eq a regular expression is a value', filter: { a: { $eq: stored } }, hits: [{ a: stored }, { a: ['x', stored] }], misses: [{ a: 'ab' }, { a: new BSONRegExp('^a') }, {}] },
  { covers: ['$eq'], name: 'also one that is not anchored', filter: { a: { $eq: new BSONRegExp('a') } }, hits: [{ a: new BSONRegExp('a') }], misses: [{ a: 'a' }] },
  { covers: ['$regex'], name: 'a pattern also finds itself as a value', filter: { a: stored }, hits: [{ a: stored }, { a: 'Ab' }, { a: [1, stored] }], misses: [{ a: new BSONRegExp('^a') }, { a: new BSONRegExp('^b', 'i') }, { a: 'b' }] },
  { covers: ['$in', '$regex'], name: 'in a list too', filter: { a: { $in: [stored, 5] } }, hits: [{ a: stored }, { a: 'ab' }, { a: 5 }], misses: [{ a: new BSONRegExp('^a') }] },
  { covers: ['$nin', '$regex'], name: 'and not outside of one', filter: { a: { $nin: [stored] } }, hits: [{ a: new BSONRegExp('^a') }, {}], misses: [{ a: stored }, { a: 'ab' }] },
  { covers: ['$all', '$regex'], name: 'among all', filter: { a: { $all: [stored, 'x'] } }, hits: [{ a: [stored, 'x'] }, { a: ['ab', 'x'] }], misses: [{ a: ['x'] }] },
  { covers: ['$not', '$regex'], name: 'negated by operator', filter: { a: { $not: { $regex: '^a' } } }, hits: [{}, { a: 'b' }, { a: 1 }, { a: null }], misses: [{ a: 'a' }, { a: ['b', 'a'] }] },
];

/** Where PCRE and JavaScript read a pattern differently: https://www.mongodb.com/docs/manual/reference/operator/query/regex/ */
export const dialect: FilterVector[] = [
  { covers: ['$regex'], name: 'the end is also before a last line feed', filter: { a: { $regex: '^ab$' } }, hits: [{ a: 'ab' }, { a: 'ab\n' }], misses: [{ a: 'ab\n\n' }, { a: 'ab\nc' }, { a: 'ab\r' }] },
  { covers: ['$regex'], name: 'a dot takes all but a line feed', filter: { a: { $regex: '^a.b' } }, hits: [{ a: 'a\rb' }, { a: 'a\u2028b' }, { a: 'a\u{1f600}b' }], misses: [{ a: 'a\nb' }] },
  { covers: ['$regex', '$options'], name: 'with s also that', filter: { a: { $regex: '^a.b', $options: 's' } }, hits: [{ a: 'a\nb' }, { a: 'a\rb' }], misses: [{ a: 'ab' }] },
  { covers: ['$regex'], name: 'white space is ASCII', filter: { a: { $regex: '^a\\sb' } }, hits: [{ a: 'a b' }, { a: 'a\tb' }, { a: 'a\u000bb' }], misses: [{ a: 'a\u3000b' }, { a: 'a\u00a0b' }, { a: 'ab' }] },
  { covers: ['$regex'], name: 'what is no white space is all the rest', filter: { a: { $regex: '^a\\Sb' } }, hits: [{ a: 'a\u3000b' }, { a: 'a\u{1f600}b' }], misses: [{ a: 'a b' }] },
  { covers: ['$regex'], name: 'classes hold them too', filter: { a: { $regex: '^[\\s.$]x' } }, hits: [{ a: '.x' }, { a: '$x' }, { a: ' x' }], misses: [{ a: '\u3000x' }, { a: 'ax' }] },
  { covers: ['$regex'], name: 'digits and letters are ASCII', filter: { a: { $regex: '^\\d\\w$' } }, hits: [{ a: '1a' }], misses: [{ a: '\u0661a' }, { a: '1王' }] },
  { covers: ['$regex'], name: 'an escaped dollar or dot is itself', filter: { a: { $regex: '^\\$\\.$' } }, hits: [{ a: '$.' }], misses: [{ a: '$x' }] },
  { covers: ['$regex', '$options'], name: 'letters of either case beyond ASCII', filter: { a: { $regex: '^é', $options: 'i' } }, hits: [{ a: 'É' }], misses: [{ a: 'e' }] },
  { covers: ['$regex'], name: 'a look ahead and a back reference', filter: { a: { $regex: '^(?=a)(.)\\1' } }, hits: [{ a: 'aab' }], misses: [{ a: 'ab' }, { a: 'bb' }] },
];

export const patternErrors: FilterError[] = [
  { covers: ['$regex'], name: 'an unfinished group', filter: { a: { $regex: '^(' } }, code: 51091 },
  { covers: ['$regex'], name: 'an unfinished class', filter: { a: { $regex: '^[a' } }, code: 51091 },
  { covers: ['$regex'], name: 'a pattern of another type', filter: { a: { $regex: 5 } }, code: 2, message: '$regex has to be a string' },
  { covers: ['$options'], name: 'options of another type', filter: { a: { $regex: '^a', $options: 5 } }, code: 2, message: '$options has to be a string' },
  { covers: ['$options'], name: 'options without a pattern', filter: { a: { $options: 'i' } }, code: 2, message: '$options needs a $regex' },
  { covers: ['$options'], name: 'an option that is none', filter: { a: { $regex: '^a', $options: 'q' } }, code: 51108 },
  { covers: ['$options'], name: 'an option that is not served', filter: { a: { $regex: '^a', $options: 'm' } }, code: 51108 },
  { covers: ['$regex', '$options'], name: 'options on both sides', filter: { a: { $regex: new BSONRegExp('^a', 'i'), $options: 's' } }, code: 51075 },
  { covers: ['$regex'], name: 'not anchored', filter: { a: { $regex: 'a' } }, code: 2 },
  { covers: ['$regex'], name: 'an alternative that is not anchored', filter: { a: { $regex: '^a|b' } }, code: 2 },
  ...['^\\Aa', '^a\\z', '^\\Qa.b\\E', '^\\x{41}', '^\\ha', '^[[:alpha:]]', '^[]a]', '^[^]a]', '^\\p{Lu}', '^\\u0041', '^\\cA'].map(
    ($regex): FilterError => ({ covers: ['$regex'], name: `what JavaScript would read differently: ${$regex}`, filter: { a: { $regex } }, code: 2 }),
  ),
];
