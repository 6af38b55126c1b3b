/** A link of a menu, a picker or a breadcrumb. */
export interface ShellLink {
  readonly href: string;
  readonly label: string;
}

/** One item of the left navigation or of the bottom navigation. */
export interface ShellItem extends ShellLink {
  /** Name in public/img/icons.svg. */
  readonly icon: string;
  /** Shown in grey at the right; null (or 0) shows nothing. Not used in the bottom navigation. */
  readonly count: number | null;
  readonly current: boolean;
}

/** A group of the left navigation; the first (工作台) has no heading. */
export interface ShellGroup {
  readonly heading: string | null;
  readonly items: readonly ShellItem[];
}

/** A picker of the top bar: what is chosen, and links to the same page with another choice (`?area=…`, `?year=…`). */
export interface ShellPicker {
  readonly label: string;
  readonly options: readonly (ShellLink & { readonly current: boolean })[];
}

/** What the last POST did. `text` is one or two sentences; `undo` is a POST (the layout adds token and once-key). */
export interface ShellNotice {
  readonly kind: 'ok' | 'warn' | 'bad';
  readonly text: string;
  readonly undo: { readonly action: string; readonly label: string } | null;
}

/**
 * Everything that the layouts print around a page, under `shell` at the root of every model. All fields are always there,
 * because templates are strict. The layouts also read `request.query` (area, year) of the root model.
 *
 * Addresses that the layouts post to: `/sign-out`, and `/display` with `back` (the address to return to) and one of
 * `text` = large | normal, `contrast` = high | normal, `lang` = zh-CN | en; both carry the form keys.
 */
export interface Shell {
  readonly lang: string;
  /** 大字: html.lt, 125 %. */
  readonly largeText: boolean;
  /** High contrast: html.hc. */
  readonly contrast: boolean;
  /** Title of the page, without the product. */
  readonly title: string;
  /** A refused form: 错误: stands before the title. */
  readonly problemTitle: boolean;
  readonly csrf: string;
  /** Hash of the public files, put behind their addresses as `?v=…`. */
  readonly assets: string;
  /** Name of the product: 训证通. */
  readonly product: string;
  /** Null before sign-in. `initial` is the first character of the name, `roleLine` is unit · role. */
  readonly account: { readonly name: string; readonly initial: string; readonly roleLine: string } | null;
  /** Empty: no left navigation. */
  readonly menu: readonly ShellGroup[];
  /** Empty: no breadcrumb. The last has no href. The phone and print layouts take those with href as the way back. */
  readonly crumbs: readonly { readonly href: string | null; readonly label: string }[];
  readonly scope: ShellPicker | null;
  readonly year: ShellPicker | null;
  /** `value` is what was searched, '' elsewhere; the field is called `q`. */
  readonly search: { readonly action: string; readonly value: string } | null;
  readonly todos: { readonly href: string; readonly count: number } | null;
  readonly notice: ShellNotice | null;
  /** Address of the page with its query, for the way back after changing text size, contrast or language. */
  readonly path: string;
  /** Phone pages; empty: none. */
  readonly bottomNav: readonly ShellItem[];
  /** Printed on error pages; the log carries it too. */
  readonly requestId: string;
  /** One line for administrators about the database in use, '' for others. */
  readonly databaseNote: string;
}
