import type { JSX } from 'preact';
import type { Offer } from '../../../labs/lab.ts';
import { formatMs } from '../format.ts';
import { offersAt } from '../offers.ts';
import type { Act } from '../opaque.ts';
import { fieldDone, fieldTyped } from '../session-typing.ts';
import { idIn, type Control as Waiting, type PartProps } from './player.ts';

type OneOffer = Offer<Act>;
type OfferProps<Control extends OneOffer['control']> = PartProps & {
  readonly offer: Extract<OneOffer, { readonly control: Control }>;
  readonly isOpen: boolean;
};

/** Until the models are there, the control of the offer shows `value`. */
function showing(offer: string, value: string): Waiting {
  return { waiting: fieldTyped(offer, value), done: fieldDone(offer) };
}

/** All offers of one place, those of a group together. */
export function Offers({ session, player, place }: PartProps & { readonly place: OneOffer['place'] }): JSX.Element {
  const offers = offersAt(session.lab, session.history, place);
  const groups = [...new Set(offers.map(({ offer }) => offer.group))];
  return (
    <>
      {groups.map((group) => {
        const controls = offers
          .filter(({ offer }) => offer.group === group)
          .map(({ offer, isOpen }) => <Control key={offer.id} offer={offer} isOpen={isOpen} session={session} player={player} />);
        return group === undefined ? (
          controls
        ) : (
          <fieldset class="group" key={group}>
            <legend class="label">{group}</legend>
            <div class="offers">{controls}</div>
          </fieldset>
        );
      })}
    </>
  );
}

function Control({ offer, ...props }: PartProps & { readonly offer: OneOffer; readonly isOpen: boolean }): JSX.Element {
  switch (offer.control) {
    case 'button':
      return <ButtonOffer offer={offer} {...props} />;
    case 'choice':
      return <ChoiceOffer offer={offer} {...props} />;
    case 'text':
      return <TextOffer offer={offer} {...props} />;
    case 'range':
      return <RangeOffer offer={offer} {...props} />;
  }
}

function ButtonOffer({ offer, isOpen, player }: OfferProps<'button'>): JSX.Element {
  const { label, action } = offer;
  return (
    <button
      type="button"
      class="btn"
      aria-disabled={!isOpen}
      onClick={() => {
        player.act({ action, move: { act: action }, name: label });
      }}
    >
      {label}
    </button>
  );
}

function ChoiceOffer({ offer, isOpen, session, player }: OfferProps<'choice'>): JSX.Element {
  const choose = (value: string): void => {
    const option = offer.options.find((item) => item.value === value);
    if (!option) return;
    player.act({ action: option.action, move: { act: option.action }, name: `${offer.label}: ${option.label}`, key: offer.id }, showing(offer.id, value));
  };
  const chosen = session.fields[offer.id] ?? offer.value;
  const isShort = offer.options.length <= 3 && offer.options.reduce((length, { label }) => length + label.length, 0) <= 24;
  if (isShort) {
    return (
      <fieldset class="field">
        <legend class="label">{offer.label}</legend>
        <div class="chips">
          {offer.options.map(({ value, label }) => (
            <label class="chip">
              <input
                type="radio"
                name={idIn(session, offer.id)}
                value={value}
                checked={value === chosen}
                disabled={!isOpen}
                onChange={() => {
                  choose(value);
                }}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
    );
  }
  return (
    <label class="field">
      <span class="label">{offer.label}</span>
      <select
        class="input"
        value={chosen}
        disabled={!isOpen}
        onChange={({ currentTarget }) => {
          choose(currentTarget.value);
        }}
      >
        {offer.options.map(({ value, label }) => (
          <option value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function TextOffer({ offer, isOpen, session, player }: OfferProps<'text'>): JSX.Element {
  const value = session.fields[offer.id] ?? offer.value;
  const action = session.lab.readAction({ ...offer.action, [offer.field]: value });
  const refused = action === undefined || new TextEncoder().encode(value).length > offer.bytesMax;
  const ask = (): void => {
    if (refused) return;
    player.act({ action, move: { act: action }, name: `${offer.label}: ${value}`, key: offer.id }, showing(offer.id, value));
  };
  const note = idIn(session, `${offer.id}-refused`);
  return (
    <label class="field">
      <span class="label">{offer.label}</span>
      <input
        class="input"
        type="text"
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        value={value}
        disabled={!isOpen}
        aria-invalid={refused}
        {...(refused && { 'aria-describedby': note })}
        onInput={({ currentTarget }) => {
          player.set(fieldTyped(offer.id, currentTarget.value));
          player.foretell();
        }}
        onChange={ask}
      />
      {refused && (
        <span class="err" id={note}>
          This cannot be asked here.
        </span>
      )}
    </label>
  );
}

function RangeOffer({ offer, isOpen, session, player }: OfferProps<'range'>): JSX.Element {
  const { min, max, step, unit, label } = offer;
  const value = Number(session.fields[offer.id] ?? offer.value);
  const said = unit === 'ms' ? formatMs(value) : `${value} ${unit}`;
  return (
    <label class="field">
      <span class="label">
        {label}: <output>{said}</output>
      </span>
      <input
        class="slide"
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={!isOpen}
        aria-valuetext={said}
        onInput={({ currentTarget }) => {
          const action = { ...offer.action, [offer.field]: Number(currentTarget.value) };
          const deed = { action, move: { act: action }, name: `${label}: ${currentTarget.value} ${unit}`, key: offer.id };
          player.act(deed, showing(offer.id, currentTarget.value));
        }}
      />
    </label>
  );
}
