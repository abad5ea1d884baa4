const labelBytesMax = 63;
/** Labels with their length bytes and the root's zero. */
const wireBytesMax = 255;

/** What glibc makes of a name's text: the name for a query, absolute and in presentation form, or why it can write none. */
export type DomainName = { readonly qname: string; readonly labels: readonly string[] } | { readonly wrong: string };

/** Reads a name (bytes, one character each) into labels; `\.` and `\DDD` stand for single bytes. Models resolv/ns_name_pton.c. */
export function readDomainName(text: string): DomainName {
  if (text === '' || text === '.') return { qname: '.', labels: [] };
  const tokens = text.match(/\\\d{3}|\\?[^]/g) ?? [];
  const labels: string[] = [''];
  for (const token of tokens) {
    if (token === '.') labels.push('');
    else if (/^\\(\d{3})?$/.test(token) && !(Number(token.slice(1)) < 256 && token.length === 4)) return { wrong: 'A backslash stands for no byte.' };
    else labels.push((labels.pop() ?? '') + (token.length === 4 ? String.fromCharCode(Number(token.slice(1))) : token.slice(-1)));
  }
  if (labels.at(-1) === '') labels.pop();
  const bytes = labels.reduce((sum, label) => sum + label.length + 1, 1);
  const long = labels.find((label) => label.length > labelBytesMax);
  if (labels.includes('')) return { wrong: 'The name has an empty label.' };
  if (long !== undefined) return { wrong: `A label has ${long.length} bytes; DNS allows ${labelBytesMax}.` };
  if (bytes > wireBytesMax) return { wrong: `The name takes ${bytes} bytes in a query; DNS allows ${wireBytesMax}.` };
  return { qname: labels.map((label) => `${label.replace(/[^!-~]/g, escapeByte)}.`).join(''), labels };
}

function escapeByte(byte: string): string {
  return `\\${String(byte.charCodeAt(0)).padStart(3, '0')}`;
}

/** Why a name cannot be a host's; undefined if it can. nss_dns asks no server for such a name. Models res_hnok in resolv/res-name-checking.c. */
export function wrongHostName(text: string): string | undefined {
  const unprintable = /[^!-~]/.exec(text)?.[0];
  if (unprintable !== undefined) return unprintable === ' ' ? 'a space' : 'a byte outside printable ASCII';
  const name = readDomainName(text);
  if ('wrong' in name) return name.wrong;
  return name.labels[0]?.startsWith('-') === true ? 'a leading hyphen' : /[^\w-]/.exec(name.labels.join(''))?.[0];
}

/** Whether an absolute name of a record can be a host's name. Models __res_binary_hnok in resolv/res-name-checking.c. */
export function isHostName(qname: string): boolean {
  return /^(?!-)[\w.-]*$/.test(qname);
}

/** Names match without regard to case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
