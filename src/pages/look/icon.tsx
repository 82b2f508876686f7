// The few line icons of the pages, drawn here so that no icon font is loaded. Always beside a word or a label.

const PATHS = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  photo: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.3M18 14.5c2 .7 3.2 2.6 3.5 5.5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  stop: 'M7 7h10v10H7z',
  warning: 'M12 4.5L21 19.5H3zM12 10v4.5M12 17v.2',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2',
  board: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  letter: 'M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5',
  send: 'M20.5 3.5L3.5 10.5l7 3 3 7zM10.5 13.5l10-10',
  down: 'M6 9.5l6 6 6-6',
  quote: 'M9.5 6.5L4.5 11.5l5 5M5 11.5h8.5a6 6 0 0 1 6 6',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
