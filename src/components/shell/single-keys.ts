// The switch for shortcuts that are a single sign, on the page of keys. Labs and the search read what it keeps.
import { settingKey } from '../../reader/settings.ts';
import { keepText, textOf } from '../../reader/storage.ts';

const key = settingKey('keys');
const box = document.querySelector<HTMLInputElement>('[data-single-keys]');
const status = document.querySelector('[data-single-keys-status]');

const show = (): void => {
  const isOn = textOf(key) !== 'off';
  if (box) box.checked = isOn;
  for (const row of document.querySelectorAll('[data-single]')) row.classList.toggle('off', !isOn);
};
box?.addEventListener('change', () => {
  keepText(key, box.checked ? 'on' : 'off');
  show();
  if (status) status.textContent = box.checked ? 'Single keys work again.' : 'Single keys are off. They do nothing now, in labs and for the search.';
});
addEventListener('storage', show);
addEventListener('pageshow', show);
show();
