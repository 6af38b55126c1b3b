import { isDocument, typeInfo, type Document } from './types.js';

const tagged: Readonly<Record<string, (text: string) => string>> = {
  objectId: (text) => `ObjectId('${text}')`,
  decimal: (text) => `Decimal128('${text}')`,
};

/** A value as MongoDB prints it in error messages, cut to a readable length. */
export function show(value: unknown): string {
  const text = render(value);
  return text.length > 500 ? `${text.slice(0, 500)}...` : text;
}

function render(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(render).join(', ')} ]`;
  if (value instanceof Date) return `new Date(${String(value.getTime())})`;
  if (value === null || value === undefined) return String(value);
  return isDocument(value) ? renderDocument(value) : renderScalar(value);
}

function renderDocument(value: Document): string {
  const fields = Object.entries(value).map(([name, item]) => `${name}: ${render(item)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function renderScalar(value: { toString(): string }): string {
  const text = value.toString();
  return tagged[typeInfo(value).alias]?.(text) ?? text;
}
