import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';

/** A helper of the templates. */
export type ViewHelper = Handlebars.HelperDelegate;

/** Compiled templates by their path under `views/`, without ending. */
export interface Views {
  readonly names: readonly string[];
  render(view: string, model: object): string;
}

/**
 * Compiles every template at boot, each also a partial under its own name. Templates may only name fields that their model
 * has (`strict`) and helpers that exist (`knownHelpersOnly`), so a slip shows at the first look at a page.
 */
export function compileViews(folder: string, helpers: Readonly<Record<string, ViewHelper>>): Views {
  const instance = Handlebars.create();
  for (const [name, helper] of Object.entries(helpers)) instance.registerHelper(name, helper);
  const known = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  const options = { strict: true, knownHelpersOnly: true, knownHelpers: known, preventIndent: true };
  const templates = new Map<string, Handlebars.TemplateDelegate>();
  for (const file of templateFiles(folder)) {
    const name = file.slice(0, -'.hbs'.length).split(path.sep).join('/');
    const template = instance.compile(readFileSync(path.join(folder, file), 'utf8'), options);
    templates.set(name, template);
    instance.registerPartial(name, template);
  }
  return {
    names: [...templates.keys()],
    render(view, model) {
      const template = templates.get(view);
      if (template === undefined) throw new Error(`no template ${view}`);
      return template(model, { allowProtoPropertiesByDefault: false });
    },
  };
}

function templateFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hbs')).sort();
}
