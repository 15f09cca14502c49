import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { IntlProvider } from 'use-intl';
import { expect, test } from 'vitest';
import { en } from '../../messages/en.ts';
import { parseWeight } from '../inspector/parse.ts';
import { ParsedField } from './parsed-field.tsx';
import { UnreadableFields, useUnreadableCount } from './unreadable.tsx';

function Unreadable() {
  return <output>{useUnreadableCount()}</output>;
}

/** A weight that a person types and another hand may set. */
function Weight({ onChange }: { onChange: (weight: number) => void }) {
  const [weight, setWeight] = useState(1);
  return (
    <IntlProvider locale="en" messages={en}>
      <UnreadableFields>
        <ParsedField
          label="Weight"
          value={weight}
          format={String}
          parse={parseWeight}
          wrong="Not a weight."
          onChange={(next) => {
            setWeight(next);
            onChange(next);
          }}
        />
        <button type="button" onClick={() => setWeight(9)}>
          Undo
        </button>
        <Unreadable />
      </UnreadableFields>
    </IntlProvider>
  );
}

function open() {
  const changes: number[] = [];
  const { unmount } = render(<Weight onChange={(weight) => changes.push(weight)} />);
  const field = screen.getByLabelText('Weight');
  const type = (value: string) => fireEvent.change(field, { target: { value } });
  return { changes, unmount, field, type };
}

test('what can be read is passed on at once; the rest stays, is marked, and is counted', () => {
  const { changes, unmount, field, type } = open();
  type('6');
  type('6x');

  expect(changes).toEqual([6]);
  expect(field).toHaveProperty('value', '6x');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.querySelector('output')?.textContent).toBe('1');
  expect(screen.getByText('Not a weight.')).toBeDefined();
  unmount();
});

test('a value that changes elsewhere replaces what was typed', () => {
  const { unmount, field, type } = open();
  type('x');
  fireEvent.click(screen.getByText('Undo'));

  expect(field).toHaveProperty('value', '9');
  expect(document.querySelector('output')?.textContent).toBe('0');
  unmount();
});
