import { describe, expect, test } from 'vitest';
import { waitSeconds } from './exchange.ts';

describe('how long glibc waits for each server', () => {
  test.each<readonly [number, number, readonly number[]]>([
    [5, 1, [5]],
    [5, 2, [5, 5]],
    [5, 3, [5, 3, 6]],
    [3, 3, [3, 2, 4]],
    [2, 3, [2, 1, 2]],
    [1, 1, [1]],
    [1, 2, [1, 1]],
    [1, 3, [1, 1, 1]],
    [0, 3, [1, 1, 1]],
    [-1, 2, [1, 1]],
    [30, 3, [30, 20, 40]],
  ])('timeout:%i with %i servers: %j seconds', (timeoutSeconds, count, expected) => {
    const servers = Array.from({ length: count }, () => '10.0.0.1');
    expect(servers.map((_, index) => waitSeconds({ timeoutSeconds, servers }, index))).toEqual(expected);
  });
});
