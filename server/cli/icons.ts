import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../platform/projectRoot.js';

/** The icons of the product, by their name in @tabler/icons (outline). Add a name here and run this file again. */
const names = `
home calendar calendar-month calendar-event calendar-plus calendar-x calendar-check calendar-time calendar-due school users user
user-plus user-minus user-check user-search user-x user-circle user-edit users-group certificate certificate-2 target target-arrow
list-check list-details list-numbers layout-grid layout-dashboard layout-list file-import file-export file-text file-check file-x
file-spreadsheet file-description printer download upload search bell bell-ringing text-size check checks x alert-triangle
alert-circle exclamation-circle clock chevron-right chevron-left chevron-down chevron-up dots arrow-back-up arrow-right arrow-left
logout login key shield shield-check shield-lock lock lock-open history settings building-community building building-bank map-pin
flag id id-badge-2 phone device-mobile edit pencil trash ban refresh player-play player-stop eye eye-off info-circle help table
chart-line chart-bar clipboard-check clipboard-list clipboard-data clipboard-text armchair book book-2 notebook moon sun hourglass
circle-check circle-x circle-dashed circle-minus minus plus copy message-exclamation message-report message-circle arrows-sort
sort-ascending sort-descending filter menu-2 qrcode wifi-off contrast transfer arrows-exchange replace briefcase stairs-up gauge
database server activity heartbeat link external-link mail send tag sitemap hierarchy star award report report-analytics
rotate progress world language adjustments tool presentation writing signature archive inbox folder scale ruler-measure
`
  .trim()
  .split(/\s+/);

const source = path.join(projectRoot, 'node_modules/@tabler/icons/icons/outline');

/** One icon as a symbol: the drawing without the empty square that Tabler puts under it. Colour and stroke come from CSS. */
function symbol(name: string): string {
  const svg = readFileSync(path.join(source, `${name}.svg`), 'utf8');
  const shapes = [...svg.matchAll(/<(?:path|circle|rect|line|polyline)\b[^>]*\/>/g)].map(([shape]) => shape);
  const drawn = shapes.filter((shape) => !shape.includes('M0 0h24v24H0z'));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn.join('')}</symbol>`;
}

const sprite = [
  '<svg xmlns="http://www.w3.org/2000/svg">',
  '<!-- Tabler Icons (MIT), https://tabler.io/icons; made by server/cli/icons.ts -->',
  ...[...new Set(names)].sort().map(symbol),
  '</svg>',
  '',
].join('\n');

writeFileSync(path.join(projectRoot, 'public/img/icons.svg'), sprite);
process.stdout.write(`${String(new Set(names).size)} icons, ${String(Math.round(sprite.length / 1024))} KB\n`);
