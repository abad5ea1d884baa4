/** The API server's rules for names, in its own sentences. Each gives all sentences that apply; an empty list: the name is right. */
export type NameRule = (text: string) => readonly string[];

/** A pattern for whole names as the API server writes it, and compiled. Such patterns hold only what both languages read alike. */
interface Pattern {
  readonly source: string;
  readonly test: (text: string) => boolean;
}

function pattern(source: string): Pattern {
  const whole = new RegExp(`^(?:${source})$`, 'u');
  return { source, test: (text) => whole.test(text) };
}

const labelSource = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const label = pattern(labelSource);
const label1035 = pattern('[a-z]([-a-z0-9]*[a-z0-9])?');
const subdomain = pattern(`${labelSource}(\\.${labelSource})*`);
const underscoreSource = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const subdomainWithUnderscores = pattern(`${underscoreSource}(\\.${underscoreSource})*`);
const wildcard = pattern(`\\*\\.${subdomain.source}`);
const keyName = pattern('([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]');
const value = pattern(`(${keyName.source})?`);
const configKey = pattern('[-._a-zA-Z0-9]+');
const variable = pattern('[-._a-zA-Z][-._a-zA-Z0-9]*');

/** Lengths count bytes, as Go does: one to four for a character, the halves of a surrogate pair together four. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

const tooLong = (text: string, bytesMax: number, unit = 'characters'): readonly string[] =>
  byteLength(text) > bytesMax ? [`must be no more than ${bytesMax} ${unit}`] : [];

/** What must be so, with examples and the pattern. */
const sentence = (must: string, { source }: Pattern, ...examples: readonly string[]): string =>
  `${must} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}regex used for validation is '${source}')`;

const follows = (text: string, rule: Pattern, must: string, ...examples: readonly string[]): readonly string[] =>
  rule.test(text) ? [] : [sentence(must, rule, ...examples)];

/** A name with dots: most objects, domains. Models IsDNS1123Subdomain. */
export const dnsSubdomain: NameRule = (text) => [
  ...tooLong(text, 253),
  ...follows(
    text,
    subdomain,
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
    'example.com',
  ),
];

/** As `dnsSubdomain`, with underscores inside and one in front of each label: search domains. Models IsDNS1123SubdomainWithUnderscore. */
export const dnsSubdomainWithUnderscores: NameRule = (text) => [
  ...tooLong(text, 253),
  ...follows(
    text,
    subdomainWithUnderscores,
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
    'example.com',
  ),
];

/** `*.` and a name with dots: hosts of an Ingress. Models IsWildcardDNS1123Subdomain. */
export const wildcardDnsSubdomain: NameRule = (text) => [
  ...tooLong(text, 253),
  ...follows(
    text,
    wildcard,
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
    '*.example.com',
  ),
];

/** A single label: namespaces, Services, hostnames, port names of Services. Models IsDNS1123Label. */
export const dnsLabel: NameRule = (text) => {
  if (label.test(text)) return tooLong(text, 63);
  // A name with dots that would do as a subdomain gets the shorter sentence.
  if (subdomain.test(text)) return [...tooLong(text, 63), 'must not contain dots'];
  const must = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...tooLong(text, 63), sentence(must, label, 'my-name', '123-abc')];
};

/** A single label that starts with a letter: names of Services in older versions. Models IsDNS1035Label. */
export const dns1035Label: NameRule = (text) => [
  ...tooLong(text, 63),
  ...follows(
    text,
    label1035,
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
    'my-name',
    'abc-123',
  ),
];

/** The name of a container port. Models IsValidPortName. */
export const portName: NameRule = (text) => [
  ...tooLong(text, 15),
  ...(/^[-a-z0-9]+$/u.test(text) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/u.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/u.test(text) ? ['must not begin or end with a hyphen'] : []),
];

/** The value of a label. Models content.IsLabelValue. */
export const labelValue: NameRule = (text) => [
  ...tooLong(text, 63, 'bytes'),
  ...follows(
    text,
    value,
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    'MyValue',
    'my_value',
    '12345',
  ),
];

