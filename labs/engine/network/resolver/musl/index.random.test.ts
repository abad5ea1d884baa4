import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delivery, ResponseCode } from '../types.ts';
import { lookupMusl } from './index.ts';

const line = fc.oneof(
  fc.string(),
  fc.constantFrom('options ', 'nameserver ', 'search ', 'domain ', '10.0.0.1 ').chain((keyword) => fc.string().map((rest) => keyword + rest)),
);
const file = fc.option(fc.array(line).map((lines) => lines.join('\n')));
const rcode = fc.constantFrom<ResponseCode | 'lost' | 'closed'>('NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED', 'lost', 'closed');
const call = fc.record({
  version: fc.constantFrom('musl-1.2.3', 'musl-1.2.5'),
  api: fc.constantFrom('gai', 'res_query', 'gethostbyname', 'gni'),
  name: fc.string({ unit: 'binary' }),
});

/** The longest timeout that musl takes. */
const candidateMsMax = 60_000;

test('whatever the files hold and the servers answer, a lookup ends within its time and says why', () => {
  fc.assert(
    fc.property(call, file, file, rcode, ({ version, ...asked }, resolvConf, hosts, answered) => {
      const surroundings = { resolvConf, hosts, nsswitch: null, hostname: 'web', env: {}, hostAliases: null, addresses: ['10.244.1.5'], rotateStart: 0 };
      const trace = lookupMusl(version, { ...asked, family: 'unspec', flags: [] }, surroundings, () => deliver(answered));
      const candidates = trace.events.filter(({ kind }) => kind === 'candidate').length;
      expect(trace.elapsedMs).toBeLessThanOrEqual(candidateMsMax * candidates);
      expect(trace.events.at(-1)).toMatchObject({ kind: 'result', result: trace.result });
      expect(trace.events.every(({ because }) => because !== '')).toBe(true);
    }),
  );
});

function deliver(answered: ResponseCode | 'lost' | 'closed'): Delivery {
  if (answered === 'lost' || answered === 'closed') return { kind: answered };
  return {
    kind: 'answer',
    afterMs: 20,
    answer: { rcode: answered, truncated: false, authoritative: true, recursionAvailable: true, records: [], edns: false, sizeBytes: 40 },
  };
}
