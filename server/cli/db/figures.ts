import type { FileReport } from '../../embedded-mongo/offline/walk.js';

/** A whole number with its thousands apart. */
export const figure = (value: number): string => value.toLocaleString('en-US');

/** A size as people say it, and exactly. */
export const size = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB (${figure(bytes)} bytes)`;

/** What a file holds, in one line. */
export function contents({ collections, documents }: FileReport): string {
  const entries = collections.flatMap(({ indexes }) => indexes).reduce((sum, index) => sum + index.entries, 0);
  return `${figure(collections.length)} collections, ${figure(documents)} documents, ${figure(entries)} index entries`;
}
