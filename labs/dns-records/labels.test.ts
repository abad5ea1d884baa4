import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf } from './answer.ts';
import { labelsOf } from './labels.ts';
import { queryOf } from './query.ts';
import { scenarioState, stateOf } from './testing.ts';
import type { State } from './state.ts';

const state = scenarioState('reverse');

const read = (from: State, name: string, type: 'A' | 'SRV' | 'PTR' = 'A'): string =>
  labelsOf(from, queryOf(name, type))
    .map(({ text, role, verdict }) => `${text}|${role}|${verdict}`)
    .join(' ');

const end = 'svc|Services|found cluster.local.|zone|found';
const data = `data|namespace|found ${end}`;

describe('each label stands in its role', () => {
  test.each([
    ['a Service', 'db-read.data.svc.cluster.local', `db-read|Service|found ${data}`],
    ['a headless Service', 'db.data.svc.cluster.local', `db|Service (headless)|found ${data}`],
    ['a member', 'db-0.db.data.svc.cluster.local.', `db-0|endpoint|found db|Service (headless)|found ${data}`],
    ['a member that is not there', 'db-7.db.data.svc.cluster.local', `db-7|endpoint|missing db|Service (headless)|found ${data}`],
    ['a port', '_pg._tcp.db.data.svc.cluster.local', `_pg|port|found _tcp|protocol|found db|Service (headless)|found ${data}`],
    ['a port with another protocol', '_pg._udp.db.data.svc.cluster.local', `_pg|port|not looked at _udp|protocol|missing db|Service (headless)|found ${data}`],
    ['another port', '_x._tcp.db-read.data.svc.cluster.local', `_x|port|missing _tcp|protocol|found db-read|Service|found ${data}`],
    ['a Service that is not there', 'a.nope.data.svc.cluster.local', `a|endpoint|not looked at nope|Service|missing ${data}`],
    ['a namespace that is not there', 'db.nowhere.svc.cluster.local', `db|Service|not looked at nowhere|namespace|missing ${end}`],
    ['a namespace alone', 'data.svc.cluster.local', data],
    ['the zone alone', 'cluster.local', 'cluster.local.|zone|found'],
    ['too many labels', 'a.b.c.db.data.svc.cluster.local', `a.b.c.db.data|too many labels|missing ${end}`],
    ['neither svc nor pod', 'db.data.cluster.local', 'db||not looked at data|neither svc nor pod|missing cluster.local.|zone|found'],
    [
      'a pod address',
      '10-244-1-6.data.pod.cluster.local',
      '10-244-1-6|address, with dashes|found data|namespace|found pod|pods|found cluster.local.|zone|found',
    ],
    ['capital letters', 'DB.Data.SVC.Cluster.Local', 'DB|Service (headless)|found Data|namespace|found SVC|Services|found Cluster.Local.|zone|found'],
    ['an address', '10.96.55.3', '3.55.96.10|address, backwards|found in-addr.arpa.|zone for addresses|found'],
    ['an address in no Service', '10.244.4.40', '40.4.244.10|address, backwards|missing in-addr.arpa.|zone for addresses|found'],
    ['a name outside', 'www.example.com', 'www.example.com.|outside the cluster, asked of the resolvers of the node|found'],
    ['the server itself', 'ns.dns.cluster.local', 'ns.dns|the DNS server itself|found cluster.local.|zone|found'],
    ['the server’s version, which has no address', 'dns-version.cluster.local', 'dns-version|neither svc nor pod|missing cluster.local.|zone|found'],
  ])('%s', (_, name, expected) => {
    expect(read(state, name)).toBe(expected);
  });
});

test('a headless Service without a ready endpoint is where the reading ends', () => {
  const empty = stateOf({ cluster: 'apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: b }\nspec: { clusterIP: None, selector: { x: z } }\n' });
  expect(read(empty, 'a.b.svc.cluster.local')).toBe(`a|Service (headless)|missing b|namespace|found ${end}`);
});

test('for any name: the reading ends somewhere exactly if the server says that the name does not exist', () => {
  const label = fc.constantFrom('db', 'db-0', 'db-read', '10-244-1-7', 'data', 'svc', 'pod', '_pg', '_tcp', '_udp', 'tcp', '', 'x', 'DB');
  const tail = fc.constantFrom('cluster.local', 'svc.cluster.local', 'data.svc.cluster.local', 'data.pod.cluster.local', 'com');
  fc.assert(
    fc.property(fc.array(label, { maxLength: 5 }), tail, (labels, rest) => {
      const query = queryOf([...labels, rest].join('.'), 'A');
      const labelsRead = labelsOf(state, query);
      expect(labelsRead.some(({ verdict }) => verdict === 'missing')).toBe(answerOf(state, query).rcode !== 'NOERROR');
      expect(labelsRead.map(({ text }) => text.replace(/\.$/u, '')).join('.')).toBe(query.name.replace(/\.$/u, ''));
    }),
    { numRuns: 400 },
  );
});
