import { describe, expect, test } from 'vitest';
import { kubectlFaults, shellWords } from './kubectl-line.ts';

describe('kubectlFaults', () => {
  test.each([
    'kubectl -n kube-system get deployment coredns',
    "kubectl get pod web -o jsonpath='{.spec.dnsPolicy}'",
    'kubectl get endpointslices -l kubernetes.io/service-name=db',
    'kubectl -n shop exec web -- dig +search web.dns-b',
    'kubectl -n dns-b create deployment web --image=registry.example/web:1 -- /agnhost netexec',
    'kubectl wait --for=condition=Ready pod/shell',
    'kubectl -n kube-system logs -l k8s-app=kube-dns --tail=20 | grep NXDOMAIN',
    'kubectl get pods,services -A',
    'kubectl rollout restart deployment/coredns',
  ])('accepts %s', (line) => {
    expect(kubectlFaults(line)).toEqual([]);
  });

  test.each([
    ['kubectl gett pods', '"gett" is no verb'],
    ['kubectl get pdos', '"pdos" is no resource'],
    ['kubectl run web --image=x --replicas=3', 'no flag "--replicas"'],
    ['kubectl exec web cat /etc/resolv.conf', 'needs "--"'],
    ['kubectl get pods -n', '"-n" needs a value'],
    ['kubectl create deploymnt web', '"kubectl create deploymnt" does not exist'],
    ['kubectl describe pod web -- ls', 'takes no command'],
    ['kubectl delete deployments/web pdos/x', '"pdos" is no resource'],
    ['helm list', 'does not start with kubectl'],
  ])('refuses %s', (line, fault) => {
    expect(kubectlFaults(line).join('; ')).toContain(fault);
  });
});

test('shellWords keeps quoted words together and stops at a pipe', () => {
  expect(shellWords(`kubectl get pod -o jsonpath='{.a b}' "x y" | grep z`)).toEqual(['kubectl', 'get', 'pod', '-o', 'jsonpath={.a b}', 'x y']);
});
