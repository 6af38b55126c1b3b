/**
 * What aggregation serves, name by name; the parsers refuse everything that is not here before a pipeline runs,
 * and the table in `docs/database.md` is printed from it. A note says where the served form is narrower than MongoDB's.
 */
export const stageList = {
  $match: 'filters as in find',
  $sort: 'without $meta; with a following $limit only the first documents are kept in memory',
  $limit: '',
  $skip: '',
  $project: 'inclusion, exclusion and computed fields',
  $addFields: '',
  $set: 'the same as $addFields',
  $unset: '',
  $unwind: 'path, preserveNullAndEmptyArrays, includeArrayIndex',
  $group: '',
  $count: '',
  $lookup: 'equality form only: from, localField, foreignField, as',
} as const;

export const accumulatorList = {
  $sum: 'refuses decimal128',
  $avg: 'refuses decimal128',
  $min: '',
  $max: '',
  $first: '',
  $last: '',
  $push: '',
  $addToSet: 'in order of first appearance',
  $count: '',
} as const;

export const expressionList = {
  $literal: '',
  $add: 'refuses decimal128, as all arithmetic does',
  $subtract: '',
  $multiply: '',
  $divide: '',
  $mod: '',
  $abs: '',
  $ceil: '',
  $floor: '',
  $round: '',
  $trunc: '',
  $eq: '',
  $ne: '',
  $gt: '',
  $gte: '',
  $lt: '',
  $lte: '',
  $cmp: '',
  $and: '',
  $or: '',
  $not: '',
  $cond: '',
  $ifNull: '',
  $switch: '',
  $concat: '',
  $substrCP: '',
  $strLenCP: '',
  $toUpper: 'ASCII letters, as MongoDB does',
  $toLower: 'ASCII letters, as MongoDB does',
  $toString: '',
  $size: '',
  $arrayElemAt: '',
  $first: 'of an array',
  $last: 'of an array',
  $in: '',
  $concatArrays: '',
  $isArray: '',
  $type: '',
  $year: '',
  $month: '',
  $dayOfMonth: '',
  $dayOfWeek: '',
  $hour: '',
  $minute: '',
  $second: '',
  $dateToString: '',
  $dateTrunc: '',
} as const;

export const variableList = {
  $$ROOT: '',
  $$CURRENT: '',
  $$REMOVE: '',
} as const;

export type StageName = keyof typeof stageList;
export type AccumulatorName = keyof typeof accumulatorList;
export type ExpressionName = keyof typeof expressionList;

/** Whether a list has the name; a plain `in` would also find what objects inherit. */
export const listed = <T extends object>(list: T, name: string): name is Extract<keyof T, string> => Object.hasOwn(list, name);
