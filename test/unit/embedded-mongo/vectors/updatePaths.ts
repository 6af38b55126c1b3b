import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import type { Document } from '../../../../server/embedded-mongo/values/types.js';
import type { UpdateError, UpdateVector } from './updateShape.js';

/** What cannot hold a field. */
const scalars: Readonly<Record<string, unknown>> = {
  null: null,
  int: 5,
  long: Long.fromNumber(5),
  double: new Double(0.5),
  decimal: Decimal128.fromString('5'),
  string: 'x',
  bool: true,
  date: new Date(0),
  objectId: new ObjectId('000000000000000000000001'),
};

/** Every operator with an argument that suits it, and whether it makes what is missing on its path. */
const operators: readonly { readonly name: string; readonly argument: unknown; readonly made?: unknown }[] = [
  { name: '$set', argument: 7, made: 7 },
  { name: '$inc', argument: 7, made: 7 },
  { name: '$mul', argument: 7, made: 0 },
  { name: '$min', argument: 7, made: 7 },
  { name: '$max', argument: 7, made: 7 },
  { name: '$push', argument: 7, made: [7] },
  { name: '$addToSet', argument: 7, made: [7] },
  { name: '$currentDate', argument: true, made: new Date('2026-11-24T08:00:00Z') },
  { name: '$pull', argument: 7 },
  { name: '$pullAll', argument: [7] },
  { name: '$pop', argument: 1 },
  { name: '$unset', argument: '' },
  { name: '$setOnInsert', argument: 7 },
  { name: '$rename', argument: 'elsewhere' },
];

const creating = operators.filter(({ made }) => made !== undefined);
const harmless = new Set(['$unset', '$setOnInsert']);
const refusing = operators.filter(({ name }) => !harmless.has(name));
const on = (name: string, path: string, argument: unknown): Document => ({ [name]: { [path]: argument } });

