// Asks for the API token where the playground runs beside real platforms. The token stays in this page's memory.

import { useState } from 'preact/hooks';
import { enterToken } from './actions.ts';
import { start } from './state.ts';
import { texts } from './texts.ts';

export const TokenGate = () => {
  const [token, setToken] = useState('');
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (token.trim() !== '') void enterToken(token.trim());
  };
  return (
    <form class="notice" onSubmit={onSubmit}>
      <strong>{texts.token.title}</strong>
      <span>{texts.token.explain}</span>
      {token !== '' && start.value.is === 'failed' && <span role="alert">{start.value.why}</span>}
      <input
        class="input"
        type="password"
        autocomplete="off"
        aria-label={texts.token.label}
        placeholder={texts.token.label}
        value={token}
        onInput={(event) => setToken(event.currentTarget.value)}
      />
      <button type="submit" class="button button-primary">
        {texts.token.enter}
      </button>
    </form>
  );
};
