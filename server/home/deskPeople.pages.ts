import type { CoverageFlag } from '../gaps/flags.rules.js';
import type { StoredFlag } from '../gaps/storedFlag.rules.js';
import type { Ctx } from '../platform/http/context.js';
import { shortCommunityName } from '../workers/communities.rules.js';
import { kept, type Badge } from '../workers/words.pages.js';

/** One untrained person on the desk: who, where, why, and whether something is arranged. */
export interface DeskPerson {
  readonly name: string;
  readonly href: string;
  readonly community: string;
  readonly post: string;
  readonly why: string;
  readonly badge: Badge;
  readonly arranged: string;
}

/** A T-COV flag as a row of the desk. */
export function deskPerson(ctx: Ctx, flag: StoredFlag, names: { readonly divisions: ReadonlyMap<string, string>; readonly classes: ReadonlyMap<string, string> }): DeskPerson {
  const { t } = ctx;
  const { arranged } = flag.evidence as CoverageFlag['evidence'];
  return {
    name: flag.name,
    href: kept(ctx, `/workers/${flag.workerId ?? ''}`),
    community: shortCommunityName(names.divisions.get(flag.divisionId) ?? ''),
    post: flag.post === null ? '' : t(`workers.post.${flag.post}`),
    why: t(`home.desk.why.${flag.reason}`),
    badge: arranged === null ? { kind: 'bad', icon: 'ban', label: t('home.desk.unarranged') } : { kind: 'info', icon: 'calendar-event', label: t('home.desk.arranged') },
    arranged: arranged === null ? '' : t('home.task.arranged', { name: names.classes.get(arranged.classId) ?? '', day: arranged.endsOn.slice(5) }),
  };
}
