import type { OpaqueReplay, PartErrors, Texts } from './opaque.ts';

/** A text above its bound is not read; it stays as typed, with this message. */
export function tooLarge(lab: OpaqueReplay, texts: Texts): PartErrors {
  return Object.entries(lab.parts).flatMap(([part, { bytesMax }]) => {
    const bytes = new TextEncoder().encode(texts[part] ?? '').length;
    if (bytes <= bytesMax) return [];
    const message = `This text has ${formatBytes(bytes)}, and at most ${formatBytes(bytesMax)} are read`;
    return [{ part, line: 1, column: 1, message, expected: 'a shorter text; nothing of yours is lost' }];
  });
}

/** A size as people write it: `380 bytes`, `16 kB` (1,024 bytes each). */
export function formatBytes(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Number((bytes / 1024).toFixed(1))} kB`;
}
