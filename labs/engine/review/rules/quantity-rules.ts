import { compareQuantities, parseQuantity, type Quantity } from '../../../reading/quantity.ts';
import type { Json } from '../../patch/json.ts';

const zero: Quantity = { digits: '0', exponent: 0, format: 'DecimalSI' };

/** A quantity of a decoded object; 0 if there is none. */
export function quantityOf(value: Json | undefined): Quantity {
  const parsed = parseQuantity(typeof value === 'string' ? value : '');
  return parsed.ok ? parsed.quantity : zero;
}

/** -1, 0 or 1: how two written quantities compare; none counts as 0. */
export function comparedAmounts(one: Json | undefined, other: Json | undefined): -1 | 0 | 1 {
  return compareQuantities(quantityOf(one), quantityOf(other));
}
