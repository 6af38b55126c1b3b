import type { Readable } from 'node:stream';

/** What a handler answers; the route table turns it into bytes. */
export type Reply =
  | { readonly kind: 'page'; readonly view: string; readonly model: object; readonly status: number }
  | { readonly kind: 'redirect'; readonly to: string; readonly notice: Notice | null }
  | { readonly kind: 'file'; readonly fileName: string; readonly type: string; readonly body: Buffer | Readable };

/** The sentence on top of the next page: what was done to how many, what remains. */
export interface Notice {
  readonly kind: 'ok' | 'warn' | 'bad';
  readonly text: string;
  /** A POST that takes it back, where that is possible. */
  readonly undo?: { readonly action: string; readonly label: string };
}

/** A page; status 422 for a form that was not accepted. */
export function page(view: string, model: object, status = 200): Reply {
  return { kind: 'page', view, model, status };
}

/** 303 to another page, with a notice there. */
export function goTo(to: string, notice: Notice | null = null): Reply {
  return { kind: 'redirect', to, notice };
}

/** A notice of something done. */
export function done(text: string, undo?: { action: string; label: string }): Notice {
  return undo === undefined ? { kind: 'ok', text } : { kind: 'ok', text, undo };
}

/** A download with a Chinese file name. */
export function download(fileName: string, type: string, body: Buffer | Readable): Reply {
  return { kind: 'file', fileName, type, body };
}

/** The type of a workbook. */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
