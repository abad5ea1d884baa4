import type { FieldReader } from './field-reader.ts';
import { address, dnsLabel, dnsSubdomain, dnsSubdomainWithUnderscores, legacyAddress, portName } from './name-rules.ts';
import { bytesOf } from './reading-error.ts';

const nameserversMax = 3;
const searchesMax = 32;
const searchListCharactersMax = 2048;

/**
 * What the API server checks in `dnsPolicy` and `dnsConfig`.
 * // Models validatePodDNSConfig in pkg/apis/core/validation
 */
function checkDns(spec: FieldReader): void {
  const policy = spec.at('dnsPolicy').text;
  const config = spec.at('dnsConfig');
  const [nameservers, searches, options] = [config.at('nameservers'), config.at('searches'), config.at('options')];
  if (policy === 'None') {
    const advice = { expected: 'at least one name server', hint: 'With dnsPolicy None nothing is filled in: dnsConfig must name the servers.' };
    if (!config.isPresent) {
      config.required('must provide `dnsConfig` when `dnsPolicy` is None', advice);
      return;
    }
    if (nameservers.items().length === 0) {
      nameservers.required('must provide at least one DNS nameserver when `dnsPolicy` is None', advice);
      return;
    }
  }
  if (nameservers.items().length > nameserversMax)
    nameservers.invalid(`must not have more than ${String(nameserversMax)} nameservers`, {
      expected: 'at most 3 name servers',
      hint: 'C libraries read no more than three.',
    });
  for (const server of nameservers.items())
    server.follows(legacyAddress, { expected: 'an IP address', hint: 'A name cannot stand here: it would have to be looked up first.' });
  const list = searches.items().map((search) => search.text);
  if (list.length > searchesMax)
    searches.invalid(`must not have more than ${String(searchesMax)} search paths`, { expected: `at most ${String(searchesMax)} search domains` });
  if (bytesOf(list.join(' ')) > searchListCharactersMax) {
    searches.invalid(`must not have more than ${String(searchListCharactersMax)} characters (including spaces) in the search list`, {
      expected: 'a shorter list',
    });
  }
  for (const search of searches.items()) {
    if (search.text !== '.') search.follows(dnsSubdomainWithUnderscores, { expected: 'a domain, such as svc.cluster.local' }, search.text.replace(/\.$/u, ''));
  }
  for (const option of options.items())
    if (option.at('name').text === '')
      option.required('must not be empty', { expected: 'a name, such as ndots', hint: 'Options are written as {name: ndots, value: "2"}.' });
}

function checkContainers(spec: FieldReader): void {
  for (const container of [...spec.at('containers').items(), ...spec.at('initContainers').items()]) {
    for (const port of container.at('ports').items()) {
      port.at('name').follows(portName, { expected: 'at most 15 lower case letters, digits and hyphens' });
      port.at('containerPort').within(1, 65_535, 'a port between 1 and 65535');
    }
  }
}

/**
 * The DNS parts of a pod's spec: dnsPolicy, dnsConfig, hostname, subdomain, hostAliases, ports.
 * // Models ValidatePodSpec in pkg/apis/core/validation
 */
export function checkPodSpec(spec: FieldReader): void {
  checkDns(spec);
  const [hostname, subdomain, override] = [spec.at('hostname'), spec.at('subdomain'), spec.at('hostnameOverride')];
  if (hostname.text !== '') hostname.follows(dnsLabel, { expected: 'one label, without dots', hint: 'The domain comes from subdomain and namespace.' });
  if (subdomain.text !== '') subdomain.follows(dnsLabel, { expected: 'one label: the name of the headless Service' });
  if (override.text !== '') override.follows(dnsSubdomain, { expected: 'a host name' });
  for (const alias of spec.at('hostAliases').items()) {
    alias.at('ip').follows(address, { expected: 'an IP address' });
    for (const name of alias.at('hostnames').items()) name.follows(dnsSubdomain, { expected: 'a host name' });
  }
  checkContainers(spec);
}

/** The main address of a pod's status, where one is written down. */
export function checkPodStatus(status: FieldReader): void {
  status.at('podIP').follows(address, { expected: 'an IP address' });
  for (const each of status.at('podIPs').items()) each.at('ip').follows(address, { expected: 'an IP address' });
}
