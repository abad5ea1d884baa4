import { expect, test } from 'vitest';
import { chapterLink, labLink, type KnownChapter, type Places } from './places.ts';

const part = { slug: 'networking', title: 'Networking', number: 5 };
const dns: KnownChapter = { slug: 'dns', title: 'DNS', part, sections: [{ id: 'records', title: 'Records' }], anchors: ['records', 'srv'] };
const services: KnownChapter = { slug: 'services', title: 'Services', part, sections: [], anchors: undefined };
const places: Places = { chapters: [dns, services], labs: [{ id: 'dns-search', title: 'Search', scenarios: [{ id: 'ent', title: 'Ent' }] }] };

test.each([
  ['a written chapter', 'dns', { path: '/dns/', section: undefined }],
  ['a section of it', 'dns#records', { path: '/dns/#records', section: 'Records' }],
  ['a heading below a section', 'dns#srv', { path: '/dns/#srv', section: undefined }],
  ['a chapter that is not written', 'services', { path: undefined, section: undefined }],
])('%s is found', (_, place, link) => {
  expect(chapterLink(place, places, 'here')).toMatchObject(link);
});

test('a lab and a scenario of it are found', () => {
  expect(labLink('dns-search', places, 'here')).toEqual({ title: 'Search', scenario: undefined, path: '/labs/dns-search/' });
  expect(labLink('dns-search#scenario=ent', places, 'here')).toEqual({ title: 'Search', scenario: 'Ent', path: '/labs/dns-search/#scenario=ent' });
});

test.each([
  ['a chapter that is not on the map', () => chapterLink('dsn', places, 'x.yaml: "a"'), /^x\.yaml: "a", chapter: "dsn" is not on the map.*Nearest: dns/],
  ['a heading that is not there', () => chapterLink('dns#record', places, 'x.yaml: "a"'), /^x\.yaml: "a", chapter: \/dns\/ has no heading .*Nearest: records/],
  ['a heading of a chapter that is not written', () => chapterLink('services#a', places, 'x.yaml: "a"'), /not written yet/],
  ['a lab that is not there', () => labLink('dns-serch', places, 'x.yaml: "a"'), /^x\.yaml: "a", lab: there is no lab .*Nearest: dns-search/],
  ['a scenario that is not there', () => labLink('dns-search#scenario=end', places, 'x.yaml: "a"'), /"dns-search" has no scenario "end"\. Nearest: ent/],
])('%s stops the build', (_, read, message) => {
  expect(read).toThrow(message);
});
