import { beforeAll, describe, expect, test } from 'vitest';
import { loadLabs, type PlayableLab } from './labs.ts';
import { playSolutions, type PlayedScenario } from './solution.ts';

let lab: PlayableLab;
beforeAll(async () => {
  lab = (await loadLabs(['dns-search'])).get('dns-search')!;
});

const pod = (ndots: number): string => `apiVersion: v1
kind: Pod
metadata:
  name: billing
  namespace: finance
spec:
  dnsConfig:
    options: [{ name: ndots, value: '${ndots}' }]
  containers:
    - name: app
      image: registry.example/billing:2.2-alpine
---
apiVersion: v1
kind: Service
metadata:
  name: orders
  namespace: sales
spec:
  clusterIP: 10.96.61.5
  ports: [{ port: 80 }]
`;

const scenario: PlayedScenario = {
  id: 'two-dots',
  seed: 1,
  texts: { cluster: pod(1), resolvConf: '', network: '', lookup: 'name: orders.sales\nlibrary: musl 1.2.5\nfamily: A and AAAA\n' },
  goals: [{ text: 'it is found', goal: { finally: 'found-with-musl' } }],
  solutions: [
    { title: 'Edit', moves: [{ replace: { part: 'cluster', from: "'1'", to: "'2'" } }, { run: 'to the end' }] },
    { title: 'Ask', moves: [{ act: { type: 'ask', name: 'orders.sales.svc.cluster.local' } as { type: string } }, { run: 'to the end' }] },
  ],
};

describe('a solution', () => {
  test('is told step by step, as the lab plays it, with the reason why it is done', () => {
    const [edit, ask] = playSolutions(lab, scenario);
    expect(edit).toMatchObject({
      title: 'Edit',
      goals: [{ text: 'it is found', verdict: 'met', because: expect.stringContaining('gets 10.96.61.5') as string }],
    });
    expect(edit?.steps[0]).toMatchObject({ kind: 'edit', part: 'Objects' });
    const changed = edit?.steps[0]?.kind === 'edit' ? edit.steps[0].lines.filter(({ kind }) => kind === 'gone' || kind === 'new') : [];
    expect(changed).toEqual([
      { kind: 'gone', text: "    options: [{ name: ndots, value: '1' }]" },
      { kind: 'new', text: "    options: [{ name: ndots, value: '2' }]" },
    ]);
    expect(edit?.steps[1]).toMatchObject({ kind: 'wait', seen: expect.stringContaining('orders.sales is 10.96.61.5') as string });
    expect(ask?.steps[0]).toEqual({ kind: 'act', name: 'The program asks for: orders.sales.svc.cluster.local' });
  });

  test('says how long to wait', () => {
    const edit = { replace: { part: 'cluster', from: "'1'", to: "'2'" } };
    const moves = [{ run: { steps: 1 } }, { run: { steps: 2 } }, { run: { ms: 1500 } }, edit, { run: 'to the end' as const }];
    const [told] = playSolutions(lab, { ...scenario, solutions: [{ title: 'Wait', moves }] });
    expect(told?.steps.flatMap((step) => (step.kind === 'wait' ? [step.words] : []))).toEqual([
      'Step once',
      'Step 2 times',
      'Let 1.5 s pass',
      'Let it run until nothing more happens',
    ]);
  });

  test.each([
    ['waits to the end', { run: 'to the end' }],
    ['stops before it is decided', { run: { steps: 1 } }],
  ] as const)('that %s without meeting its goals is not printed', (_, move) => {
    const failing = { ...scenario, solutions: [{ title: 'Wait', moves: [move] }] };
    expect(() => playSolutions(lab, failing)).toThrow('two-dots: “Wait” does not meet its goals.');
  });

  test('that cannot be played says where', () => {
    const stray = { ...scenario, solutions: [{ title: 'Stray', moves: [{ replace: { part: 'cluster', from: 'nowhere', to: '' } }] }] };
    expect(() => playSolutions(lab, stray)).toThrow('two-dots, “Stray”: the part cluster does not contain "nowhere"');
  });
});

test('a lab that is not there is named', async () => {
  await expect(loadLabs(['no-such-lab'])).rejects.toThrow('The book plays the solutions of the lab no-such-lab, and there is no labs/no-such-lab/lab.ts.');
});
