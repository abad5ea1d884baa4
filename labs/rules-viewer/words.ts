/** `1 rule`, `2 rules`, `1,240 rules`. */
export function count(number: number, one: string): string {
  return `${grouped(number)} ${one}${number === 1 ? '' : /(?:ch|s)$/u.test(one) ? 'es' : 's'}`;
}

/** Thousands set apart by commas, the same on every machine. */
export function grouped(number: number): string {
  return String(Math.round(number)).replaceAll(/\B(?=(\d{3})+$)/gu, ',');
}

/** A share of the whole: `1/3` where it is a small fraction, else in percent. */
export function fraction(share: number): string {
  if (share > 0.999_999) return 'all';
  for (let below = 2; below <= 100; below += 1) {
    const above = Math.round(share * below);
    if (above > 0 && Math.abs(share - above / below) < 1e-9) return `${String(above)}/${String(below)}`;
  }
  return `${(share * 100).toFixed(1)} %`;
}

/** The first letter large, a full stop behind. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
