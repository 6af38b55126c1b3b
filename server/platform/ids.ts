import { ObjectId } from 'bson';

/** A new id: the 24 hex digits of an ObjectId made here, stored as a string so that it compares the same in code, forms and store. */
export function newId(): string {
  return new ObjectId().toHexString();
}

/** Whether a text is an id of ours (24 lower-case hex digits); anything else in an address is a page that does not exist. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}
