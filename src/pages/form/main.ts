// What the form can do beyond being a form: keeps a draft on the phone, makes photos smaller before they travel, and sends
// again by itself when the network comes back. Without it the form is sent as any form is.
interface Draft {
  readonly submission: string;
  readonly values: readonly (readonly [string, string])[];
  /** Made smaller, as data URLs. */
  readonly shots: readonly string[];
  /** The button that was pressed and did not get through. */
  readonly pressed: string | null;
}

const LONGEST_SIDE_PX = 1600;
const JPEG_QUALITY = 0.8;
const MOST_SHOTS = 6;
const RETRY_MS = 15_000;
const key = `dudao-form:${location.pathname}`;

let shots: string[] = [];
let pressed: string | null = null;
let sending = false;

const form = (): HTMLFormElement | null => document.querySelector('form');
const says = (name: string): string => form()?.getAttribute(`data-${name}`) ?? '';

const say = (text: string): void => {
  const said = document.querySelector('.said');
  if (said) said.textContent = text;
};

const readDraft = (): Draft | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
};

/** A phone without room for the photos keeps the answers. */
const keepDraft = (): void => {
  const now = form();
  if (!now) return;
  const values: [string, string][] = [];
  new FormData(now).forEach((value, name) => {
    if (typeof value === 'string' && name !== 'submission') values.push([name, value]);
  });
  const submission = (now.elements.namedItem('submission') as HTMLInputElement).value;
  const draft: Draft = { submission, values, shots, pressed };
  for (const kept of [draft, { ...draft, shots: [] }]) {
    try {
      localStorage.setItem(key, JSON.stringify(kept));
      const note = document.querySelector('.kept');
      if (note) note.textContent = ` ${says('kept')}`;
      return;
    } catch {
      // Full, or switched off: the next one is smaller, or the form stays without a draft.
    }
  }
};

const dropDraft = (): void => {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was none.
  }
};

const fill = (now: HTMLFormElement, { submission, values }: Draft): void => {
  (now.elements.namedItem('submission') as HTMLInputElement).value = submission;
  for (const [name, value] of values) {
    for (const control of Array.from(now.querySelectorAll<HTMLInputElement>(`[name="${name}"]`))) {
      if (control.type === 'checkbox' || control.type === 'radio') control.checked ||= control.value === value;
      else control.value = value;
    }
  }
};

const showShots = (): void => {
  const list = document.querySelector('.shots');
  if (!list) return;
  list.textContent = '';
  shots.forEach((url, at) => {
    const item = document.createElement('li');
    const image = document.createElement('img');
    image.src = url;
    image.alt = '';
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.className = 'remove';
    remove.textContent = '×';
    remove.setAttribute('aria-label', `${says('remove')} ${at + 1}`);
    remove.onclick = () => {
      shots.splice(at, 1);
      showShots();
      keepDraft();
    };
    item.appendChild(image);
    item.appendChild(remove);
    list.appendChild(item);
  });
};

const shrink = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const url = URL.createObjectURL(file);
    const image = new Image();
    image.onerror = () => reject(new Error('not a picture'));
    image.onload = () => {
      const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(image.naturalWidth * scale);
      canvas.height = Math.round(image.naturalHeight * scale);
      canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      resolve(canvas.toDataURL('image/jpeg', JPEG_QUALITY));
    };
    image.src = url;
  });

const takeShots = async (input: HTMLInputElement): Promise<void> => {
  const files = Array.from(input.files ?? []);
  input.value = '';
  say('');
  for (const file of files) {
    if (shots.length >= MOST_SHOTS) {
      say(says('most'));
      break;
    }
    try {
      shots.push(await shrink(file));
    } catch {
      say(`${file.name}：${says('unread')}`);
    }
  }
  showShots();
  keepDraft();
};

const blobOf = (url: string): Blob => {
  const bytes = atob(url.split(',')[1] ?? '');
  const array = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) array[i] = bytes.charCodeAt(i);
  return new Blob([array], { type: 'image/jpeg' });
};

const send = async (action: string): Promise<void> => {
  const now = form();
  if (!now || sending) return;
  sending = true;
  pressed = action;
  keepDraft();
  const body = new FormData(now);
  body.delete('photos');
  body.append('action', action);
  for (const url of shots) body.append('photos', blobOf(url), 'photo.jpg');
  say(says('sending'));
  try {
    const answer = await fetch(location.pathname, { method: 'POST', body });
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status >= 500) throw new Error(`HTTP ${answer.status}`);
    if (type.indexOf('text/html') < 0) {
      // Refused before the form was looked at: the same again would be refused again.
      pressed = null;
      keepDraft();
      say(says('refused'));
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const main = document.querySelector('main');
    const next = page.querySelector('main');
    if (main && next) main.innerHTML = next.innerHTML;
    pressed = null;
    if (form()) {
      begin(null);
      // Answered: a later visit must not send this try again.
      keepDraft();
    } else {
      dropDraft();
      window.scrollTo(0, 0);
    }
  } catch {
    say(says('offline'));
    // A weak network never says that it is back.
    setTimeout(sendAgain, RETRY_MS);
  } finally {
    sending = false;
  }
};

/** What was pressed and did not get through; sent twice it is one, by the name of its filling. */
const sendAgain = (): void => {
  if (pressed !== null && form()) void send(pressed);
};

/** Takes a form over, with the draft that this phone kept of it. */
const begin = (draft: Draft | null): void => {
  const now = form();
  if (!now) {
    dropDraft();
    return;
  }
  if (draft) {
    fill(now, draft);
    shots = draft.shots.slice();
    pressed = draft.pressed;
  }
  showShots();
  let button = '';
  now.addEventListener('click', (event) => {
    const { target } = event;
    if (target instanceof HTMLButtonElement && target.name === 'action') button = target.value;
  });
  now.addEventListener('submit', (event) => {
    event.preventDefault();
    // Enter in a line of text presses the button that means nothing.
    if (button !== '') void send(button);
  });
  now.addEventListener('input', keepDraft);
  now.addEventListener('change', (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.type === 'file') void takeShots(target);
    else keepDraft();
  });
};

window.addEventListener('online', sendAgain);

begin(readDraft());
// The page is here, so the network is.
sendAgain();
