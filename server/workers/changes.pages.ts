import { historyModel } from '../audit/audit.pages.js';
import type { TrailRow } from '../audit/audit.store.js';
import { shownText } from '../imports/messages.pages.js';
import type { AuditChange } from '../platform/audit.js';
import type { Ctx } from '../platform/http/context.js';
import { detailText } from './rosterDiff.import.js';
import { detailFields, type DetailField } from './worker.rules.js';
import { placeLine, type NamedPlace } from './words.pages.js';

/** The divisions that a trail names by id. */
export function divisionsIn(rows: readonly TrailRow[]): string[] {
  const moves = rows.flatMap((row) => row.changes).filter((change) => change.field === 'divisionId');
  return moves.flatMap((change) => [change.from, change.to].filter((id) => id !== null));
}

/** What was changed of a person, in words: fields and values as the pages say them. */
export function changesModel(ctx: Ctx, rows: readonly TrailRow[], places: ReadonlyMap<string, NamedPlace>) {
  const readable = rows.map((row) => ({ ...row, changes: row.changes.map((change) => inWords(ctx, change, places)) }));
  return historyModel(ctx, readable);
}

const codeLists = { post: 'post', postClass: 'postClass', status: 'serviceStatus' } as const;

function inWords(ctx: Ctx, change: AuditChange, places: ReadonlyMap<string, NamedPlace>): AuditChange {
  const value = (text: string | null): string | null => (text === null ? null : valueText(ctx, change.field, text, places));
  const name = change.field === 'divisionId' ? 'division' : change.field;
  return { field: ctx.t(`workers.field.${name}`), from: value(change.from), to: value(change.to) };
}

function valueText(ctx: Ctx, field: string, text: string, places: ReadonlyMap<string, NamedPlace>): string {
  if (field === 'divisionId') return placeLine([text], places);
  if (field in codeLists) return ctx.t(`workers.${codeLists[field as keyof typeof codeLists]}.${text}`);
  if (field === 'isSocialWorkMajor') return ctx.t(text === 'true' ? 'workers.yes' : 'workers.no');
  return detailFields.includes(field as DetailField) ? shownText(ctx.t, detailText(field as DetailField, text)) : text;
}
