/**
 * `npm run build`: turns `server` and `jobs` into plain modules under `dist` and copies what is none: plain modules and data files.
 * Types are checked by `npm run types`, not here, so that the first start is quick.
 */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const files = ['server', 'jobs'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
);

rmSync(path.join(root, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: files.filter((name) => name.endsWith('.ts')),
  outbase: '.',
  outdir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
});
for (const name of files.filter((one) => /\.(mjs|csv)$/.test(one))) cpSync(path.join(root, name), path.join(root, 'dist', name));
