import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What a key is for. One key never serves two purposes, so that an index says nothing about a cipher text. */
export type KeyUse = 'seal' | 'index' | 'phoneTail' | 'code';

/** One key of 32 bytes; the id is stored beside what the key made. */
export interface RingKey {
  readonly id: string;
  readonly use: KeyUse;
  readonly version: number;
  readonly bytes: Buffer;
}

/** All keys of an installation. Old versions stay for reading; the newest version of a use makes new values. */
export interface KeyRing {
  /** The newest key of a use. */
  current(use: KeyUse): RingKey;
  /** A key by its id. @throws KeyRingError when the ring does not hold it */
  byId(id: string): RingKey;
}

/** The keys are missing, damaged or readable by others. The message names the file and the mend, never a key. */
export class KeyRingError extends Error {}

const uses = ['seal', 'index', 'phoneTail', 'code'] as const satisfies readonly KeyUse[];
const keyFile = z.object({ use: z.enum(uses), version: z.number().int().positive(), key: z.base64() });

/** A ring from keys in memory. @throws KeyRingError when a use has no key */
export function makeKeyRing(keys: readonly RingKey[]): KeyRing {
  const byId = new Map(keys.map((key) => [key.id, key]));
  const newest = new Map<KeyUse, RingKey>();
  for (const key of keys) {
    const known = newest.get(key.use);
    if (!known || known.version < key.version) newest.set(key.use, key);
  }
  const required = <T>(key: T | undefined, what: string): T => {
    if (!key) throw new KeyRingError(`密钥环里没有 ${what}：请从备份恢复密钥文件。`);
    return key;
  };
  for (const use of uses) required(newest.get(use), use);
  return { current: (use) => required(newest.get(use), use), byId: (id) => required(byId.get(id), id) };
}

/**
 * Reads `*.json` of a folder as a key ring.
 * @throws KeyRingError when the folder holds no complete ring, or a file that others may read
 */
export async function readKeyRing(folder: string): Promise<KeyRing> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw new KeyRingError(`找不到密钥文件：${folder} 里没有 *.json。请运行 npm run setup，或从备份恢复。`);
  return makeKeyRing(await Promise.all(files.map((name) => readKey(path.join(folder, name)))));
}

/**
 * Writes the keys that are missing (folder 0700, files 0600) and reads the ring. For the demo and for setup: production only reads,
 * because a silently made new key would leave every sealed value of the old one unreadable.
 */
export async function createKeyRing(folder: string): Promise<KeyRing> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const present = new Set(await readdir(folder));
  const missing = uses.filter((use) => ![...present].some((name) => name.startsWith(`${use}-`)));
  await Promise.all(missing.map((use) => writeKey(folder, use)));
  return readKeyRing(folder);
}

async function readKey(file: string): Promise<RingKey> {
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new KeyRingError(`密钥文件 ${file} 别人也能读：请运行 chmod 600 后再启动。`);
  }
  const parsed = keyFile.safeParse(parseJson(await readFile(file, 'utf8')));
  const bytes = parsed.success ? Buffer.from(parsed.data.key, 'base64') : Buffer.alloc(0);
  if (!parsed.success || bytes.length !== 32) throw new KeyRingError(`密钥文件 ${file} 已损坏：请从备份恢复。`);
  const { use, version } = parsed.data;
  return { id: `${use}-${version}`, use, version, bytes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** On disk before anything is sealed with it; the link makes it appear whole, and only once when two processes start together. */
async function writeKey(folder: string, use: KeyUse): Promise<void> {
  const target = path.join(folder, `${use}-1.json`);
  const draft = path.join(folder, `.${use}-${randomBytes(6).toString('hex')}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify({ use, version: 1, key: randomBytes(32).toString('base64') })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await link(draft, target).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await rm(draft);
}
