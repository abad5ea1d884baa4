import type { SchedulerPlugin } from '../plugin.ts';
import type { NodeInfo } from '../node-info.ts';

const mebibyte = 1024 * 1024;
/** Less than this on a node is not worth a point; so much for each container is worth 100. */
const leastBytes = 23 * mebibyte;
const mostBytesForContainer = 1000 * mebibyte;

/** An image without tag means `:latest`. Models plugins/imagelocality normalizedImageName. */
const fullName = (image: string): string => (image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image);

function sizeOn({ node }: NodeInfo, image: string): number | undefined {
  return node.status?.images?.find(({ names = [] }) => names.includes(image))?.sizeBytes;
}

/** Favours nodes that have the pod's images already; an image counts more if more nodes have it, so that not one node gets all. Models plugins/imagelocality. */
export const imageLocality: SchedulerPlugin = {
  name: 'ImageLocality',
  scorer: ({ pod, snapshot: { infos } }) => {
    const images = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ image = '' }) => fullName(image));
    const spreads = images.map((image) => infos.filter((info) => sizeOn(info, image) !== undefined).length / infos.length);
    const mostBytes = mostBytesForContainer * images.length;
    return {
      score: (info) => {
        const bytes = images.reduce((total, image, index) => total + Math.trunc((sizeOn(info, image) ?? 0) * (spreads[index] ?? 0)), 0);
        const counted = Math.min(Math.max(bytes, leastBytes), mostBytes);
        return Math.trunc((100 * (counted - leastBytes)) / (mostBytes - leastBytes));
      },
    };
  },
};
