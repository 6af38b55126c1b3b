import { Int32 } from 'bson';
import { parsePipeline } from '../aggregate/pipeline.js';
import { refuse } from '../errors.js';
import { Source, type Selection } from '../planner/source.js';
import { parseFilter } from '../query/filter.js';
import type { Collection } from '../storage/catalogue.js';
import { isDocument, type Document } from '../values/types.js';
import { leadSelection } from './aggregate.js';
import { hintName } from './arguments.js';
import type { Command } from './context.js';

/** `explain`: the plan that a command would use, in MongoDB's form. */
export const explain: Command = (context) => {
  const { explain: inner } = context.command;
  if (!isDocument(inner)) throw refuse.typeMismatch('explain needs a command');
  const [name = ''] = Object.keys(inner);
  const collectionName = String(inner[name]);
  const selection = selectionOf(name, inner);
  const collection = context.engine.catalogue.find(context.db, collectionName);
  const winningPlan = collection === undefined ? { stage: 'EOF' } : winning(collection, selection);
  const queryPlanner = { namespace: `${context.db}.${collectionName}`, plannerVersion: 1, winningPlan, rejectedPlans: [] };
  return { queryPlanner, command: inner, explainVersion: '1', ok: 1 };
};

const plain = (filter: unknown, sort: unknown, inner: Document): Selection => ({
  filter: parseFilter(isDocument(filter) ? filter : {}),
  sort: isDocument(sort) ? sort : {},
  skip: 0,
  limit: Number(inner['limit'] ?? 0),
  hint: hintName(inner['hint']),
});

function selectionOf(name: string, inner: Document): Selection {
  switch (name) {
    case 'find':
      return plain(inner['filter'], inner['sort'], inner);
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return plain(inner['query'], inner['sort'], inner);
    case 'update':
      return plain(firstStatement(inner, 'updates'), {}, {});
    case 'delete':
      return plain(firstStatement(inner, 'deletes'), {}, {});
    case 'aggregate':
      return leadSelection(parsePipeline(Array.isArray(inner['pipeline']) ? inner['pipeline'] : []), inner['hint']);
    default:
      throw refuse.unknownCommand(`explain ${name}`);
  }
}

function firstStatement(inner: Document, field: string): unknown {
  const [first] = Array.isArray(inner[field]) ? (inner[field] as unknown[]) : [];
  return isDocument(first) ? first['q'] : undefined;
}

function winning(collection: Collection, selection: Selection): Document {
  const source = new Source(collection, selection);
  const access = accessStage(source);
  if (source.plan.merge !== undefined) return { stage: 'SORT_MERGE', sortPattern: selection.sort, inputStage: access };
  return source.sortsInMemory ? { stage: 'SORT', sortPattern: selection.sort, inputStage: access } : access;
}

function accessStage({ plan }: Source): Document {
  const direction = plan.reverse ? 'backward' : 'forward';
  if (plan.index === undefined) {
    if (!plan.bounded) return { stage: 'COLLSCAN', direction };
    return { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: '_id_', keyPattern: { _id: 1 }, isMultiKey: false, direction } };
  }
  const { index } = plan;
  const scan = {
    stage: 'IXSCAN',
    indexName: index.name,
    keyPattern: index.spec['key'],
    isMultiKey: index.multikey.some(Boolean),
    isUnique: index.unique,
    isPartial: index.partial !== undefined,
    direction,
    ranges: new Int32(plan.ranges.length),
  };
  return { stage: 'FETCH', inputStage: scan };
}
