import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Division, DivisionsStore } from '../divisions/divisions.store.js';
import type { Clock } from '../platform/clock.js';
import { yearOf } from '../platform/civilDays.js';
import type { SignedIn } from '../platform/http/context.js';
import type { ShellMaker, ShellRequest } from '../platform/http/render.js';
import type { Shell, ShellGroup, ShellItem, ShellPicker } from '../platform/http/shell.js';
import { projectRoot } from '../platform/projectRoot.js';
import type { MenuCounters } from './counters.service.js';
import { bottomBarOf, currentHref, leadingRole, menuOf, type MenuEntry } from './menu.rules.js';

interface ShellDeps {
  readonly divisionsStore: DivisionsStore;
  readonly clock: Clock;
  readonly databaseDescription: string;
  /** The open work of an account, read from roll-ups. */
  readonly counters: (account: SignedIn) => Promise<MenuCounters>;
}

/** Makes the shell around every page: menu by role, division and year pickers, to-dos, notice. */
export function makeShell(deps: ShellDeps): ShellMaker {
  const assets = assetsHash();
  return async (request) => {
    const { account } = request;
    const fixed = fixedParts(request, assets);
    if (account === null)
      return {
        ...fixed,
        account: null,
        menu: [],
        scope: null,
        year: null,
        search: null,
        todos: null,
        bottomNav: [],
        databaseNote: '',
      } satisfies Shell;
    const counters = await deps.counters(account);
    const home = await homeOf(deps, account);
    return {
      ...fixed,
      ...(await officeParts(deps, request, { home, counters })),
      ...ownParts(request, account, { home, counters }),
    } satisfies Shell;
  };
}

async function homeOf(deps: ShellDeps, account: SignedIn): Promise<Division | null> {
  const id = account.homeDivisionId;
  return id === null ? null : ((await deps.divisionsStore.byIds([id])).get(id) ?? null);
}

/** What belongs to who is signed in, on every page. */
function ownParts(request: ShellRequest, account: SignedIn, at: { home: Division | null; counters: MenuCounters }) {
  return {
    account: { name: account.name, initial: [...account.name][0] ?? '', roleLine: roleLine(request, account, at.home) },
    menu: menuGroups(request, account, at.counters),
    bottomNav: items(bottomBarOf(account.roles), request, at.counters),
  };
}

/** Pickers, search and to-dos of those who work with people and classes of an area. */
async function officeParts(deps: ShellDeps, request: ShellRequest, at: { home: Division | null; counters: MenuCounters }) {
  const office = request.can('division.read');
  const todos = todosOf(at.counters);
  return {
    scope: office && at.home !== null ? await scopePicker(deps, request, at.home) : null,
    year: office ? yearPicker(request, yearOf(deps.clock.today())) : null,
    search: office ? { action: '/search', value: request.path === '/search' ? (request.query['q'] ?? '') : '' } : null,
    todos: office && todos > 0 ? { href: '/#todos', count: todos } : null,
    databaseNote: request.can('job.manage') ? deps.databaseDescription : '',
  };
}

const waiting = ['late', 'corrections', 'exemptions', 'transfers', 'nominations'] as const;

/** What waits for an act of this account; how many are untrained or which classes run is no to-do. */
function todosOf(counters: MenuCounters): number {
  return waiting.reduce((sum, name) => sum + (counters[name] ?? 0), 0);
}

function fixedParts(request: ShellRequest, assets: string) {
  const { notice, head } = request;
  return {
    lang: request.language,
    largeText: request.largeText,
    contrast: request.contrast,
    title: head.title,
    problemTitle: head.failed,
    csrf: request.csrf,
    assets,
    product: request.t('shell.product'),
    crumbs: head.crumbs ?? [],
    notice: notice === null ? null : { kind: notice.kind, text: notice.text, undo: notice.undo ?? null },
    path: addressOf(request, {}),
    requestId: request.requestId,
  };
}

function roleLine(request: ShellRequest, account: SignedIn, home: Division | null): string {
  const role = leadingRole(account.roles);
  return [home?.name ?? '', role === null ? '' : request.t(`shell.roles.${role}`)].filter((part) => part !== '').join(' · ');
}

function menuGroups(request: ShellRequest, account: SignedIn, counters: MenuCounters): readonly ShellGroup[] {
  const groups = menuOf(account.roles, (permission) => request.can(permission));
  const current = currentHref(
    groups.flatMap((group) => group.entries),
    request.path,
  );
  return groups.map((group) => ({
    heading: group.heading === null ? null : request.t(group.heading),
    items: group.entries.map((entry) => item(entry, request, { counters, current })),
  }));
}

function items(entries: readonly MenuEntry[], request: ShellRequest, counters: MenuCounters): readonly ShellItem[] {
  const current = currentHref(entries, request.path);
  return entries.map((entry) => item(entry, request, { counters, current }));
}

function item(entry: MenuEntry, request: ShellRequest, at: { counters: MenuCounters; current: string | null }): ShellItem {
  const kept = new URLSearchParams(
    ['area', 'year'].flatMap((name): [string, string][] => (request.query[name] === undefined ? [] : [[name, request.query[name]]])),
  );
  const suffix = kept.size === 0 ? '' : `?${kept.toString()}`;
  return {
    href: entry.href + suffix,
    label: request.t(entry.label),
    icon: entry.icon,
    count: entry.counter === undefined ? null : (at.counters[entry.counter] ?? null),
    current: entry.href === at.current,
  };
}

async function scopePicker(deps: ShellDeps, request: ShellRequest, home: Division): Promise<ShellPicker | null> {
  if (request.area === null) return null;
  const area = (await deps.divisionsStore.byIds([request.area.id])).get(request.area.id);
  if (area === undefined) return null;
  const line = (await deps.divisionsStore.lineOf(area)).filter((one) => one.path.includes(home.id));
  const below = await deps.divisionsStore.childrenOf(area.id);
  const beside =
    below.length > 0 || area.parentId === null || area.id === home.id ? below : await deps.divisionsStore.childrenOf(area.parentId);
  const options = [...line.filter((one) => !beside.some((other) => other.id === one.id)), ...beside];
  return {
    label: line.map((one) => one.name).join(' › ') || area.name,
    options: options.map((one) => ({
      href: addressOf(request, { area: one.areaCode, page: '' }),
      label: one.name,
      current: one.id === area.id,
    })),
  };
}

function yearPicker(request: ShellRequest, thisYear: number): ShellPicker {
  const years = [thisYear + 1, thisYear, thisYear - 1, thisYear - 2, thisYear - 3];
  const label = (year: number): string => request.t('shell.year', { year });
  return {
    label: label(request.year ?? thisYear),
    options: years.map((year) => ({
      href: addressOf(request, { year: String(year), page: '' }),
      label: label(year),
      current: year === request.year,
    })),
  };
}

function addressOf(request: ShellRequest, changes: Readonly<Record<string, string>>): string {
  const values = Object.entries({ ...request.query, ...changes }).filter(([, value]) => value !== '');
  return values.length === 0 ? request.path : `${request.path}?${new URLSearchParams(values).toString()}`;
}

function assetsHash(): string {
  const hash = createHash('sha256');
  const folder = path.join(projectRoot, 'public');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(path.join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex').slice(0, 12);
}
