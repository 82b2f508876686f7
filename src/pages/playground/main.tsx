// Starts the playground page: a work chat in which a visitor can act as anybody and move the clock.

import { render } from 'preact';
import { begin } from './actions.ts';
import { App } from './app.tsx';
import { timer } from './state.ts';

const CLOCK_TICK_MS = 5_000;

const root = document.getElementById('app');
if (root) {
  root.textContent = '';
  render(<App />, root);
  setInterval(() => {
    timer.value = performance.now();
  }, CLOCK_TICK_MS);
  void begin();
}
