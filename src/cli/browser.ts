import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const candidates: Readonly<Record<string, readonly string[]>> = {
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap((tail) =>
    ['C:\\Program Files', 'C:\\Program Files (x86)'].map((root) => `${root}\\${tail}`),
  ),
};

/** Programs on the PATH of Linux distributions, in order of preference. */
const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** The path of an installed browser of the Chromium family; undefined if there is none. `CHROMIUM` decides if set. */
export function findBrowser(): string | undefined {
  const chosen = process.env.CHROMIUM;
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : undefined;
  const onPath = linuxNames.flatMap((name) => (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)));
  return [...(candidates[process.platform] ?? []), ...onPath].find((file) => existsSync(file));
}

/** Installs Debian's Chromium where that is possible without asking: as root on a Debian family system. */
function installOnDebian(): void {
  console.log('No browser found: installing Debian’s chromium for the browser tests.');
  const run = (...words: readonly string[]): void => {
    execFileSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  run('update');
  run('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-dejavu-core');
}

/** A browser for tests and diagrams. Throws one clear sentence if there is none and none can be installed. */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found !== undefined) return found;
  const chosen = process.env.CHROMIUM;
  if (chosen !== undefined && chosen !== '') throw new Error(`CHROMIUM is set to ${chosen}, but there is no such file.`);
  const debianRoot = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (debianRoot) installOnDebian();
  const installed = findBrowser();
  if (installed === undefined) throw new Error('The browser tests need Chrome, Chromium or Edge: install one, or set CHROMIUM to its path.');
  return installed;
}

/** Starts the browser quietly: no background requests, and usable as root in a container. */
export function launchBrowser(): Promise<Browser> {
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox', ...quiet] });
}
