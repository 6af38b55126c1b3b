import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { projectRoot } from '../../server/platform/projectRoot.js';

const cache = path.join(projectRoot, '.cache/chromium');
let shared: Promise<Browser> | null = null;

/**
 * The one browser of a test process: the Chromium that an npm package carries, with a Chinese font from npm. Nothing of the
 * machine is used but a temp folder inside the checkout. Close it in a root `after` with `closeChromium`.
 */
export function launchChromium(): Promise<Browser> {
  shared ??= launch();
  return shared;
}

/** Ends the shared browser, if one was started. */
export async function closeChromium(): Promise<void> {
  const running = shared;
  shared = null;
  if (running !== null) await (await running).close();
}

async function launch(): Promise<Browser> {
  const fontsConf = writeFontsConf();
  // The package unpacks its libraries only where it believes to run as a function; read at import time.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs20.x';
  process.env['FONTCONFIG_FILE'] = fontsConf;
  const tmpBefore = process.env['TMPDIR'];
  process.env['TMPDIR'] = cache;
  try {
    const { default: bundled } = await import('@sparticuz/chromium');
    const { chromium } = await import('playwright-core');
    return await chromium.launch({
      executablePath: await bundled.executablePath(),
      args: ['--no-sandbox', '--headless=shell', '--hide-scrollbars', '--font-render-hinting=none'],
    });
  } finally {
    if (tmpBefore === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = tmpBefore;
  }
}

function writeFontsConf(): string {
  mkdirSync(cache, { recursive: true });
  const fonts = path.join(projectRoot, 'node_modules/@expo-google-fonts/noto-sans-sc');
  const file = path.join(cache, 'fonts.conf');
  const weights = ['400Regular', '600SemiBold'].map((weight) => `<dir>${path.join(fonts, weight)}</dir>`).join('');
  const alias = '<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>';
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${weights}<cachedir>${cache}/fonts</cachedir>${alias}</fontconfig>\n`,
  );
  return file;
}
