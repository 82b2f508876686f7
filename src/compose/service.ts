// Hands the use cases their ports: what DESIGN §2 draws, made once for a process.
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import { settingRules } from '../campaigns/settings.ts';
import { cardBook } from '../cards/card-book.ts';
import { labelledBooks } from '../cards/labelled-book.ts';
import { loadCards } from '../cards/load-cards.ts';
import type { Words } from '../cards/words.ts';
import type { Config } from '../config.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Logger } from '../log.ts';
import { folderFiles } from '../photos/folder-files.ts';
import { makePhotoShelf } from '../photos/photo-shelf.ts';
import { s3Files } from '../photos/s3-files.ts';
import type { CampaignBook, Campaigns, CardBook, Channel, Clock, Ids } from '../ports.ts';
import type { Holds } from '../ports-delivery.ts';
import type { SheetWords } from '../ports-exports.ts';
import type { PhotoFiles, PhotoShelf } from '../ports-photos.ts';
import type { LinkMaker } from '../ports-web.ts';
import { makeBulletin } from '../store/bulletin.ts';
import { makeCommandLists } from '../store/command-lists.ts';
import { makeCommitter } from '../store/commit.ts';
import { makeNotices, makeObligations } from '../store/duties.ts';
import { makeFigured } from '../store/figured.ts';
import { makeFindings } from '../store/findings.ts';
import { makeForms } from '../store/forms.ts';
import { makeHandOvers } from '../store/hand-overs.ts';
import { makePeople } from '../store/people.ts';
import { makePhotoRecords } from '../store/photos.ts';
import { makePlanning } from '../store/planning.ts';
import { makeRegistry } from '../store/registry.ts';
import { makeRoster } from '../store/roster-reading.ts';
import { makeScenes } from '../store/scenes.ts';
import { makeSelfcheck } from '../store/selfcheck.ts';
import { makeSpotChecks } from '../store/spot-checks.ts';
import { StartProblem } from '../store/start-problem.ts';
import { makeTallyStore } from '../store/tally.ts';
import { makeTownReports } from '../store/town-reports.ts';
import type { Service } from '../usecases/service.ts';
import { sayFault } from '../yaml-file.ts';
import type { Foundation } from './foundation.ts';

const cardsFolder = join(import.meta.dirname, '../../cards');

/** In the S3-compatible store where one is configured, else beside the data. */
export const openPhotoFiles = ({ pictures, dataDir }: Pick<Config, 'pictures' | 'dataDir'>): PhotoFiles =>
  pictures ? s3Files(pictures) : folderFiles(join(dataDir, 'photos'));

export const openShelf = (config: Pick<Config, 'pictures' | 'dataDir'>): PhotoShelf =>
  makePhotoShelf(openPhotoFiles(config));

export const newIds: Ids = { next: () => randomUUIDv7() };

export interface Cards {
  readonly book: CampaignBook;
  /** For a campaign that is no version yet: drawn once and forgotten. */
  readonly drafted: CampaignBook;
  readonly words: Words;
  readonly sheets: SheetWords;
}

/** The cards of cards/, in each campaign's time zone; compiled once for each campaign's version. Throws StartProblem. */
export const openCards = async (folder: string = cardsFolder): Promise<Cards> => {
  const loaded = await loadCards(folder);
  if (!loaded.ok) throw new StartProblem(loaded.faults.map(sayFault).join('\n'));
  const { templates } = loaded;
  const books = new Map<string, CardBook>();
  return {
    words: templates.words,
    sheets: templates.sheets,
    drafted: (campaign) => cardBook(templates, campaign.calendar),
    book(campaign) {
      const key = `${campaign.id}:${campaign.version}`;
      const book = books.get(key) ?? cardBook(templates, campaign.calendar);
      books.set(key, book);
      return book;
    },
  };
};

export interface ServiceParts {
  readonly foundation: Foundation;
  readonly campaigns: Campaigns;
  readonly clock: Clock;
  readonly cards: CampaignBook;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly links: LinkMaker;
  readonly shelf: PhotoShelf;
  readonly log: Logger;
  readonly holds: Holds;
  readonly wake: () => void;
  readonly ids?: Ids;
}

export const makeService = ({
  foundation,
  campaigns,
  clock,
  cards,
  channels,
  links,
  shelf,
  log,
  holds,
  wake,
  ids = newIds,
}: ServiceParts): Service => {
  const { pool } = foundation;
  return {
    campaigns,
    clock,
    ids,
    // The simulation's own ids make its draws repeatable; a service's are not to be foreseen.
    seed: ids === newIds ? () => randomBytes(16).toString('hex') : () => ids.next(),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    cards: labelledBooks(cards, () => campaigns.all().length > 1),
    committer: makeCommitter(pool),
    scenes: makeScenes(pool),
    roster: makeRoster(pool),
    planning: makePlanning(pool),
    obligations: makeObligations(pool),
    notices: makeNotices(pool),
    findings: makeFindings(pool),
    spotChecks: makeSpotChecks(pool),
    bulletin: makeBulletin(pool),
    townReports: makeTownReports(pool),
    handOvers: makeHandOvers(pool),
    selfcheck: makeSelfcheck(pool),
    figured: makeFigured(pool, makeTallyStore(pool), clock),
    lists: makeCommandLists(pool),
    links,
    people: makePeople(pool),
    registry: makeRegistry(pool),
    settingRules,
    forms: makeForms(pool),
    photos: makePhotoRecords(pool),
    shelf,
    supports: (name) => {
      const channel = channels.get(name);
      if (!channel) throw new Error(`channel ${name} is not connected`);
      return channel.supports;
    },
    log,
    holds,
    wake,
  };
};
