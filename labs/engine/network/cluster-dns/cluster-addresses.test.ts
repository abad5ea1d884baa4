import { describe, expect, test } from 'vitest';
import type { Service, ServiceSpec } from '../../api/types.ts';
import { withClusterAddresses } from './cluster-addresses.ts';

const service = (name: string, spec: ServiceSpec = {}): Service => ({ metadata: { name, namespace: 'default' }, spec });
const addresses = (...services: readonly Service[]): readonly unknown[] => withClusterAddresses(services).map(({ spec }) => spec.clusterIPs);

describe('ClusterIPs', () => {
  test('are given to Services without one, always the same, all different', () => {
    const many = Array.from({ length: 500 }, (_, index) => service(`s${String(index)}`));
    expect(addresses(...many)).toEqual(addresses(...many));
    expect(new Set(addresses(...many).map(String)).size).toBe(500);
    expect(withClusterAddresses(many)[0]?.spec.clusterIP).toMatch(/^10\.96\.\d+\.\d+$/u);
  });
  test('stay as they are where one is written, and for headless and ExternalName Services', () => {
    const written = [
      service('a', { clusterIP: '10.96.0.7' }),
      service('b', { clusterIP: 'None' }),
      service('c', { type: 'ExternalName', externalName: 'x.y' }),
    ];
    expect(withClusterAddresses(written)).toEqual(written);
  });
  test('come in both families for a dual-stack Service', () => {
    const [both] = withClusterAddresses([service('a', { ipFamilyPolicy: 'RequireDualStack' })]);
    expect(both?.spec.clusterIPs?.map((address) => (address.includes(':') ? 6 : 4))).toEqual([4, 6]);
  });
});
