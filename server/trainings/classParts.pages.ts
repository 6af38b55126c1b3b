import type { Ctx } from '../platform/http/context.js';
import type { TrainingClass } from './trainingClass.rules.js';

/** What attendance knows of one session. */
export interface SessionTally {
  readonly present: number;
  readonly leave: number;
  readonly absent: number;
  /** People without a mark. */
  readonly unmarked: number;
  readonly submitted: boolean;
}

/** One number of the strip, as `partials/stat` prints it. */
export interface ClassStat {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly note: string;
  readonly href: string | null;
  readonly tone: 'warn' | 'bad' | null;
}

/** Something to do about the class, as `partials/flagRow` prints it. */
export interface ClassTodo {
  readonly tone: 'warn' | 'bad' | 'ok' | 'calm';
  readonly icon: string;
  readonly title: string;
  readonly subject: { readonly href: string; readonly label: string } | null;
  readonly evidence: string;
  readonly clears: string;
  readonly due: string;
}

/** A button or a menu entry. */
export interface ClassLink {
  readonly href: string;
  readonly icon: string;
  readonly label: string;
}

/**
 * What a feature above hangs into the class page: counts per session, numbers of the strip, things to do, tabs, buttons.
 * `main` is the page's main button; the last part that brings one wins over the page's own.
 */
export interface ClassPart {
  readonly tallies?: ReadonlyMap<string, SessionTally>;
  /** Where a session's roll call is, by session id. */
  readonly rollCalls?: ReadonlyMap<string, string>;
  readonly stats?: readonly ClassStat[];
  readonly todos?: readonly ClassTodo[];
  readonly tabs?: readonly { readonly href: string; readonly label: string; readonly count: number | null; readonly key: string }[];
  readonly buttons?: readonly ClassLink[];
  readonly main?: ClassLink;
}

/** Makes a part for one class; handed in by `routes.ts`. */
export type ClassPartSource = (ctx: Ctx, of: TrainingClass) => Promise<ClassPart>;
