import type { Connection } from 'mongoose';
import { NotFound } from '../platform/errors.js';
import type { Tx } from '../platform/transactions.js';
import { divisionSchema } from './divisions.model.js';
import { shortCommunityName } from './communityNames.rules.js';
import { levels, type Level } from './tree.rules.js';

/** A place in the tree; `path` holds the ids of its ancestors and itself, root first. Names of divisions are public: no scope. A community goes by the name that people say. */
export interface Division {
  readonly id: string;
  readonly code: string;
  /** The code as addresses and people write it: 6 digits down to the county, 9 for a township, 12 for a community. */
  readonly areaCode: string;
  readonly level: Level;
  readonly name: string;
  readonly kind: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
}

interface DivisionRecord {
  readonly _id: string;
  readonly code: string;
  readonly areaCode: string;
  readonly level: string;
  readonly name: string;
  readonly kind: string;
  readonly parentId: string | null;
  readonly path: string[];
}

function toDivision(record: DivisionRecord): Division {
  const { _id, level, name, ...rest } = record;
  return { id: _id, level: level as Level, name: level === 'community' ? shortCommunityName(name) : name, ...rest };
}

/** Queries and writes of the division tree. */
export function makeDivisionsStore(db: Connection) {
  const divisions = db.model<DivisionRecord>('Division', divisionSchema as never, 'divisions');

  async function find(areaCode: string): Promise<Division | null> {
    const record = await divisions.findOne({ areaCode }).lean<DivisionRecord>();
    return record === null ? null : toDivision(record);
  }

  async function byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Division>> {
    const records = await divisions.find({ _id: { $in: [...new Set(ids)] } }).lean<DivisionRecord[]>();
    return new Map(records.map((record) => [record._id, toDivision(record)]));
  }

  return {
    find,
    byIds,

    /** @throws NotFound */
    async byId(id: string): Promise<Division> {
      const record = await divisions.findById(id).lean<DivisionRecord>();
      if (record === null) throw new NotFound('division');
      return toDivision(record);
    },

    /** @throws NotFound */
    async byCode(areaCode: string): Promise<Division> {
      const division = await find(areaCode);
      if (division === null) throw new NotFound('division');
      return division;
    },

    /** The children of a division in the order of their codes. */
    async childrenOf(id: string): Promise<readonly Division[]> {
      const records = await divisions.find({ parentId: id }).sort({ code: 1 }).lean<DivisionRecord[]>();
      return records.map(toDivision);
    },

    /** All divisions of a level under a root (the root itself too when it is of that level), in the order of their codes. */
    async listByLevel(rootId: string, level: Level): Promise<readonly Division[]> {
      const records = await divisions.find({ path: rootId, level }).sort({ code: 1 }).lean<DivisionRecord[]>();
      return records.map(toDivision);
    },

    /** All divisions under a root, itself first. */
    async subtree(rootId: string): Promise<readonly Division[]> {
      const records = await divisions.find({ path: rootId }).lean<DivisionRecord[]>();
      return records.map(toDivision).sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || a.code.localeCompare(b.code));
    },

    /** Ancestors and self of a division, root first. */
    async lineOf(division: Division): Promise<readonly Division[]> {
      const known = await byIds(division.path);
      return division.path.flatMap((id) => known.get(id) ?? []);
    },

    /** Names by id. */
    async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      return new Map([...(await byIds(ids))].map(([id, division]) => [id, division.name]));
    },

    /** The top of the tree that is loaded, or null in an empty database. */
    async root(): Promise<Division | null> {
      const record = await divisions.findOne({ parentId: null }).lean<DivisionRecord>();
      return record === null ? null : toDivision(record);
    },

    /** How many divisions a level has. */
    async countLevel(level: Level): Promise<number> {
      return divisions.countDocuments({ level });
    },

    async addMany(tx: Tx, added: readonly Division[]): Promise<void> {
      const records = added.map(({ id, path, ...rest }) => ({
        _id: id,
        ...rest,
        path: [...path],
        history: [{ from: tx.today, to: null, code: rest.code, name: rest.name, parentId: rest.parentId }],
      }));
      await divisions.insertMany(records, { session: tx.session });
    },
  };
}

export type DivisionsStore = ReturnType<typeof makeDivisionsStore>;
