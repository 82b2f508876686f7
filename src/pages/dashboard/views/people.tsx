// Who cannot be reached: names with what one needs to reach them another way.

import { api } from '../api.ts';
import { useList } from '../load.ts';
import { dotted, List, Mark, Row } from '../parts/list.tsx';
import { texts } from '../texts.ts';

export const PeopleView = () => {
  const t = texts.value;
  const asked = useList('people', (after) => api.people({ reachable: 'no' }, after));
  return (
    <>
      <h1 class="place-title">{t.people.title}</h1>
      <p class="about">{t.people.about}</p>
      <List asked={asked} label={t.people.title} empty={t.people.empty}>
        {(row) => (
          <Row
            title={row.name}
            detail={dotted(
              row.organisation,
              row.department,
              [...new Set(row.roles.map(({ role }) => t.roles[role] ?? role))].join('、'),
              row.mobileMasked,
            )}
            mark={<Mark kind="late">{t.figures.unreachable}</Mark>}
          />
        )}
      </List>
    </>
  );
};
