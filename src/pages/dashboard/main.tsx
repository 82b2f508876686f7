// Starts the dashboard: figures, lists and charts of a campaign, for whoever supervises it.

import { render } from 'preact';
import { App } from './app.tsx';
import { begin, follow } from './state.ts';
import { language, speak } from './texts.ts';

const root = document.getElementById('app');
if (root) {
  root.textContent = '';
  speak(language.value);
  render(<App />, root);
  follow();
  void begin();
}
