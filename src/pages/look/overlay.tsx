// A panel above the page that keeps the keyboard inside, closes with Esc or a press beside it, and gives focus back.
// Written by hand because the old web views have neither <dialog> nor `inert`.

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex="0"]';

interface OverlayProps {
  readonly label: string;
  readonly closeLabel: string;
  readonly shape: 'drawer' | 'sheet';
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export const Overlay = ({ label, closeLabel, shape, onClose, children }: OverlayProps) => {
  const panel = useRef<HTMLDivElement>(null);

  // Before the first paint: a key pressed right after must already find its way here.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const first = panel.current?.querySelector<HTMLElement>('[data-first-focus]') ?? panel.current;
    first?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Tab' && panel.current) {
      keepInside(event, panel.current);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the veil only repeats what Esc and the close button do
    <div class="overlay" onClick={(event) => event.target === event.currentTarget && onClose()} onKeyDown={onKeyDown}>
      <div
        class={`overlay-panel overlay-${shape}`}
        role="dialog"
        aria-modal="true"
        aria-label={label}
        tabIndex={-1}
        ref={panel}
      >
        <div class="overlay-head">
          <h2>{label}</h2>
          <button type="button" class="icon-button" aria-label={closeLabel} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </div>
  );
};

const keepInside = (event: KeyboardEvent, panel: HTMLElement): void => {
  const stops = Array.from(panel.querySelectorAll<HTMLElement>(FOCUSABLE)).filter((stop) => stop.offsetParent !== null);
  const first = stops[0];
  const last = stops[stops.length - 1];
  const active = document.activeElement;
  if (event.shiftKey && (active === first || active === panel)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && active === last) {
    event.preventDefault();
    first?.focus();
  }
};
