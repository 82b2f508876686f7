// A person in a list, to be chosen: square, name, what they do, and whether one acts as them now.

import { Avatar } from './avatar.tsx';
import { texts } from './texts.ts';

interface PersonRowProps {
  readonly person: { readonly id: string; readonly name: string };
  readonly sub: string | null;
  readonly current: boolean;
  readonly onChoose: () => void;
}

export const PersonRow = ({ person, sub, current, onChoose }: PersonRowProps) => (
  <li>
    <button type="button" class="chat-row" aria-current={current || undefined} onClick={onChoose}>
      <Avatar person={person} />
      <span class="row-text">
        <span class="row-title">{person.name}</span>
        <span class="row-sub">{sub}</span>
      </span>
      {current && <span class="tag">{texts.actAs.now}</span>}
    </button>
  </li>
);
