import { z } from 'zod';
import { definePolicy } from '../policies/kinds.js';

/** Ages a worker can have, in completed years, both included (ruling 37: 70 completed years still pass). */
export const agesPolicy = definePolicy({
  kind: 'workers.ages',
  schema: z.object({ min: z.number().int().min(14).max(30), max: z.number().int().min(50).max(99) }).strict(),
  shipped: { value: { min: 16, max: 70 }, sourceDoc: '产品默认：身份证号核对年龄 16–70 周岁' },
});
