import { compareQuantities, parseQuantity, quantityText, type Quantity } from '../../reading/quantity.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../api/cluster-kinds.ts';

const zero: Quantity = { digits: '0', exponent: 0, format: 'BinarySI' };
/** By the object, which never changes. */
const sizes = new WeakMap<object, Quantity>();

function sizeOf(of: object, text: string | undefined): Quantity {
  const known = sizes.get(of);
  if (known !== undefined) return known;
  const parsed = parseQuantity(text ?? '0');
  const size = parsed.ok ? parsed.quantity : zero;
  sizes.set(of, size);
  return size;
}

/** How much a volume holds. */
export function capacityOf({ spec }: PersistentVolume): Quantity {
  return sizeOf(spec.capacity, spec.capacity.storage);
}

/** How much a claim asks for. */
export function requestOf({ spec }: PersistentVolumeClaim): Quantity {
  return sizeOf(spec.resources.requests, spec.resources.requests.storage);
}

/** Sorts the smallest first. */
export const bySize = compareQuantities;

/** A size as the API writes it. */
export const sizeText = quantityText;
