// Starts the pack page: the office edits the campaign's texts, items, dates and slots, and sees the cards change beside it.

import { render } from 'preact';
import { App } from './app.tsx';
import { begin } from './state.ts';
import { language, speak } from './texts.ts';

const root = document.getElementById('app');
if (root) {
  root.textContent = '';
  speak(language.value);
  render(<App />, root);
  void begin();
}
