/** Options that are on or off. */
export type Flag =
  'rotate' | 'edns0' | 'single-request-reopen' | 'single-request' | 'no-tld-query' | 'no-reload' | 'use-vc' | 'trust-ad' | 'no-aaaa' | 'strict-error';
export type NumberOption = 'ndots' | 'timeout' | 'attempts';

/** A number option, as written and as glibc keeps it. */
export interface ReadNumber {
  readonly option: NumberOption;
  readonly written: number;
  readonly value: number;
}

/** In the order of glibc's table: the first that the word begins with counts. */
const flags: readonly Flag[] = [
  'rotate',
  'edns0',
  'single-request-reopen',
  'single-request',
  'no-tld-query',
  'no-reload',
  'use-vc',
  'trust-ad',
  'no-aaaa',
  'strict-error',
];
/** RES_MAXNDOTS, RES_MAXRETRANS (seconds) and RES_MAXRETRY in resolv/resolv.h. */
const valueMax: Readonly<Record<NumberOption, number>> = { ndots: 15, timeout: 30, attempts: 5 };

/** The flag that a word begins with: `rotate,x` is `rotate` too. Models res_setoptions in resolv/res_init.c. */
export function flagOf(word: string, knowsStrictError: boolean): Flag | undefined {
  const flag = word.startsWith('no_tld_query') ? 'no-tld-query' : flags.find((name) => word.startsWith(name));
  return flag === 'strict-error' && !knowsStrictError ? undefined : flag;
}

/**
 * Reads a number option at the start of `rest`. As with strtol, blanks may stand before the digits, anything behind them,
 * and without digits it is 0. ndots is kept in four bits, so that -1 becomes 15.
 */
export function readNumber(rest: string): ReadNumber | undefined {
  const option = (Object.keys(valueMax) as readonly NumberOption[]).find((name) => rest.startsWith(`${name}:`));
  if (!option) return undefined;
  const digits = /^\s*([+-]?\d+)/.exec(rest.slice(option.length + 1))?.[1] ?? '0';
  const written = toInt(BigInt(digits.replace('+', '')));
  const value = Math.min(written, valueMax[option]);
  return { option, written, value: option === 'ndots' ? value & 15 : value };
}

/** A long saturates at 63 bits; its lower 32 bits are the int. */
function toInt(number: bigint): number {
  const long = number > 0x7fff_ffff_ffff_ffffn ? -1n : number < -0x8000_0000_0000_0000n ? 0n : number;
  return Number(BigInt.asIntN(32, long));
}
