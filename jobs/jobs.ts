import type { JobDefinition } from './defineJob.js';

/** Every job of the product. */
export const jobs: readonly JobDefinition[] = [];
