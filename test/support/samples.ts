import type { ObjectKind, Route } from '../../server/platform/http/routeTable.js';
import { newId } from '../../server/platform/ids.js';
import type { TestApp } from './app.js';
import { accessSamples } from './samples/access.js';
import { certificationSamples } from './samples/certification.js';
import { classSamples } from './samples/classes.js';
import { rosterSamples } from './samples/roster.js';

/** Whose object stands in a path: of the fixture's county, of the other county, or of nobody. */
export type Whose = 'own' | 'foreign' | 'nowhere';

/** One object in the fixture's county and one in the other county. */
export interface Pair {
  readonly own: string;
  readonly foreign: string;
}

/** Objects by what a path parameter names; `on` holds those that a path needs in a state of their own (a draft to publish). */
export interface SamplePart {
  readonly pairs: Partial<Record<ObjectKind, Pair>>;
  readonly on?: readonly { readonly path: RegExp; readonly pairs: Partial<Record<ObjectKind, Pair>> }[];
}

/** Makes objects of a feature in both counties, through the product's own services. */
export type SampleMaker = (app: TestApp) => Promise<SamplePart>;

/** Kinds that say nothing about whose an object is: words of the product, and jobs. */
const words: readonly ObjectKind[] = ['word', 'job'];

/** The parameters of a path that name an object somebody owns. */
export function objectParams(route: Route): readonly string[] {
  return Object.entries(route.params ?? {}).flatMap(([name, kind]) => (words.includes(kind) ? [] : [name]));
}

/** The sample objects of a database, and the addresses they give to the rows of the route table. */
export interface Samples {
  /** Row's address with an object of `whose` in every place, but for `except`, which names one of another's. */
  addressOf(route: Route, whose: Whose, except?: { readonly param: string; readonly whose: Whose }): string;
}

/** One object of each kind in both counties. One after the other: some makers move the clock. */
export async function makeSamples(app: TestApp): Promise<Samples> {
  const parts: SamplePart[] = [];
  for (const make of [accessSamples, rosterSamples, classSamples, certificationSamples]) parts.push(await make(app));
  const common: Partial<Record<ObjectKind, Pair>> = Object.assign({}, ...parts.map((part) => part.pairs));
  const special = parts.flatMap((part) => part.on ?? []);
  return {
    addressOf(route, whose, except) {
      const here = special.filter((one) => one.path.test(route.path)).map((one) => one.pairs);
      const pairs: Partial<Record<ObjectKind, Pair>> = Object.assign({}, common, ...here);
      return route.path.replaceAll(/:(\w+)/g, (_whole, name: string) => {
        const kind = route.params?.[name] ?? 'word';
        const pair = pairs[kind];
        if (pair === undefined) throw new Error(`${route.path}: no sample of a ${kind}`);
        const wanted = except?.param === name ? except.whose : whose;
        if (words.includes(kind)) return pair.own;
        return wanted === 'nowhere' ? newId() : pair[wanted];
      });
    },
  };
}
