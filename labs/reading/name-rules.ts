/** The API server's rules for names, in its own sentences. Each gives all sentences that apply; an empty list: the name is right. */
export type NameRule = (text: string) => readonly string[];

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/u;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;
const subdomainWithUnderscores = /^[a-z0-9_](?:[-a-z0-9_]*[a-z0-9_])?(?:\.[a-z0-9_](?:[-a-z0-9_]*[a-z0-9_])?)*$/u;
const labelValuePattern = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/u;
const qualifiedPattern = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/u;

const subdomainSentence =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const underscoreSentence =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?(\\.[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?)*')";
const labelSentence =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

const tooLong = (text: string, charactersMax: number): readonly string[] =>
  text.length > charactersMax ? [`must be no more than ${String(charactersMax)} characters`] : [];

/** A name with dots: most objects, domains. */
export const dnsSubdomain: NameRule = (text) => [...tooLong(text, 253), ...(subdomain.test(text) ? [] : [subdomainSentence])];

/** As `dnsSubdomain`, with underscores: search domains. */
export const dnsSubdomainWithUnderscores: NameRule = (text) => [...tooLong(text, 253), ...(subdomainWithUnderscores.test(text) ? [] : [underscoreSentence])];

/** A single label: namespaces, Services, hostnames, port names of Services. */
export const dnsLabel: NameRule = (text) => {
  if (label.test(text)) return tooLong(text, 63);
  // A name with dots that would do as a subdomain gets the shorter sentence.
  return [...tooLong(text, 63), subdomain.test(text) ? 'must not contain dots' : labelSentence];
};

/** The name of a container port. */
export const portName: NameRule = (text) => [
  ...tooLong(text, 15),
  ...(/^[-a-z0-9]+$/u.test(text) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/u.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/u.test(text) ? ['must not begin or end with a hyphen'] : []),
];

/** The value of a label. */
export const labelValue: NameRule = (text) => [
  ...(text.length > 63 ? ['must be no more than 63 bytes'] : []),
  ...(labelValuePattern.test(text)
    ? []
    : [
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      ]),
];

/** The key of a label or annotation: a name, perhaps behind a domain and "/". */
export const qualifiedName: NameRule = (text) => {
  const parts = text.split('/');
  const [first = '', second] = parts;
  const shape =
    "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
  if (parts.length > 2) return [shape];
  const name = second ?? first;
  const prefix =
    second === undefined ? [] : first === '' ? ['prefix part must be non-empty'] : dnsSubdomain(first).map((sentence) => `prefix part ${sentence}`);
  if (name === '') {
    return [
      ...prefix,
      'name part must be non-empty',
      `name part must consist of ${shape.slice('a qualified name must consist of '.length).split(' with an optional')[0] ?? ''}`,
    ];
  }
  const long = name.length > 63 ? ['name part must be no more than 63 bytes'] : [];
  const wrong = qualifiedPattern.test(name)
    ? []
    : [`name part must consist of ${shape.slice('a qualified name must consist of '.length).split(' with an optional')[0] ?? ''}`];
  return [...prefix, ...long, ...wrong];
};

function isAddressFour(text: string, mayLead: boolean): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => (mayLead ? /^\d{1,3}$/u : /^(?:0|[1-9]\d{0,2})$/u).test(part) && Number(part) < 256);
}

function isAddressSix(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const [last = ''] = groups.slice(-1);
  const isMixed = last.includes('.');
  const hex = isMixed ? groups.slice(0, -1) : groups;
  if (isMixed && !isAddressFour(last, false)) return false;
  const count = hex.length + (isMixed ? 2 : 0);
  return hex.every((group) => /^[0-9a-f]{1,4}$/iu.test(group)) && (halves.length === 2 ? count <= 7 && !(isMixed && halves[1] === '') : count === 8);
}

const addressSentence = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

/** An address in a field of the old kind (clusterIP, nameservers), which lets leading zeros pass. */
export const legacyAddress: NameRule = (text) => (isAddressFour(text, true) || isAddressSix(text) ? [] : [addressSentence]);

/** An address in a field of the new kind. */
export const address: NameRule = (text) => {
  if (isAddressFour(text, false) || isAddressSix(text)) return [];
  return [isAddressFour(text, true) ? 'must not have leading 0s' : addressSentence];
};
