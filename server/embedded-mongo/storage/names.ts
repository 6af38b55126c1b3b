import { refuse } from '../errors.js';

const MOST_NAMESPACE_BYTES = 255;

/**
 * What a database and a collection may be called.
 * @throws StoreError 73
 */
export function checkNames(db: string, name: string): void {
  if (name === '' || name.includes('$') || name.includes('\0') || name.startsWith('system.') || name.startsWith('.')) {
    throw refuse.invalidNamespace(`Invalid namespace specified '${db}.${name}'`);
  }
  if (Buffer.byteLength(`${db}.${name}`) > MOST_NAMESPACE_BYTES) {
    throw refuse.invalidNamespace(`Fully qualified namespace is too long. Namespace: ${db}.${name} Max: ${String(MOST_NAMESPACE_BYTES)}`);
  }
  if (db === '' || /[/\\. "$\0]/.test(db) || db.length > 63) throw refuse.invalidNamespace(`Invalid database name: '${db}'`);
}
