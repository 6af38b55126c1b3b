import { cpus, loadavg } from 'node:os';

/** One line of the table. Times are milliseconds, rates are per second; `goal` compares the ratio of store and floor. */
export interface Line {
  readonly name: string;
  readonly unit: 'ms' | '/s' | 'MB';
  readonly floor: number | undefined;
  readonly store: number;
  readonly server: number | undefined;
  readonly goal: Goal | undefined;
}

/** What is to be reached: the ratio to the floor, what is more than the floor, or the figure alone. */
export interface Goal {
  readonly of: 'ratio' | 'surplus' | 'figure';
  readonly bound: 'atLeast' | 'atMost';
  readonly value: number;
}

const shown = (n: number | undefined): string => {
  if (n === undefined) return '–';
  return n >= 100 ? Math.round(n).toLocaleString('en') : n.toPrecision(3);
};

const ratio = ({ store, floor }: Line): number | undefined => (floor === undefined ? undefined : store / floor);

function judged(line: Line): { goal: string; verdict: string } {
  const { goal, store, floor = 0, unit } = line;
  if (goal === undefined) return { goal: '–', verdict: '' };
  const reached = { ratio: store / floor, surplus: store - floor, figure: store }[goal.of];
  const isMet = goal.bound === 'atLeast' ? reached >= goal.value : reached <= goal.value;
  const text = {
    ratio: `${String(goal.value)}×`,
    surplus: `floor + ${String(goal.value)} ${unit}`,
    figure: `${String(goal.value)} ${unit}`,
  }[goal.of];
  return { goal: `${goal.bound === 'atLeast' ? '≥' : '≤'} ${text}`, verdict: isMet ? 'met' : 'missed' };
}

/** The table as Markdown. */
export function printed(lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const { goal, verdict } = judged(line);
    const r = ratio(line);
    return [
      line.name,
      line.unit,
      shown(line.floor),
      shown(line.store),
      r === undefined ? '–' : `${r.toPrecision(3)}×`,
      goal,
      verdict,
      shown(line.server),
    ];
  });
  const head = ['row', 'unit', 'floor', 'store', 'ratio', 'goal', '', 'real server'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What the figures were taken on, and how busy it was with other things: with a load above the cores they say little. */
export function machine(): string {
  const [cpu] = cpus();
  return `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${String(cpus().length)} × ${cpu?.model ?? 'unknown'}, ${process.platform}, load ${loadavg()[2]?.toFixed(1) ?? '?'}`;
}
