import type { IpFamily, Service } from '../../api/types.ts';
import { serviceFamilies } from '../endpoint-slices.ts';
import { keyHash } from '../../key-hash.ts';

// 10.96.1.0 to 10.96.255.255 of kubeadm's range 10.96.0.0/12: the API server too leaves the first addresses to those who ask for one by name.
const firstOffset = 256;
const offsets = 65_536 - firstOffset;

function spell(family: IpFamily, offset: number): string {
  return family === 'IPv4' ? `10.96.${String(offset >> 8)}.${String(offset & 255)}` : `fd00:10:96::${offset.toString(16)}`;
}

function families(service: Service): readonly IpFamily[] {
  const known = serviceFamilies(service);
  const { ipFamilyPolicy } = service.spec;
  if (known.length > 1 || ipFamilyPolicy === undefined || ipFamilyPolicy === 'SingleStack')
    return known.slice(0, Math.max(1, service.spec.ipFamilies?.length ?? 1));
  return known[0] === 'IPv6' ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6'];
}

/**
 * Gives every Service that needs one and has none its ClusterIPs, as the API server does when it stores the object; those that have one, headless
 * and ExternalName Services stay as they are. The address comes from a hash of namespace and name instead of chance. At most 65,280 Services.
 */
export function withClusterAddresses(services: readonly Service[]): readonly Service[] {
  const taken = new Set(services.flatMap((service) => [service.spec.clusterIP ?? '', ...(service.spec.clusterIPs ?? [])]));
  const allocate = (key: string, family: IpFamily): string => {
    const start = keyHash(key) % offsets;
    for (let step = 0; step < offsets; step += 1) {
      const address = spell(family, firstOffset + ((start + step) % offsets));
      if (taken.has(address)) continue;
      taken.add(address);
      return address;
    }
    return 'None';
  };
  return services.map((service) => {
    const { type, clusterIP, clusterIPs } = service.spec;
    if (type === 'ExternalName' || (clusterIP !== undefined && clusterIP !== '') || (clusterIPs !== undefined && clusterIPs.length > 0)) return service;
    const key = `${service.metadata.namespace ?? 'default'}/${service.metadata.name}`;
    const addresses = families(service).map((family) => allocate(key, family));
    const [first = 'None'] = addresses;
    return { ...service, spec: { ...service.spec, clusterIP: first, clusterIPs: addresses } };
  });
}
