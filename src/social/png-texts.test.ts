import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { pngFacts, withTexts } from './png-texts.ts';

let png: Buffer;
beforeAll(async () => {
  png = await sharp({ create: { width: 3, height: 2, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
});

describe('texts in a PNG', () => {
  test('come back as they went in, whatever their signs', () => {
    const texts = { Description: 'A lab: “PV/PVC”, 1 → 2 …', 'Drawn-From': '0123456789abcdef', Empty: '' };
    expect(pngFacts(withTexts(png, texts))).toMatchObject({ width: 3, height: 2, texts });
  });

  test('leave a picture that others can read', async () => {
    const { info } = await sharp(withTexts(png, { Description: 'x' }), { failOn: 'warning' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([3, 2]);
  });

  test('need a PNG', () => {
    expect(() => pngFacts(Buffer.from('no'))).toThrow('no PNG');
    expect(() => withTexts(png.subarray(0, 8), {})).toThrow('no end');
  });
});
