import { expect, test } from 'vitest';
import { emptyStore } from '../store/store.ts';
import { write } from '../store/write.ts';
import { driverNamed } from './csi-driver.ts';

test('a driver is installed if the lab set it up, or if somebody made its CSIDriver object', () => {
  const disk = { name: 'disk.csi.example.com', canGrow: false };
  const object = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'own.csi.example.com' } };
  const made = write(emptyStore(), { verb: 'create', object, atMs: 0 });
  const store = made.ok ? made.store : emptyStore();
  expect(driverNamed([disk], store, 'disk.csi.example.com')).toBe(disk);
  expect(driverNamed([disk], store, 'own.csi.example.com')).toEqual({ name: 'own.csi.example.com' });
  expect(driverNamed([disk], store, 'none.csi.example.com')).toBeUndefined();
});