/** https://www.mongodb.com/docs/manual/reference/operator/update/ : dotted paths, array positions, and what is missing on the way */
export const paths: UpdateVector[] = [
  ...creating.flatMap(({ name, argument, made }): UpdateVector[] => [
    { covers: [name], name: 'a missing field', before: { _id: 1, z: 1 }, update: on(name, 'a', argument), after: { _id: 1, z: 1, a: made } },
    { covers: [name], name: 'missing documents on the way', before: { _id: 1 }, update: on(name, 'a.b.c', argument), after: { _id: 1, a: { b: { c: made } } } },
    { covers: [name], name: 'a missing field of a document', before: { _id: 1, a: { x: 1 } }, update: on(name, 'a.b', argument), after: { _id: 1, a: { x: 1, b: made } } },
    { covers: [name], name: 'a number as name of a field', before: { _id: 1, a: { x: 1 } }, update: on(name, 'a.0', argument), after: { _id: 1, a: { x: 1, 0: made } } },
    { covers: [name], name: 'the place behind an array', before: { _id: 1, a: ['x'] }, update: on(name, 'a.1', argument), after: { _id: 1, a: ['x', made] } },
    { covers: [name], name: 'a place far behind an array', before: { _id: 1, a: [] }, update: on(name, 'a.2', argument), after: { _id: 1, a: [null, null, made] } },
    { covers: [name], name: 'a document behind an array', before: { _id: 1, a: [] }, update: on(name, 'a.0.b', argument), after: { _id: 1, a: [{ b: made }] } },
    { covers: [name], name: 'a field of an element', before: { _id: 1, a: [{ x: 1 }, { x: 2 }] }, update: on(name, 'a.1.b', argument), after: { _id: 1, a: [{ x: 1 }, { x: 2, b: made }] } },
    { covers: [name], name: 'an element of an element', before: { _id: 1, a: [[], []] }, update: on(name, 'a.1.0', argument), after: { _id: 1, a: [[], [made]] } },
  ]),
  ...operators.filter(({ made }) => made === undefined).flatMap(({ name, argument }): UpdateVector[] => [
    { covers: [name], name: 'a missing field stays missing', before: { _id: 1 }, update: on(name, 'a', argument) },
    { covers: [name], name: 'missing documents stay missing', before: { _id: 1, a: {} }, update: on(name, 'a.b.c', argument) },
    { covers: [name], name: 'nothing behind an array', before: { _id: 1, a: [] }, update: on(name, 'a.3', argument) },
  ]),
  ...[...harmless].flatMap((name) =>
    Object.entries({ ...scalars, array: [{ b: 1 }] }).map(
      ([type, value]): UpdateVector => ({ covers: [name], name: `below ${type} nothing happens`, before: { _id: 1, a: value }, update: on(name, 'a.b', 7) }),
    ),
  ),
  { covers: ['$set'], name: 'beside an element', before: { _id: 1, a: { b: [1, { c: 1 }] } }, update: { $set: { 'a.b.1.d': 2, 'a.b.0': 9 } }, after: { _id: 1, a: { b: [9, { c: 1, d: 2 }] } } },
  { covers: ['$unset'], name: 'the last field leaves an empty document', before: { _id: 1, a: { b: 1 } }, update: { $unset: { 'a.b': '' } }, after: { _id: 1, a: {} } },
  { covers: ['$unset'], name: 'a field of an element', before: { _id: 1, a: [{ b: 1, c: 2 }] }, update: { $unset: { 'a.0.b': '' } }, after: { _id: 1, a: [{ c: 2 }] } },
  { covers: ['$rename'], name: 'a document as a whole', before: { _id: 1, a: { x: [1] } }, update: { $rename: { a: 'b.c' } }, after: { _id: 1, b: { c: { x: [1] } } } },
  { covers: ['$rename'], name: 'null is a value', before: { _id: 1, a: null, b: 1 }, update: { $rename: { a: 'b' } }, after: { _id: 1, b: null } },
  { covers: ['$rename'], name: 'an array as a whole, over a document', before: { _id: 1, a: [1], b: { x: 1 } }, update: { $rename: { a: 'b' } }, after: { _id: 1, b: [1] } },
];

