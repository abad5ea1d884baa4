import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delivery, ResponseCode } from '../types.ts';
import { lookupGlibc } from './index.ts';

const line = fc.oneof(
  fc.string(),
  fc.constantFrom('options ', 'nameserver ', 'search ', 'domain ', 'sortlist ', '10.0.0.1 ').chain((keyword) => fc.string().map((rest) => keyword + rest)),
  fc.constantFrom('options use-vc', 'options rotate single-request', 'options attempts:5 timeout:30', 'options no-aaaa edns0', 'nameserver 10.0.0.2'),
);
const file = fc.option(fc.array(line).map((lines) => lines.join('\n')));
const rcode = fc.constantFrom<ResponseCode | 'lost' | 'closed' | 'unreachable' | 'cut'>(
  'NOERROR',
  'NXDOMAIN',
  'SERVFAIL',
  'REFUSED',
  'lost',
  'closed',
  'unreachable',
  'cut',
);
const call = fc.record({
  version: fc.constantFrom('glibc-2.36', 'glibc-2.41'),
  api: fc.constantFrom('gai', 'res_search', 'res_query', 'gethostbyname', 'gethostbyname2', 'gni'),
  name: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('web', 'a.b', '10.0.0.9')),
  family: fc.constantFrom('unspec', 'inet', 'inet6'),
  flags: fc.subarray(['canonname', 'v4mapped', 'all', 'addrconfig']),
});

test('whatever the files hold and the servers answer, a lookup ends and says why', () => {
  fc.assert(
    fc.property(call, file, file, fc.array(rcode, { minLength: 1, maxLength: 4 }), ({ version, ...question }, resolvConf, hosts, answered) => {
      const surroundings = { resolvConf, hosts, nsswitch: null, hostname: 'web', env: {}, hostAliases: null, addresses: ['10.244.1.5'], rotateStart: 0 };
      const trace = lookupGlibc(version, question, surroundings, (_, earlier) => deliver(answered[earlier.length % answered.length] ?? 'lost'));
      expect(trace.events.at(-1)).toMatchObject({ kind: 'result', result: trace.result });
      expect(trace.events.every(({ because, cause, id }) => /[.!?]$/.test(because) && (id === 1 || (cause ?? id) < id))).toBe(true);
      expect(trace.events.every(({ atMs }, index) => atMs >= (trace.events[index - 1]?.atMs ?? 0))).toBe(true);
    }),
  );
});

function deliver(answered: ResponseCode | 'lost' | 'closed' | 'unreachable' | 'cut'): Delivery {
  if (answered === 'lost' || answered === 'closed' || answered === 'unreachable') return { kind: answered };
  const truncated = answered === 'cut';
  const code = truncated ? 'NOERROR' : answered;
  return {
    kind: 'answer',
    afterMs: 20,
    answer: { rcode: code, truncated, authoritative: true, recursionAvailable: true, records: [], edns: false, sizeBytes: 40 },
  };
}
