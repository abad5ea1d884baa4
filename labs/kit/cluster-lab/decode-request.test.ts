import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/patch/json.ts';
import type { RequestedObject } from '../../engine/store/stored-object.ts';
import { allTables } from '../../reading/all-tables.ts';
import { fieldTables, knownKinds } from '../../reading/fields-tables.ts';
import { metaTypes } from '../../reading/tables/meta.ts';
import { requestDecoder } from './decode-request.ts';

const strict = requestDecoder(allTables);
const lenient = requestDecoder(allTables, 'Ignore');
const deployment = (spec: JsonObject): RequestedObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec });
const start = 'Deployment in version "v1" cannot be handled as a Deployment: ';

describe('the object of a request', () => {
  test('is given as it is written again', () => {
    const object = deployment({ replicas: 0, paused: false, template: { spec: { containers: [{ name: 'c', resources: { limits: { cpu: 0.5 } } }] } } });
    const spec = { replicas: 0, template: { spec: { containers: [{ name: 'c', resources: { limits: { cpu: '500m' } } }] } } };
    expect(strict(object)).toEqual({ ok: true, object: deployment(spec) });
  });

  test.each([
    ['a wrong type', { replicas: '3' }, 'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'],
    ['no quantity', { template: { spec: { overhead: { cpu: 'x' } } } }, 'quantities must match the regular expression'],
    ['unknown fields', { replica: 3, template: { sepc: {} } }, 'strict decoding error: unknown field "spec.replica", unknown field "spec.template.sepc"'],
  ])('with %s is a bad request', (_, spec, message) => {
    const decoded = strict(deployment(spec));
    expect(decoded).toMatchObject({ ok: false, error: { code: 400, reason: 'BadRequest' } });
    expect(decoded.ok ? '' : decoded.error.message).toContain(`${start}${message}`);
  });

  test('loses unknown fields where they do not matter, but keeps its types', () => {
    expect(lenient(deployment({ replica: 3, replicas: 2 }))).toEqual({ ok: true, object: deployment({ replicas: 2 }) });
    expect(lenient(deployment({ replica: 3, replicas: '2' })).ok).toBe(false);
  });

  test('of a kind without fields passes as it is', () => {
    const custom: RequestedObject = { apiVersion: 'example.com/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { replicas: '3' } };
    expect(strict(custom)).toEqual({ ok: true, object: custom });
    const unloaded = deployment({ replicas: '3' });
    expect(requestDecoder(fieldTables([metaTypes]))(unloaded)).toEqual({ ok: true, object: unloaded });
  });

  test('never makes it throw', () => {
    const object = fc.tuple(fc.constantFrom(...knownKinds()), fc.dictionary(fc.constantFrom('spec', 'status', 'data', '__proto__', 'x'), fc.jsonValue()));
    fc.assert(
      fc.property(object, ([{ apiVersion, kind }, rest]) => {
        for (const decode of [strict, lenient]) {
          const decoded = decode({ ...rest, apiVersion, kind, metadata: { name: 'a' } });
          if (decoded.ok) expect(decode(decoded.object)).toEqual(decoded);
          else expect(decoded.error.message).toContain(`cannot be handled as a ${kind}: `);
        }
      }),
    );
  });
});
