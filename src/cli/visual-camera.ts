import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { canInstall, fontPackages, installOnDebian, launchBrowser } from './browser.ts';

/** Working files of the comparison: actual pictures, differences, fonts. */
export const visualFolder = '.cache/visual';

const fontFolders = ['liberation', 'dejavu'].map((name) => `/usr/share/fonts/truetype/${name}`);

/** Whether baselines can be compared here: on Debian, where they were drawn. Elsewhere fonts and their drawing differ. */
export function drawsAlike(osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''): boolean {
  return /^ID=debian$/m.test(osRelease);
}

/** What drew the baselines, or draws now. */
export interface DrawnWith {
  readonly chromium: string;
  readonly debian: string;
}

/** What draws here. */
export function drawsWith(browser: Browser): DrawnWith {
  return { chromium: browser.version(), debian: /^VERSION_ID="?(\d+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'testing' };
}

/** A configuration that knows two families of fonts and nothing of this machine: no hints, no subpixels, whatever else is installed. */
function fontConfiguration(cache: string): string {
  const alias = (family: string, prefer: string): string => `<alias><family>${family}</family><prefer><family>${prefer}</family></prefer></alias>`;
  const setting = (name: string, value: string): string => `<edit name="${name}" mode="assign">${value}</edit>`;
  const settings = [
    setting('antialias', '<bool>true</bool>'),
    setting('hinting', '<bool>false</bool>'),
    setting('autohint', '<bool>false</bool>'),
    setting('hintstyle', '<const>hintnone</const>'),
    setting('rgba', '<const>none</const>'),
  ];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${fontFolders.map((folder) => `<dir>${folder}</dir>`).join('\n')}
<cachedir>${cache}</cachedir>
${alias('sans-serif', 'Liberation Sans')}${alias('serif', 'Liberation Serif')}${alias('monospace', 'DejaVu Sans Mono')}
<match target="font">${settings.join('')}</match>
<match target="pattern">${settings.join('')}</match>
</fontconfig>
`;
}

/** Starts Chromium so that it draws as it did for the baselines: the same fonts, drawn the same way. Installs them on Debian as root. */
export async function launchCamera(args: readonly string[] = []): Promise<Browser> {
  if (!fontFolders.every((folder) => existsSync(folder)) && canInstall()) installOnDebian(fontPackages);
  for (const folder of fontFolders) if (!existsSync(folder)) throw new Error(`${folder} is missing: apt-get install ${fontPackages.join(' ')}`);
  const folder = path.resolve(visualFolder);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'fonts.conf');
  writeFileSync(file, fontConfiguration(path.join(folder, 'fonts')));
  const environment = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
  return launchBrowser({
    args: ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', ...args],
    env: { ...environment, FONTCONFIG_FILE: file },
  });
}