export const pathErrors: UpdateError[] = [
  ...refusing.flatMap(({ name, argument }): UpdateError[] => [
    ...Object.entries(scalars).map(([type, value]): UpdateError => ({ covers: [name], name: `below ${type}`, before: { _id: 1, a: value }, update: on(name, 'a.b', argument), code: 28 })),
    ...Object.entries(scalars).map(([type, value]): UpdateError => ({ covers: [name], name: `below an element that is ${type}`, before: { _id: 1, a: [value] }, update: on(name, 'a.0.b', argument), code: 28 })),
    { covers: [name], name: 'a name in an array', before: { _id: 1, a: [{ b: 1 }] }, update: on(name, 'a.b', argument), code: 28 },
    { covers: [name], name: 'a name deeper in an array', before: { _id: 1, a: [{ b: { c: 1 } }] }, update: on(name, 'a.b.c', argument), code: 28 },
  ]),
  ...operators.flatMap(({ name, argument }): UpdateError[] => [
    { covers: [name], name: 'an empty path', update: on(name, '', argument), code: 56 },
    { covers: [name], name: 'a path that begins with a dot', update: on(name, '.a', argument), code: 56 },
    { covers: [name], name: 'a path that ends with a dot', update: on(name, 'a.', argument), code: 56 },
    { covers: [name], name: 'an empty part', update: on(name, 'a..b', argument), code: 56 },
    { covers: [name], name: 'the positional operator', update: on(name, 'a.$', argument), code: 2 },
    { covers: [name], name: 'all elements', update: on(name, 'a.$[]', argument), code: 2 },
    { covers: [name], name: 'filtered elements', update: on(name, 'a.$[x].b', argument), code: 2 },
    { covers: [name], name: 'no fields but a number', update: { [name]: 5 }, code: 9 },
    { covers: [name], name: 'no fields but a list', update: { [name]: [{ a: argument }] }, code: 9 },
    { covers: [name], name: 'no fields but null', update: { [name]: null }, code: 9 },
    { covers: [name, '$set'], name: 'beside $set of the same path', update: { $set: { 'q.a': 1 }, [name === '$set' ? '$min' : name]: { 'q.a': argument } }, code: 40 },
    { covers: [name, '$set'], name: 'above $set', update: { $set: { 'q.a': 1 }, [name === '$set' ? '$min' : name]: { q: argument } }, code: 40 },
    { covers: [name, '$set'], name: 'below $set', update: { $set: { 'q.a': 1 }, [name === '$set' ? '$min' : name]: { 'q.a.b': argument } }, code: 40 },
  ]),
  ...operators.filter(({ name }) => !harmless.has(name) && name !== '$rename').flatMap(({ name, argument }): UpdateError[] =>
    name.startsWith('$pu') || name === '$pop' || name === '$addToSet' ? [] : [{ covers: [name], name: 'another _id', before: { _id: 1 }, update: on(name, '_id', name === '$min' ? 0 : argument), code: 66 }],
  ),
  { covers: ['$set'], name: 'a part of _id', before: { _id: { x: 1 } }, update: { $set: { '_id.x': 2 } }, code: 66 },
  { covers: ['$unset'], name: 'a part of _id', before: { _id: { x: 1, y: 1 } }, update: { $unset: { '_id.x': 1 } }, code: 66 },
  { covers: ['$rename'], name: 'onto _id', before: { _id: 1, a: 2 }, update: { $rename: { a: '_id' } }, code: 66 },
  { covers: ['$rename'], name: 'below a scalar', before: { _id: 1, a: 1, b: 2 }, update: { $rename: { a: 'b.c' } }, code: 28 },
  { covers: ['$rename'], name: 'to an empty part', update: { $rename: { a: 'b..c' } }, code: 56 },
  { covers: ['$rename'], name: 'to an empty name', update: { $rename: { a: '' } }, code: 56 },
  { covers: ['$rename'], name: 'to a position', update: { $rename: { a: 'b.$' } }, code: 2 },
  { covers: ['$rename'], name: 'into what it comes from', update: { $rename: { 'a.b': 'a' } }, code: 2 },
  { covers: ['$set'], name: 'a place far behind an array', before: { _id: 1, a: [1] }, update: { $set: { 'a.1500002': 1 } }, code: 34 },
];

/** What only arrays can take, on everything else: https://www.mongodb.com/docs/manual/reference/operator/update-array/ */
const onArraysOnly: readonly (readonly [name: string, argument: unknown, code: number])[] = [
  ['$push', 1, 2],
  ['$push', { $each: [1] }, 2],
  ['$addToSet', 1, 2],
  ['$addToSet', { $each: [1] }, 2],
  ['$pull', 1, 2],
  ['$pullAll', [1], 2],
  ['$pop', 1, 14],
];

export const leafErrors: UpdateError[] = [
  ...onArraysOnly.flatMap(([name, argument, code]) =>
    Object.entries({ ...scalars, object: { b: 1 } }).map(([type, a]): UpdateError => ({ covers: [name], name: `on ${type}`, before: { _id: 1, a }, update: on(name, 'a', argument), code })),
  ),
  ...['$inc', '$mul'].flatMap((name) =>
    Object.entries({ ...scalars, object: {}, array: [1] })
      .filter(([type]) => !['int', 'long', 'double', 'decimal'].includes(type))
      .flatMap(([type, value]): UpdateError[] => [
        { covers: [name], name: `on ${type}`, before: { _id: 1, a: value }, update: on(name, 'a', new Int32(1)), code: 14 },
        { covers: [name], name: `by ${type}`, update: on(name, 'a', value), code: 14 },
      ]),
  ),
];
