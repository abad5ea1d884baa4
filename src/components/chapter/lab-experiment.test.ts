import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labExperiment } from './lab-experiment.ts';

const text = readFileSync('content/05-networking/24-dns/manifests/ent.yaml', 'utf8');
const asked = { lab: 'dns-records', scenario: 'cluster-ip', part: undefined, text, file: 'ent.yaml' };

test('a manifest takes the place of the first part with objects, and other parts can be changed too', () => {
  const { lab, scenario, code } = labExperiment({ ...asked, also: { guess: 'ent.default.svc.cluster.local' } });
  expect([lab, scenario]).toEqual(['dns-records', 'cluster-ip']);
  expect(code).toMatch(/^cluster\/\d+\/[^/]+\/\{"guess":"ent\.default\.svc\.cluster\.local"\}$/);
  expect(labExperiment(asked).code.split('/')[2]).not.toBe(code.split('/')[2]);
});

test.each([
  ['a lab that is not there', { lab: 'dns-record' }, /no such lab.*dns-records/],
  ['a scenario that is not there', { scenario: 'cluster' }, /expected scenario=.*cluster-ip/],
  ['a part that is not there', { part: 'objects' }, /expected part=.*cluster/],
  ['another part that is not there', { also: { name: 'ent' } }, /also has "name"\. Expected parts of the lab: cluster, corefile, guess/],
  ['a manifest that the lab cannot read', { text: 'kind: Servce\n' }, /the lab cannot read it/],
])('%s stops the build', (_, wrong, message) => {
  expect(() => labExperiment({ ...asked, ...wrong })).toThrow(message);
});
