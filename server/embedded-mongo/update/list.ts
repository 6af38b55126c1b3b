/** Update operators; an update without operators replaces the document. */
export const updateOperators: Readonly<Record<string, string>> = {
  $set: 'sets a field',
  $setOnInsert: 'sets a field when the upsert inserts',
  $unset: 'removes a field; an array element becomes null',
  $inc: 'adds int32, long or double',
  $mul: 'multiplies int32, long or double',
  $min: 'keeps the smaller value',
  $max: 'keeps the greater value',
  $rename: 'moves a field',
  $currentDate: 'sets a field to the time of the update; only as date',
  $push: 'appends to an array, also with modifiers',
  $addToSet: 'appends what the array does not hold yet, also with $each',
  $pull: 'removes the elements that equal a value or pass conditions',
  $pullAll: 'removes the elements that equal one of a list',
  $pop: 'removes the first (-1) or last (1) element',
};

/** Modifiers of `$push`; `$addToSet` takes only `$each`. */
export const pushModifiers: Readonly<Record<string, string>> = {
  $each: 'a list of elements',
  $slice: 'keeps the first n or last -n elements',
  $sort: 'sorts the array, by value or by fields of its documents',
  $position: 'where to insert; negative counts from the end',
};
