import { benchCity } from './city/main.js';
import { benchStore } from './store/main.js';

/** `npm run bench -- AREA [--save]`: measures one area, or all without a name; `--save` keeps the table in `results/`. */
const areas: Readonly<Record<string, (save: boolean) => Promise<void>>> = { store: benchStore, city: benchCity };

const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = named.filter((name) => !Object.hasOwn(areas, name));
if (unknown.length > 0) {
  console.error(`No such area: ${unknown.join(', ')}. There are: ${Object.keys(areas).join(', ')}.`);
  process.exit(1);
}
for (const name of named.length > 0 ? named : Object.keys(areas)) await areas[name]?.(process.argv.includes('--save'));
