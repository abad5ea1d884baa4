import type { ContainerObject } from '../api/cluster-kinds.ts';
import { keyHash } from '../key-hash.ts';
import type { Json } from '../patch/json.ts';

/** An image's name in full, as the container runtime resolves it: `docker.io/library/nginx:1.27`. Models distribution/reference ParseDockerRef. */
export function imageReference(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const hasHost = rest.length > 0 && (/[.:]/u.test(first) || first === 'localhost');
  const path = hasHost ? image : rest.length > 0 ? `docker.io/${image}` : `docker.io/library/${image}`;
  const last = path.slice(path.lastIndexOf('/'));
  return /[:@]/u.test(last) ? path : `${path}:latest`;
}

/** When an image is pulled, if nobody says: always for `latest` and no tag at all. Models pkg/apis/core/v1/defaults.go SetDefaults_Container. */
export function pullPolicy({ image = '', imagePullPolicy }: ContainerObject): string {
  if (typeof imagePullPolicy === 'string' && imagePullPolicy !== '') return imagePullPolicy;
  return imageReference(image).endsWith(':latest') ? 'Always' : 'IfNotPresent';
}

/** How long an image takes to come over the network: 1 to 3 s, from its name alone. An image that is there already is only looked up again. */
export function pullMs(image: string, isPresent: boolean): number {
  return isPresent ? 340 : 1000 + (keyHash(imageReference(image)) % 2000);
}

/** Size of an image in bytes, 4 to 200 MB, from its name alone. */
export function imageBytes(image: string): number {
  return 4_000_000 + (keyHash(`bytes of ${imageReference(image)}`) % 196_000_000);
}

/**
 * Why an image cannot be pulled, in the words of containerd 2.1; undefined if it can. The registry's answer is a fact of the world: `missing` (no such
 * name or tag), `denied`, or its own words. Models pkg/kubelet/cri-client remote_image.go (codes other than Unknown are kept).
 */
export function pullError(image: string, fact: Json | undefined): string | undefined {
  if (typeof fact !== 'string') return undefined;
  const reference = imageReference(image);
  const failed = `failed to pull and unpack image "${reference}": failed to resolve image: `;
  if (fact === 'denied')
    return `${failed}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
  return fact === 'missing' ? `rpc error: code = NotFound desc = ${failed}${reference}: not found` : failed + fact;
}

/** A time as Go prints a Duration, to the millisecond: `339ms`, `1.204s`, `1m1.2s`. */
export function durationText(durationMs: number): string {
  if (durationMs < 1000) return `${durationMs}ms`;
  const minutes = Math.floor(durationMs / 60_000);
  const seconds = (durationMs - minutes * 60_000) / 1000;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