/** The key of a label or annotation: a name, perhaps behind a domain and "/". Models content.IsLabelKey, also known as IsQualifiedName. */
export const qualifiedName: NameRule = (text) => {
  const parts = text.split('/');
  const must = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  const shape = sentence(must, keyName, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) return [`a valid label key ${shape} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const [name = '', prefix] = parts.toReversed();
  const wrongPrefix = prefix === undefined ? [] : prefix === '' ? ['must be non-empty'] : dnsSubdomain(prefix);
  const wrongName = [...(name === '' ? ['must be non-empty'] : tooLong(name, 63, 'bytes')), ...(keyName.test(name) ? [] : [shape])];
  return [...wrongPrefix.map((each) => `prefix part ${each}`), ...wrongName.map((each) => `name part ${each}`)];
};

/** What would lead out of the folder in which a key becomes a file. */
function climbing(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`must not be '${text}'`];
  return text.startsWith('..') ? ["must not start with '..'"] : [];
}

/** A key of a ConfigMap or Secret. Models IsConfigMapKey. */
export const configMapKey: NameRule = (text) => [
  ...tooLong(text, 253),
  ...follows(text, configKey, "a valid config key must consist of alphanumeric characters, '-', '_' or '.'", 'key.name', 'KEY_NAME', 'key-name'),
  ...climbing(text),
];

/** The name of an environment variable, by the old rule. Models IsEnvVarName. */
export const environmentVariableName: NameRule = (text) => [
  ...follows(
    text,
    variable,
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
    'my.env-name',
    'MY_ENV.NAME',
    'MyEnvName1',
  ),
  ...climbing(text),
];

/** The name of an environment variable, by the newer rule. Models IsRelaxedEnvVarName. */
export const relaxedEnvironmentVariableName: NameRule = (text) => {
  if (text === '') return ['environment variable name must be non-empty'];
  return /^[ -<>-~]+$/u.test(text) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
};

interface ReadAddress {
  /** 4 or 16 bytes. */
  readonly bytes: readonly number[];
  /** Whether some number is written with zeros in front that do not belong there. */
  readonly hasLeadingZeros: boolean;
}

function readAddressFour(text: string): ReadAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^0*\d{1,3}$/u.test(part) && Number(part) < 256)) return undefined;
  return { bytes: parts.map(Number), hasLeadingZeros: parts.some((part) => /^0\d/u.test(part)) };
}

/** The groups between colons; the last ones of an address may be written as an IPv4 address. */
function readGroups(half: string, mayBeMixed: boolean): ReadAddress | undefined {
  const groups = half === '' ? [] : half.split(':');
  const last = mayBeMixed && groups.at(-1)?.includes('.') === true ? groups.pop() : undefined;
  const mixed = last === undefined ? { bytes: [], hasLeadingZeros: false } : readAddressFour(last);
  if (mixed === undefined || !groups.every((group) => /^0*[0-9a-f]{1,4}$/iu.test(group))) return undefined;
  const numbers = groups.map((group) => Number.parseInt(group, 16));
  return {
    bytes: [...numbers.flatMap((number) => [number >> 8, number & 255]), ...mixed.bytes],
    hasLeadingZeros: mixed.hasLeadingZeros || groups.some((group) => group.length > 4),
  };
}

function readAddressSix(text: string): ReadAddress | undefined {
  const [start = '', end, ...more] = text.split('::');
  if (!text.includes(':') || more.length > 0) return undefined;
  const front = readGroups(start, end === undefined);
  const back = readGroups(end ?? '', true);
  if (front === undefined || back === undefined) return undefined;
  const missing = 16 - front.bytes.length - back.bytes.length;
  // "::" stands for at least one group.
  if (end === undefined ? missing !== 0 : missing < 2) return undefined;
  const zeros = Array.from({ length: missing }, () => 0);
  return { bytes: [...front.bytes, ...zeros, ...back.bytes], hasLeadingZeros: front.hasLeadingZeros || back.hasLeadingZeros };
}

const readAddress = (text: string): ReadAddress | undefined => readAddressFour(text) ?? readAddressSix(text);

/** An IPv4 address inside IPv6: `::ffff:a.b.c.d`. */
const isMapped = ({ bytes }: ReadAddress): boolean => bytes.length === 16 && bytes.slice(0, 12).every((byte, index) => byte === (index < 10 ? 0 : 255));

const noAddress = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

/** An address in a field of the old kind (clusterIP, nameservers), which lets leading zeros pass. Models ParseIPSloppy. */
export const legacyAddress: NameRule = (text) => (readAddress(text) === undefined ? [noAddress] : []);

/** An address in a field of the new kind. Models IsValidIP. */
export const address: NameRule = (text) => {
  const read = readAddress(text);
  if (read === undefined) return [noAddress];
  if (read.hasLeadingZeros) return ['must not have leading 0s'];
  return isMapped(read) ? ['must not be an IPv4-mapped IPv6 address'] : [];
};

/** A range of addresses such as `10.0.0.0/8`, whose address is its first. Models IsValidCIDR. */
export const addressRange: NameRule = (text) => {
  const [, start = '', prefix = ''] = /^([^/]*)\/(\d+)$/u.exec(text) ?? [];
  const read = readAddress(start);
  const bits = Number(prefix);
  if (read === undefined || bits > read.bytes.length * 8) return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
  if (read.hasLeadingZeros || /^0\d/u.test(prefix)) return ['must not have leading 0s in IP or prefix length'];
  if (isMapped(read)) return ['must not have an IPv4-mapped IPv6 address'];
  const hasMore = read.bytes.some((byte, index) => (byte & (255 >> Math.min(8, Math.max(0, bits - index * 8)))) !== 0);
  return hasMore ? ['must not have bits set beyond the prefix length'] : [];
};
