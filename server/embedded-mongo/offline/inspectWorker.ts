import { Environment } from '../storage/environment.js';
import { walkFile, type FileReport } from './walk.js';

/** What the process that reads a file sends back. */
export type Inspection = { readonly report: FileReport } | { readonly damage: string };

async function inspected(file: string): Promise<Inspection> {
  try {
    const env = Environment.openReadOnly(file);
    const report = walkFile(env);
    await env.close();
    return { report };
  } catch (error) {
    return { damage: error instanceof Error ? error.message : String(error) };
  }
}

process.send?.(await inspected(process.argv[2] ?? ''), () => {
  process.exit(0);
});
