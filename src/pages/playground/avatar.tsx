// A person's square with the last two characters of the name, as work chats draw it, or the service's own mark.

const TONES = 6;

const toneOf = (id: string): number => {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return sum % TONES;
};

interface AvatarProps {
  /** Null for the service itself. */
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly small?: boolean;
}

export const Avatar = ({ person, small }: AvatarProps) => (
  <span
    class={`avatar ${small ? 'avatar-small' : ''} ${person ? `tone-${toneOf(person.id)}` : 'avatar-bot'}`}
    aria-hidden="true"
  >
    {person ? Array.from(person.name).slice(-2).join('') : '督导'}
  </span>
);
