import type { Level } from '../certificates/level.rules.js';
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
  RenewalFlag,
} from '../gaps/flags.rules.js';
import type { StoredFlag } from '../gaps/storedFlag.rules.js';
import { levelOfSubject, type Subject } from '../exams/passes.rules.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { dueWords, hoursText, leftWords } from './meWords.pages.js';

/** Names of the worker's own classes by id. */
export type ClassNames = ReadonlyMap<string, string>;

/** What a task says: what to do, why, and by when. */
interface Words {
  readonly title: string;
  readonly evidence: string;
  readonly due?: string;
  readonly dueNote?: string;
}

const tones: Readonly<Record<FlagSeverity, string>> = { LATE: 'bad', SOON: 'warn', NOTICE: 'calm' };

const icons: Readonly<Record<FlagRule, string>> = {
  'T-COV': 'school',
  'T-HRS': 'hourglass',
  'T-ONB': 'user-plus',
  'T-SEC': 'briefcase',
  'T-ATT': 'rotate',
  'T-CITY': 'school',
  'E-LAST': 'notebook',
  'E-ROLL': 'notebook',
  'C-REG1': 'certificate',
  'C-REN': 'certificate',
  'C-CE': 'book',
  'R-RATE': 'target',
};

/** The flags of a worker as tasks, the most urgent first; education that a renewal asks for anyway is said once, with the renewal. */
export function tasksOf(ctx: Ctx, flags: readonly StoredFlag[], at: { readonly classes: ClassNames; readonly today: CivilDay }) {
  const renewing = flags.some((flag) => flag.ruleId === 'C-REN');
  return flags.filter((flag) => flag.ruleId !== 'C-CE' || !renewing).flatMap((flag) => taskOf(ctx, flag, at) ?? []);
}

/** One flag as the person it is about reads it; null for flags about others. */
export function taskOf(ctx: Ctx, flag: StoredFlag, at: { readonly classes: ClassNames; readonly today: CivilDay }) {
  const words = wordsOf(ctx, flag, at.classes);
  if (words === null) return null;
  const due = words.due ?? (flag.dueOn === null ? '' : dueWords(ctx.t, flag.dueOn, at.today));
  const dueNote = words.dueNote ?? (flag.dueOn === null ? '' : leftWords(ctx.t, flag.dueOn, at.today));
  return { tone: tones[flag.severity], icon: icons[flag.ruleId], title: words.title, evidence: words.evidence, due, dueNote };
}

type Sayer = (ctx: Ctx, flag: StoredFlag, classes: ClassNames) => Words;

