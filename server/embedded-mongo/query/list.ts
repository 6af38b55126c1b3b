/** Query operators that stand beside field names. */
export const topLevelOperators: Readonly<Record<string, string>> = {
  $and: 'all of a list of filters',
  $or: 'any of a list of filters',
  $nor: 'none of a list of filters',
  $expr: 'a comparison of aggregation expressions',
  $comment: 'accepted, has no effect',
};

/** Query operators that stand below a field name. */
export const fieldOperators: Readonly<Record<string, string>> = {
  $eq: 'equal; null also finds a missing field',
  $ne: 'not equal',
  $gt: 'greater, within the type of the operand',
  $gte: 'greater or equal, within the type of the operand',
  $lt: 'less, within the type of the operand',
  $lte: 'less or equal, within the type of the operand',
  $in: 'equal to one of a list; anchored regular expressions are allowed in it',
  $nin: 'equal to none of a list',
  $not: 'negates the operators below it',
  $exists: 'the field is there, also with null',
  $type: 'BSON type by number or alias, or a list of them',
  $all: 'an array that holds all of a list',
  $elemMatch: 'an array with one element that passes all conditions',
  $size: 'array of this length',
  $regex: 'only patterns anchored with ^; options i and s',
  $options: 'options of $regex: i and s',
  $comment: 'accepted, has no effect',
};
