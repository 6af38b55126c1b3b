import path from 'node:path';
import { spelledOut } from '../text/pinyin.js';

/** `Content-Disposition` of a download: the name as it is, and spelled in ASCII for programs that know no other. */
export function attachmentHeader(fileName: string): string {
  return `attachment; filename="${asciiName(fileName)}"; filename*=UTF-8''${encoded(fileName)}`;
}

function asciiName(fileName: string): string {
  const { name, ext } = path.posix.parse(fileName.replaceAll('/', '-'));
  const stem = spelledOut(name)
    .replaceAll(/[^\w-]+/g, '-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${stem === '' ? 'download' : stem}${ext.replaceAll(/[^\w.]/g, '')}`;
}

/** RFC 8187: what `encodeURIComponent` leaves and a header value may not hold is encoded too. */
function encoded(fileName: string): string {
  return encodeURIComponent(fileName).replaceAll(/['()*!~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
