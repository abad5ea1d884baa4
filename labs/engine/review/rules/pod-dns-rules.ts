import { address, dnsSubdomain, dnsSubdomainWithUnderscores, legacyAddress } from '../../../reading/name-rules.ts';
import type { JsonObject } from '../../patch/json.ts';
import type { FieldCause } from '../../store/status-error.ts';
import { invalidValue, required } from '../field-causes.ts';
import { objectsAt, optionalAt, textAt, textsAt } from '../read-fields.ts';
import { nameCauses } from './name-causes.ts';

const nameserversMax = 3;
const searchesMax = 32;
const searchCharactersMax = 2048;

/** What is wrong with a pod's own DNS settings. Models pkg/apis/core/validation validatePodDNSConfig. */
export function dnsConfigCauses(spec: JsonObject, path: string): readonly FieldCause[] {
  const config = optionalAt(spec, 'dnsConfig');
  const isOwn = textAt(spec, 'dnsPolicy') === 'None';
  if (config === undefined) return isOwn ? [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')] : [];
  const [servers, searches] = [textsAt(config, 'nameservers'), textsAt(config, 'searches')];
  if (isOwn && servers.length === 0) return [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  const tooMany = searches.join(' ').length > searchCharactersMax;
  return [
    ...(servers.length > nameserversMax ? [invalidValue(`${path}.nameservers`, servers, `must not have more than ${nameserversMax} nameservers`)] : []),
    ...servers.flatMap((server, index) => nameCauses(legacyAddress, `${path}.nameservers[${index}]`, server)),
    ...(searches.length > searchesMax ? [invalidValue(`${path}.searches`, searches, `must not have more than ${searchesMax} search paths`)] : []),
    ...(tooMany
      ? [invalidValue(`${path}.searches`, searches, `must not have more than ${searchCharactersMax} characters (including spaces) in the search list`)]
      : []),
    ...searches.flatMap((search, index) =>
      search === '.' ? [] : nameCauses(dnsSubdomainWithUnderscores, `${path}.searches[${index}]`, search.replace(/\.$/u, '')),
    ),
    ...objectsAt(config, 'options').flatMap((option, index) =>
      textAt(option, 'name') === '' ? [required(`${path}.options[${index}]`, 'must not be empty')] : [],
    ),
  ];
}

/** What is wrong with lines that a pod adds to its hosts file. Models ValidateHostAliases. */
export function hostAliasCauses(spec: JsonObject, path: string): readonly FieldCause[] {
  return objectsAt(spec, 'hostAliases').flatMap((alias, index) => [
    ...nameCauses(address, `${path}[${index}].ip`, textAt(alias, 'ip')),
    ...textsAt(alias, 'hostnames').flatMap((name, place) => nameCauses(dnsSubdomain, `${path}[${index}].hostnames[${place}]`, name)),
  ]);
}
