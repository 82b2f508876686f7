// `login [PERSON]`: prints a one-time link to the pages, for the office or for a person by name or id.
import { openBeside } from '../compose/campaigns.ts';
import { layFoundation } from '../compose/foundation.ts';
import { baseOf, cookieSecretOf, openLinkDesk } from '../compose/web.ts';
import type { Config } from '../config.ts';
import { makeLinkMaker } from '../http/web/link-tokens.ts';
import { createLog } from '../log.ts';
import { StartProblem } from '../store/start-problem.ts';
import { type HandedLink, linkForOffice, linkForPerson } from '../usecases/hand-out-link.ts';

export const loginCommand = async (
  config: Config,
  person: string | undefined,
  say: (line: string) => void,
): Promise<void> => {
  const log = createLog({ level: 'warn', secrets: config.secrets });
  const foundation = await layFoundation(config, log, false);
  try {
    const { clock, campaigns } = await openBeside(foundation, config, log);
    const [campaign] = campaigns.all();
    if (!campaign) throw new StartProblem('no campaign is loaded: set CAMPAIGN to a pack folder');
    const secret = await cookieSecretOf(config, foundation);
    const desk = openLinkDesk(
      foundation,
      clock,
      makeLinkMaker(secret, () => baseOf(config)),
    );
    say(sayLink(await (person === undefined ? linkForOffice(desk, campaign) : linkForPerson(desk, campaign, person))));
  } finally {
    await foundation.close();
  }
};

export const sayLink = ({ name, url, minutes }: HandedLink): string =>
  `Link for ${name}, good once within ${minutes} minutes: ${url}`;
