import { spawnSync } from 'node:child_process';
import { canInstall, installOnDebian } from './browser.ts';

/** Whether nginx can be run here, for the test of its example in docs/deploy. */
export function hasNginx(): boolean {
  return spawnSync('nginx', ['-v']).status === 0;
}

/** Installs nginx on machines of CI, where its test must run. Nowhere else: Debian’s package starts a server as soon as it is there. */
export function ensureNginxInCi(): void {
  if (process.env.CI === 'true' && canInstall() && !hasNginx()) installOnDebian(['nginx-light']);
}
