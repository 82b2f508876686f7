// Who is in the open chat, and what they do there. Choosing one takes that person's place without leaving the chat.

import { become } from './act-as.tsx';
import type { Member, Person } from './model.ts';
import { PersonRow } from './person-row.tsx';
import { actor, openChat } from './state.ts';
import { texts } from './texts.ts';

export const MemberList = () => {
  const chat = openChat.value;
  if (!chat) return null;
  return (
    <div class="panel-list">
      <p class="panel-label">{texts.conversation.actAsMember(chat.members.length)}</p>
      <ul>
        {chat.members.map((member) => (
          <PersonRow
            key={member.id}
            person={member}
            sub={member.roles.map(roleLabel).join('，')}
            current={member.id === actor.value?.id}
            onChoose={() => become(asPerson(member))}
          />
        ))}
      </ul>
    </div>
  );
};

const roleLabel = (role: string): string => texts.roles[role] ?? role;

const asPerson = ({ id, name, roles }: Member): Person => ({
  id,
  name,
  roles: roles.map((role) => ({ role, label: roleLabel(role), scope: null })),
  title: null,
});
