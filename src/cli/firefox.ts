import puppeteer, { type Browser } from 'puppeteer-core';
import { ensureProgram, type BrowserKind } from './browser.ts';

const firefoxKind: BrowserKind = {
  name: 'Firefox',
  variable: 'FIREFOX',
  places: {
    darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    win32: ['C:\\Program Files', 'C:\\Program Files (x86)'].map((root) => `${root}\\Mozilla Firefox\\firefox.exe`),
  },
  programs: ['firefox-esr', 'firefox'],
  packages: ['firefox-esr'],
};

/** A Firefox for tests; `FIREFOX` decides which. Throws one clear sentence if there is none and none can be installed. */
export function ensureFirefox(): string {
  return ensureProgram(firefoxKind);
}

/**
 * Starts Firefox without a window, driven by WebDriver BiDi, which it speaks by itself: no geckodriver. Its own background requests
 * (updates, experiments, safe browsing) are off by puppeteer's preferences.
 */
export function launchFirefox(): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: ensureFirefox(),
    headless: true,
    // A page may read what it copied without asking the reader, as Chromium's tests may by a permission.
    extraPrefsFirefox: { 'dom.events.testing.asyncClipboard': true, 'ui.prefersReducedMotion': 1 },
  });
}
