import { describe, expect, test } from 'vitest';
import { commandName } from './command-name.ts';
import { byName, groupBy, letterOf, neighbours } from './groups.ts';
import { filledLists } from './lists.ts';
import { nearestIds } from './nearest-ids.ts';
import { termsIn } from './terms-in.ts';

test('groups keep the order of their entries', () => {
  const groups = groupBy(['b1', 'a1', 'b2'], (each) => ({ id: each.charAt(0), title: each.charAt(0).toUpperCase() }));
  expect(groups).toEqual([
    { id: 'b', title: 'B', entries: ['b1', 'b2'] },
    { id: 'a', title: 'A', entries: ['a1'] },
  ]);
});

test('capitals, dots and hyphens do not count in an alphabet', () => {
  expect(byName(['kubelet', 'kube-proxy', 'Job', 'kubeadm', '.spec'], (each) => each)).toEqual(['Job', 'kubeadm', 'kubelet', 'kube-proxy', '.spec']);
});

test.each([
  ['Pod', 'letter-p'],
  ['.spec', 'letter-s'],
  ['137', 'digits'],
])('%s stands under %s', (name, id) => {
  expect(letterOf(name).id).toBe(id);
});

test('the ends of a list have one neighbour', () => {
  const entries = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  expect(neighbours(entries, 'b')).toEqual({ before: { id: 'a' }, after: { id: 'c' } });
  expect(neighbours(entries, 'a')).toEqual({ before: undefined, after: { id: 'b' } });
  expect(neighbours(entries, 'c')).toEqual({ before: { id: 'b' }, after: undefined });
});

test.each([
  ['kubectl-auth-can-i', 'kubectl auth can-i list pods', 'kubectl auth can-i'],
  ['kubectl-rollout-undo', 'kubectl rollout undo deployment/web', 'kubectl rollout undo'],
  ['kubectl-logs-previous', 'kubectl logs web-0 --previous', 'kubectl logs --previous'],
  ['kubectl-debug-node', 'kubectl debug node/worker-1 -it --image=busybox', 'kubectl debug node'],
  ['kubectl-get-jsonpath', "kubectl get pods -o jsonpath='{.items}'", 'kubectl get -o jsonpath'],
  ['etcdctl-snapshot-save', 'etcdctl --cacert=/etc/ca.crt snapshot save etcd.db', 'etcdctl snapshot save'],
  ['openssl-s-client', 'openssl s_client -connect web:443', 'openssl s_client'],
  ['conntrack-list', 'conntrack -L -d 10.96.0.1', 'conntrack -L -d 10.96.0.1'],
  ['etcdctl-keys', `etcdctl --cacert=${'x'.repeat(60)} get /`, 'etcdctl keys'],
])('%s is called by its words', (id, line, name) => {
  expect(commandName({ id, line })).toBe(name);
});

test('an empty list is not linked', () => {
  expect(filledLists({ terms: [], commands: [], errors: [], beliefs: [] })).toEqual([]);
});

describe('nearestIds', () => {
  test.each([
    ['endpointslice', ['endpoints', 'endpoint-slice', 'pod'], 'Nearest: endpoint-slice, endpoints, pod.'],
    ['taints', ['cordon', 'taint'], 'Nearest: taint, cordon.'],
    ['any', [], 'There are none.'],
  ])('%s', (asked, ids, wanted) => {
    expect(nearestIds(asked, ids)).toBe(wanted);
  });
});

test('terms in a text are found, each once', () => {
  expect(termsIn('A <Term id="pod">pod</Term>, <Term\n  id="node" />, <Term id="pod" /> and <Lab id="x" />')).toEqual(['pod', 'node']);
});
