import type { Connection } from 'mongoose';
import type { Sealed } from '../platform/crypto.js';
import type { Tx } from '../platform/transactions.js';
import { codeSheetSchema } from './accounts.model.js';

interface CodeSheetRecord {
  readonly _id: string;
  readonly accountId: string;
  readonly sealed: Sealed;
  readonly at: Date;
}

/** Sealed codes between the form that made them and the one page that shows them. */
export function makeCodeSheetsStore(db: Connection) {
  const sheets = db.model<CodeSheetRecord>('CodeSheet', codeSheetSchema as never, 'code_sheets');
  return {
    async add(tx: Tx, sheet: { id: string; accountId: string; sealed: Sealed }): Promise<void> {
      await sheets.insertMany([{ _id: sheet.id, accountId: sheet.accountId, sealed: sheet.sealed, at: tx.now }], { session: tx.session });
    },

    /** Takes a sheet away for the account that made it; null when it was already shown, is too old or is somebody else's. */
    async take(id: string, accountId: string): Promise<Sealed | null> {
      const record = await sheets.findOneAndDelete({ _id: id, accountId }).lean<CodeSheetRecord>();
      return record?.sealed ?? null;
    },
  };
}

export type CodeSheetsStore = ReturnType<typeof makeCodeSheetsStore>;
