import {
  addQuantities,
  approximateNumber,
  compareQuantities,
  milliValue,
  parseQuantity,
  quantityText,
  quantityValue,
  subtractQuantities,
  type Quantity,
} from '../../labs/reading/quantity.ts';
import type { ComparedCase } from './comparator.ts';

export interface RecordedQuantities {
  readonly parse?: readonly { readonly in: string }[];
  readonly arithmetic?: readonly { readonly a: string; readonly b: string }[];
}

function parsed(text: string): Record<string, unknown> {
  const result = parseQuantity(text);
  if (!result.ok) return { error: result.message };
  const { quantity } = result;
  const sign = Math.sign(Number(quantity.digits));
  return {
    canonical: quantityText(quantity),
    format: quantity.format,
    value: String(quantityValue(quantity)),
    milliValue: String(milliValue(quantity)),
    float: approximateNumber(quantity),
    isZero: sign === 0,
    sign,
  };
}

function quantityOf(text: string): Quantity {
  const result = parseQuantity(text);
  if (!result.ok) throw new Error(`${text}: ${result.message}`);
  return result.quantity;
}

function computed(one: Quantity, other: Quantity): Record<string, unknown> {
  const cmp = compareQuantities(one, other);
  return { cmp, equal: cmp === 0, sum: quantityText(addQuantities(one, other)), diff: quantityText(subtractQuantities(one, other)) };
}

/** The table `quantity`. */
export function comparedQuantities({ parse = [], arithmetic = [] }: RecordedQuantities): readonly ComparedCase[] {
  return [
    ...parse.map((expected, index) => ({ id: `quantity/parse/${index + 1}`, subject: 'quantity', expected, got: parsed(expected.in) })),
    ...arithmetic.map((expected, index) => ({
      id: `quantity/arithmetic/${index + 1}`,
      subject: 'quantity',
      expected,
      got: computed(quantityOf(expected.a), quantityOf(expected.b)),
    })),
  ];
}
