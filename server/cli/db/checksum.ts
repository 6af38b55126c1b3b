import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Where the checksum of a backup lies. */
export const checksumFile = (backup: string): string => `${backup}.sha256`;

/** SHA-256 of a file in hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Writes a checksum beside a backup, in the form that `sha256sum --check` reads. */
export async function writeChecksum(backup: string, sha256: string): Promise<void> {
  const draft = `${checksumFile(backup)}.part`;
  await writeFile(draft, `${sha256}  ${path.basename(backup)}\n`, { mode: 0o600 });
  await rename(draft, checksumFile(backup));
}

/** The checksum beside a backup, or undefined when there is none. */
export async function readChecksum(backup: string): Promise<string | undefined> {
  const text = await readFile(checksumFile(backup), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  return text?.split(/\s/)[0];
}
