import { describe, expect, test } from 'vitest';
import reader from './read.ts';
import { textsOf } from './testing.ts';

const good = textsOf('ent-own-namespace');

test('the texts of a scenario are read', () => {
  expect(reader.read(good)).toMatchObject({ ok: true, input: { asked: { name: 'ent', library: 'glibc-2.36' }, pod: { metadata: { name: 'web' } } } });
});

describe('a mistake names part, line and what was expected', () => {
  test.each([
    { name: 'no pod', change: { cluster: '' }, part: 'cluster', line: 1, says: /no Pod/u },
    { name: 'unknown policy', change: { cluster: good.cluster.replace('ClusterFirst', 'ClusterFrist') }, part: 'cluster', line: 7, says: /Unsupported value/u },
    { name: 'unknown field', change: { cluster: good.cluster.replace('dnsPolicy', 'dnsPolicee') }, part: 'cluster', line: 7, says: /unknown field/u },
    { name: 'tab', change: { lookup: 'name:\n\t- ent' }, part: 'lookup', line: 2, says: /tab/u },
    { name: 'unknown library', change: { lookup: 'name: ent\nlibrary: glibc 3' }, part: 'lookup', line: 2, says: /glibc 3/u },
    { name: 'unknown setting', change: { network: 'server: 10.96.0.10' }, part: 'network', line: 1, says: /no such field/u },
    { name: 'wrong address', change: { network: 'clusterDNS: [10.96.0.300]' }, part: 'network', line: 1, says: /10\.96\.0\.300/u },
    { name: 'autopath without verified pods', change: { network: 'autopath: true' }, part: 'network', line: 1, says: /autopath/u },
    { name: 'a list instead of an object', change: { lookup: '- ent' }, part: 'lookup', line: 1, says: /list/u },
    { name: 'binary', change: { resolvConf: 'nameserver \u0000' }, part: 'resolvConf', line: 1, says: /./u },
    { name: 'too large', change: { network: `# ${'x'.repeat(20_000)}` }, part: 'network', line: 1, says: /./u },
  ])('$name', ({ change, part, line, says }) => {
    const result = reader.read({ ...good, ...change });
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.errors[0]).toMatchObject({ part, line });
      expect(result.errors[0]?.message).toMatch(says);
      expect(result.errors[0]?.expected).not.toBe('');
    }
  });
});

test('an empty network is one working server', () => {
  const result = reader.read({ ...good, network: '' });
  expect(result.ok && result.input.network.clusterDns).toEqual(['10.96.0.10']);
});

test('windows line ends and emoji are no mistake', () => {
  expect(reader.read({ ...good, cluster: good.cluster.replaceAll('\n', '\r\n'), lookup: 'name: "🙂"\n' })).toMatchObject({ ok: true });
});

// What a text looks like while somebody is still typing: it may be refused, but it never throws.
test.each([
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n',
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { dnsConfig: { options: [], searches: , nameservers: } }\n',
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec: { selector: {} }\n',
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec: { selector: { matchExpressions: [] }, template: }\n',
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ports: , selector: }\n',
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: s }\naddressType: IPv4\nendpoints:\n',
])('%j is read or refused, never thrown at', (cluster) => {
  expect(typeof reader.read({ ...good, cluster }).ok).toBe('boolean');
});
