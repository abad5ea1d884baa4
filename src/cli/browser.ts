import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

/** A browser that tests drive: where systems keep it, and which packages bring it on Debian. */
export interface BrowserKind {
  /** As messages call it. */
  readonly name: string;
  /** The environment variable that decides which program it is. */
  readonly variable: string;
  /** Full paths on systems without a PATH for browsers. */
  readonly places: Readonly<Record<string, readonly string[]>>;
  /** Programs on the PATH of Linux distributions, in order of preference. */
  readonly programs: readonly string[];
  readonly packages: readonly string[];
}

/** The fonts that pages are measured and drawn with. */
export const fontPackages = ['fonts-liberation', 'fonts-dejavu-core'] as const;

const chromiumKind: BrowserKind = {
  name: 'Chrome, Chromium or Edge',
  variable: 'CHROMIUM',
  places: {
    darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
    win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap((tail) =>
      ['C:\\Program Files', 'C:\\Program Files (x86)'].map((root) => `${root}\\${tail}`),
    ),
  },
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  packages: ['chromium', ...fontPackages],
};

function findProgram({ variable, places, programs }: BrowserKind): string | undefined {
  const chosen = process.env[variable];
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : undefined;
  const onPath = programs.flatMap((name) => (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)));
  return [...(places[process.platform] ?? []), ...onPath].find((file) => existsSync(file));
}

/** Whether packages can be installed without asking: as root on a Debian family system. */
export function canInstall(): boolean {
  return process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

/** Installs Debian packages; `canInstall` must hold. */
export function installOnDebian(packages: readonly string[]): void {
  const run = (...words: readonly string[]): void => {
    execFileSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  run('update');
  run('install', '-y', '--no-install-recommends', ...packages);
}

/** A browser of this kind, installed if it must be. Throws one clear sentence if there is none and none can be installed. */
export function ensureProgram(kind: BrowserKind): string {
  const found = findProgram(kind);
  if (found !== undefined) return found;
  const chosen = process.env[kind.variable];
  if (chosen !== undefined && chosen !== '') throw new Error(`${kind.variable} is set to ${chosen}, but there is no such file.`);
  if (canInstall()) {
    console.log(`${kind.name} not found: installing Debian’s ${kind.packages[0] ?? ''} for the browser tests.`);
    installOnDebian(kind.packages);
  }
  const installed = findProgram(kind);
  if (installed === undefined) throw new Error(`The browser tests need ${kind.name}: install it, or set ${kind.variable} to its path.`);
  return installed;
}

/** A browser of the Chromium family for tests and diagrams; `CHROMIUM` decides which. Throws one clear sentence if there is none and none can be installed. */
export function ensureBrowser(): string {
  return ensureProgram(chromiumKind);
}

/** What every start of Chromium gets: no background requests, and usable as root in a container. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser quietly; with further arguments and environment if given. */
export function launchBrowser({ args = [], ...options }: Pick<LaunchOptions, 'args' | 'env'> = {}): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args: [...quiet, ...args], ...options });
}
