// Starts the dashboard.

import { render } from 'preact';

const root = document.getElementById('app');
if (root) {
  root.textContent = '';
  render(<main class="notice">督导看板</main>, root);
}