const sayers: Readonly<Partial<Record<FlagRule, Sayer>>> = {
  'T-COV': ({ t }, flag, classes) => {
    const { arranged, inVain } = flag.evidence as CoverageFlag['evidence'];
    const open = inVain.length === 0 ? 'open' : inVain.some((place) => place.why === 'NOT_COMPLETED') ? 'notCompleted' : 'notQualifying';
    return {
      title: t('home.task.T-COV.title'),
      evidence: arranged === null ? t(`home.task.T-COV.${open}`) : arrangedWords(t, arranged, classes),
    };
  },
  'T-HRS': ({ t }, flag) => {
    const { earnedMinutes, requiredMinutes, missingMinutes } = flag.evidence as HoursFlag['evidence'];
    return {
      title: t('home.task.T-HRS.title'),
      evidence: t('home.task.T-HRS.evidence', hoursOf({ earnedMinutes, requiredMinutes, missingMinutes })),
    };
  },
  'T-ONB': ({ t }, flag, classes) => {
    const { joinedOn, arranged } = flag.evidence as OnboardingFlag['evidence'];
    return {
      title: t('home.task.T-ONB.title'),
      evidence: arranged === null ? t('home.task.T-ONB.open', { day: joinedOn }) : arrangedWords(t, arranged, classes),
    };
  },
  'T-SEC': ({ t }, flag) => ({
    title: t('home.task.T-SEC.title'),
    evidence: t('home.task.T-SEC.evidence', { day: (flag.evidence as InductionFlag['evidence']).appointedOn }),
  }),
  'T-ATT': ({ t }, flag, classes) => {
    const { classId, makeUpHalfDays } = flag.evidence as AttendanceFlag['evidence'];
    return {
      title: t('home.task.T-ATT.title', { n: makeUpHalfDays }),
      evidence: t('home.task.T-ATT.evidence', { name: classes.get(classId) ?? '', n: makeUpHalfDays }),
    };
  },
  'T-CITY': ({ t }, flag, classes) => {
    const { arranged, leastTier } = flag.evidence as CityClassFlag['evidence'];
    const title = t('home.task.T-CITY.title', { tier: t(`trainings.tier.${leastTier}`) });
    return { title, evidence: arranged === null ? t('home.task.T-CITY.open') : arrangedWords(t, arranged, classes) };
  },
  'E-LAST': (ctx, flag) => {
    const { examYear, carried, mustPass } = flag.evidence as LastChanceFlag['evidence'];
    const { t } = ctx;
    const title = t('home.task.E-LAST.title', { year: examYear, subjects: subjectWords(ctx, mustPass) });
    const evidence = t('home.task.E-LAST.evidence', {
      subjects: subjectWords(
        ctx,
        carried.map((pass) => pass.subject),
        false,
      ),
    });
    return {
      title,
      evidence,
      due: t('home.due.year', { year: examYear }),
      dueNote: t(`home.task.E-LAST.${flag.subState ?? 'NOT_REGISTERED'}`),
    };
  },
  'E-ROLL': (ctx, flag) => {
    const { lapsed, mustPass } = flag.evidence as LapsedPassesFlag['evidence'];
    const { t } = ctx;
    const evidence = t('home.task.E-ROLL.evidence', {
      subjects: subjectWords(
        ctx,
        lapsed.map((pass) => pass.subject),
        false,
      ),
      year: lapsed[0]?.passedIn ?? '',
    });
    return { title: t('home.task.E-ROLL.title', { subjects: subjectWords(ctx, mustPass) }), evidence };
  },
  'C-REG1': ({ t }, flag) => ({
    title: t('home.task.C-REG1.title'),
    evidence: t('home.task.C-REG1.evidence', { day: (flag.evidence as FirstRegistrationFlag['evidence']).passedOn }),
  }),
  'C-REN': ({ t }, flag) => {
    const { validThrough, ce } = flag.evidence as RenewalFlag['evidence'];
    const evidence =
      ce === null || ce.missingMinutes === 0
        ? t('home.task.C-REN.evidence', { day: validThrough })
        : t('home.task.C-CE.evidence', hoursOf(ce));
    return { title: t(flag.subState === 'LAPSED' ? 'home.task.C-REN.lapsed' : 'home.task.C-REN.title'), evidence };
  },
  'C-CE': ({ t }, flag) => ({
    title: t('home.task.C-CE.title'),
    evidence: t('home.task.C-CE.evidence', hoursOf(flag.evidence as CeFlag['evidence'])),
  }),
};

function wordsOf(ctx: Ctx, flag: StoredFlag, classes: ClassNames): Words | null {
  return sayers[flag.ruleId]?.(ctx, flag, classes) ?? null;
}

function arrangedWords(t: Ctx['t'], arranged: { readonly classId: string; readonly endsOn: CivilDay }, classes: ClassNames): string {
  return t('home.task.arranged', { name: classes.get(arranged.classId) ?? '', day: arranged.endsOn.slice(5) });
}

function hoursOf(of: { readonly earnedMinutes: number; readonly requiredMinutes: number; readonly missingMinutes: number }) {
  return { earned: hoursText(of.earnedMinutes), required: hoursText(of.requiredMinutes), missing: hoursText(of.missingMinutes) };
}

/** 实务、法规与政策（中级）; the level is that of the first, for all are of one. */
function subjectWords({ t }: Ctx, subjects: readonly Subject[], withLevel = true): string {
  const names = subjects.map((subject) => t(`home.subject.${subject}`)).join(t('home.and'));
  const level: Level | null = subjects[0] === undefined ? null : levelOfSubject(subjects[0]);
  return level === null || !withLevel ? names : t('home.ofLevel', { subjects: names, level: t(`home.level.${level}`) });
}
