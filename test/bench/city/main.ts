import { writeFileSync } from 'node:fs';
import { machine } from '../store/table.js';
import { openCity } from './openCity.js';
import { timingsOf, type Timings } from './rows.js';

const RESULTS = new URL('../results/city.md', import.meta.url);
/** The real city, and ten times its people. */
const sizes = [1, 10] as const;

/** `npm run bench -- city [--save]`: what pages and jobs cost in the demo city and in one of ten times the people, in one run. */
export async function benchCity(save: boolean): Promise<void> {
  const taken: Timings[] = [];
  for (const times of sizes) {
    const city = await openCity(times);
    console.log(`${String(times)}× loaded in ${city.loadedIn.toFixed(0)} s`);
    taken.push(await timingsOf(city));
    await city.close();
  }
  const table = printed(taken);
  console.log(`\n${machine()}\n\n${table}`);
  if (save)
    writeFileSync(RESULTS, `# The city and ten times the city\n\nMilliseconds, middle of nine; jobs once.\n\n${machine()}\n\n${table}\n`);
}

function printed([small, large]: readonly Timings[]): string {
  const rows = [...(small ?? [])].map(([name, at1]) => {
    const at10 = large?.get(name) ?? NaN;
    return [name, at1.toFixed(0), at10.toFixed(0), `${(at10 / at1).toFixed(1)}×`];
  });
  const head = ['row', ...sizes.map((times) => `${String(times)}×`), 'ratio'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
