/**
 * What aggregation serves, name by name; the parsers refuse everything that is not here before a pipeline runs,
 * and the table in `docs/database.md` is printed from it. A note says where the served form is narrower than MongoDB's.
 */
export const stageList = {
  $match: 'filters as in find',
  $sort: 'without $meta; with a following $limit only the first documents are kept in memory',
  $limit: 'the first documents',
  $skip: 'all but the first documents',
  $project: 'inclusion, exclusion and computed fields',
  $addFields: 'new or replaced fields, also inside documents and arrays',
  $set: 'the same as $addFields',
  $unset: 'one field or a list of them',
  $unwind: 'path, preserveNullAndEmptyArrays, includeArrayIndex',
  $group: 'groups come out in order of first appearance',
  $count: 'no document when there is nothing to count',
  $lookup: 'equality form only: from, localField, foreignField, as',
} as const;

export const accumulatorList = {
  $sum: 'refuses decimal128',
  $avg: 'refuses decimal128',
  $min: 'by the order across types; null and missing do not take part',
  $max: 'by the order across types; null and missing do not take part',
  $first: 'null when the field is missing',
  $last: 'null when the field is missing',
  $push: 'missing values are left out',
  $addToSet: 'in order of first appearance',
  $count: 'takes an empty document',
} as const;

export const expressionList = {
  $literal: 'a value that is not read as an expression',
  $add: 'refuses decimal128, as all arithmetic does',
  $subtract: 'numbers, or dates',
  $multiply: 'of numbers',
  $divide: 'always a double',
  $mod: 'the sign of the dividend',
  $abs: 'of a number',
  $ceil: 'to a whole number',
  $floor: 'to a whole number',
  $round: 'half to even, to a decimal place',
  $trunc: 'to a decimal place',
  $eq: 'equal',
  $ne: 'not equal',
  $gt: 'greater, across types',
  $gte: 'greater or equal, across types',
  $lt: 'less, across types',
  $lte: 'less or equal, across types',
  $cmp: '-1, 0 or 1',
  $and: 'all are true',
  $or: 'one is true',
  $not: 'is false, null, missing or zero',
  $cond: 'if, then, else',
  $ifNull: 'the first that is neither null nor missing',
  $switch: 'branches and a default',
  $concat: 'strings only',
  $substrCP: 'by code points',
  $strLenCP: 'in code points',
  $toUpper: 'ASCII letters, as MongoDB does',
  $toLower: 'ASCII letters, as MongoDB does',
  $toString: 'of numbers, booleans, dates and ObjectIds',
  $size: 'of an array',
  $arrayElemAt: 'negative positions count from the end',
  $first: 'of an array',
  $last: 'of an array',
  $in: 'is an element',
  $concatArrays: 'null if one is null or missing',
  $isArray: 'true or false',
  $type: 'the alias of the type, or missing',
  $year: 'with timezone',
  $month: '1 to 12, with timezone',
  $dayOfMonth: '1 to 31, with timezone',
  $dayOfWeek: '1 (Sunday) to 7, with timezone',
  $hour: 'with timezone',
  $minute: 'with timezone',
  $second: '0 to 59',
  $dateToString: 'date, format, timezone, onNull',
  $dateTrunc: 'date, unit, binSize, timezone, startOfWeek',
} as const;

export const variableList = {
  $$ROOT: 'the whole document',
  $$CURRENT: 'the same as $$ROOT',
  $$REMOVE: 'missing, which takes a field away',
} as const;

export type StageName = keyof typeof stageList;
export type AccumulatorName = keyof typeof accumulatorList;
export type ExpressionName = keyof typeof expressionList;

/** Whether a list has the name; a plain `in` would also find what objects inherit. */
export const listed = <T extends object>(list: T, name: string): name is Extract<keyof T, string> => Object.hasOwn(list, name);
