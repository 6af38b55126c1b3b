import { showHours } from '../attendance/hours.rules.js';
import type { Arrangement } from '../coverage/coverage.rules.js';
import { showRate } from '../coverage/coverage.rules.js';
import type { Subject } from '../exams/passes.rules.js';
import { daysBetween, yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { Badge } from '../workers/words.pages.js';
import type {
  AttendanceFlag,
  CeFlag,
  CityClassFlag,
  CoverageFlag,
  FirstRegistrationFlag,
  FlagRule,
  FlagSeverity,
  HoursFlag,
  InductionFlag,
  LapsedPassesFlag,
  LastChanceFlag,
  OnboardingFlag,
  PlaceInVain,
  RateFlag,
  RenewalFlag,
} from './flags.rules.js';
import type { StoredFlag } from './storedFlag.rules.js';

/** Names of the classes that evidence speaks of. */
export type ClassNames = ReadonlyMap<string, string>;

/** What a flag says: why it is there, the second line of evidence, what clears it, and the class it leads to. */
export interface FlagWords {
  readonly why: string;
  readonly more: string;
  readonly clears: string;
  readonly classId: string | null;
}

type Sayer = (ctx: Pick<Ctx, 't'>, flag: StoredFlag, classes: ClassNames) => Omit<FlagWords, 'clears'> & { readonly clears?: string };

const named = ({ t }: Pick<Ctx, 't'>, classes: ClassNames, id: string): string => classes.get(id) ?? t('gaps.someClass');

/** The classes that a flag's evidence names. */
export function classesOf(flag: StoredFlag): string[] {
  const evidence = flag.evidence as { arranged?: Arrangement | null; inVain?: readonly PlaceInVain[]; classId?: string };
  const cleared = flag.clearedBy?.classId;
  return [evidence.arranged?.classId, ...(evidence.inVain ?? []).map((place) => place.classId), evidence.classId, cleared].flatMap(
    (id) => id ?? [],
  );
}

function arrangedClears(
  ctx: Pick<Ctx, 't'>,
  arranged: Arrangement | null,
  classes: ClassNames,
): { clears?: string; classId: string | null } {
  if (arranged === null) return { classId: null };
  return {
    classId: arranged.classId,
    clears: ctx.t('gaps.clears.completeArranged', { day: arranged.endsOn.slice(5), name: named(ctx, classes, arranged.classId) }),
  };
}

function vainWords(ctx: Pick<Ctx, 't'>, place: PlaceInVain, classes: ClassNames): string {
  const name = named(ctx, classes, place.classId);
  return place.why === 'NOT_QUALIFYING' ? ctx.t('gaps.vain.notQualifying', { name }) : ctx.t(`gaps.vain.${place.state}`, { name });
}

const subjectWords = ({ t }: Pick<Ctx, 't'>, subjects: readonly Subject[]): string =>
  subjects.map((subject) => t(`exams.subject.${subject}`)).join(t('gaps.and'));

const hours = (of: { earnedMinutes: number; requiredMinutes: number; missingMinutes: number }) => ({
  earned: showHours(of.earnedMinutes),
  required: showHours(of.requiredMinutes),
  missing: showHours(of.missingMinutes),
});

const sayers: Readonly<Record<FlagRule, Sayer>> = {
  'T-COV': (ctx, flag, classes) => {
    const { arranged, inVain } = flag.evidence as CoverageFlag['evidence'];
    const [first, ...rest] = [...inVain].reverse();
    const why = first === undefined ? ctx.t('gaps.why.noClass') : vainWords(ctx, first, classes);
    const more =
      rest.length > 0
        ? rest
            .slice(0, 2)
            .map((place) => vainWords(ctx, place, classes))
            .join(ctx.t('gaps.and'))
        : ctx.t('gaps.more.nothingCounts');
    return { why, more: first === undefined ? '' : more, ...arrangedClears(ctx, arranged, classes) };
  },
  'T-HRS': ({ t }, flag) => {
    const evidence = flag.evidence as HoursFlag['evidence'];
    const byNow = showHours(evidence.requiredByCheckDay);
    return {
      why: t('gaps.why.hours', { ...hours(evidence) }),
      more: t('gaps.more.hours', { day: evidence.checkDay.slice(5), byNow }),
      clears: t('gaps.clears.hours', { missing: showHours(evidence.missingMinutes) }),
      classId: null,
    };
  },
  'T-ONB': (ctx, flag, classes) => {
    const { joinedOn, arranged } = flag.evidence as OnboardingFlag['evidence'];
    return {
      why: ctx.t(`gaps.why.onboarding.${flag.subState ?? 'OPEN'}`),
      more: ctx.t('gaps.more.joined', { day: joinedOn }),
      ...arrangedClears(ctx, arranged, classes),
    };
  },
  'T-SEC': ({ t }, flag) => ({
    why: t(`gaps.why.induction.${flag.subState ?? 'OPEN'}`),
    more: t('gaps.more.appointed', { day: (flag.evidence as InductionFlag['evidence']).appointedOn }),
    classId: null,
  }),
  'T-ATT': (ctx, flag, classes) => {
    const { classId, summary, makeUpHalfDays } = flag.evidence as AttendanceFlag['evidence'];
    const { halfDays, absentHalfDays, leaveHalfDays } = summary;
    return {
      why: ctx.t(`gaps.why.attendance.${flag.subState ?? 'ABSENCE'}`, { absent: absentHalfDays, leave: leaveHalfDays, of: halfDays }),
      more: named(ctx, classes, classId),
      clears: makeUpHalfDays > 0 ? ctx.t('gaps.clears.makeUp', { n: makeUpHalfDays }) : ctx.t('gaps.clears.MAKES_UP_SESSIONS'),
      classId,
    };
  },
  'T-CITY': (ctx, flag, classes) => {
    const { arranged, leastTier } = flag.evidence as CityClassFlag['evidence'];
    return {
      why: ctx.t('gaps.why.cityClass', { tier: ctx.t(`coverage.tierName.${leastTier}`) }),
      more: '',
      ...arrangedClears(ctx, arranged, classes),
    };
  },
  'E-LAST': (ctx, flag) => {
    const { examYear, carried, mustPass } = flag.evidence as LastChanceFlag['evidence'];
    const why = ctx.t('gaps.why.lastChance', { year: examYear, subjects: subjectWords(ctx, mustPass) });
    return {
      why,
      more: ctx.t('gaps.more.lastChance', {
        subjects: subjectWords(
          ctx,
          carried.map((pass) => pass.subject),
        ),
      }),
      classId: null,
    };
  },
  'E-ROLL': (ctx, flag) => {
    const { lapsed, mustPass } = flag.evidence as LapsedPassesFlag['evidence'];
    return {
      why: ctx.t('gaps.why.lapsed', {
        subjects: subjectWords(
          ctx,
          lapsed.map((pass) => pass.subject),
        ),
      }),
      more: ctx.t('gaps.more.mustPass', { subjects: subjectWords(ctx, mustPass) }),
      classId: null,
    };
  },
  'C-REG1': ({ t }, flag) => ({
    why: t(`gaps.why.firstRegistration.${flag.subState ?? 'OPEN'}`),
    more: t('gaps.more.passed', { day: (flag.evidence as FirstRegistrationFlag['evidence']).passedOn }),
    classId: null,
  }),
  'C-REN': ({ t }, flag) => {
    const { validThrough, ce } = flag.evidence as RenewalFlag['evidence'];
    const more = ce === null || ce.missingMinutes === 0 ? '' : t('gaps.more.ce', hours(ce));
    return { why: t(`gaps.why.renewal.${flag.subState ?? 'RENEW_WINDOW'}`, { day: validThrough }), more, classId: null };
  },
  'C-CE': ({ t }, flag) => ({
    why: t('gaps.why.ce', hours(flag.evidence as CeFlag['evidence'])),
    more: t('gaps.more.ceByNow', { byNow: showHours((flag.evidence as CeFlag['evidence']).requiredByNow) }),
    classId: null,
  }),
  'R-RATE': ({ t }, flag) => {
    const { certified, inService } = flag.evidence as RateFlag['evidence'];
    return {
      why: t('gaps.why.rate', { rate: showRate(certified, inService) ?? '—' }),
      more: t('gaps.more.rate', { certified, inService }),
      classId: null,
    };
  },
};

/** What a flag says to an office. */
export function flagWords(ctx: Pick<Ctx, 't'>, flag: StoredFlag, classes: ClassNames): FlagWords {
  const words = sayers[flag.ruleId](ctx, flag, classes);
  return { ...words, clears: words.clears ?? ctx.t(`gaps.clears.${flag.clearsWhen}`) };
}

/** What made a cleared flag go. */
export function clearedWords(ctx: Pick<Ctx, 't'>, flag: StoredFlag, classes: ClassNames): string {
  if (flag.clearedBy === null) return '';
  const { because, classId, on } = flag.clearedBy;
  return ctx.t(`gaps.cleared.${because}`, { name: classId === undefined ? '' : named(ctx, classes, classId), day: on?.slice(5) ?? '' });
}

const severityBadges: Readonly<Record<FlagSeverity, Pick<Badge, 'kind' | 'icon'>>> = {
  LATE: { kind: 'bad', icon: 'alert-triangle' },
  SOON: { kind: 'warn', icon: 'clock' },
  NOTICE: { kind: 'calm', icon: 'info-circle' },
};

/** The badge of how pressing a flag is; one that somebody is arranged for says so. */
export function severityBadge({ t }: Pick<Ctx, 't'>, flag: StoredFlag): Badge {
  if (flag.subState === 'ARRANGED') return { kind: 'info', icon: 'calendar-event', label: t('gaps.badge.ARRANGED') };
  return { ...severityBadges[flag.severity], label: t(`gaps.badge.${flag.severity}`) };
}

/** `12-31` (with the year when it is another one) and how far away it is. */
export function dueWords({ t }: Pick<Ctx, 't'>, dueOn: CivilDay | null, today: CivilDay): { due: string; dueNote: string } {
  if (dueOn === null) return { due: '—', dueNote: '' };
  const daysLeft = daysBetween(today, dueOn);
  const due = yearOf(dueOn) === yearOf(today) ? dueOn.slice(5) : dueOn;
  if (daysLeft < 0) return { due, dueNote: t('gaps.due.over', { n: -daysLeft }) };
  return { due, dueNote: t(daysLeft === 0 ? 'gaps.due.today' : 'gaps.due.left', { n: daysLeft }) };
}
