// The playground in the database, for those who need it whole: its messages, its rooms, its doors.
import type pg from 'pg';
import type { PlaygroundDoors, PlaygroundMessages, PlaygroundRooms } from '../ports-playground.ts';
import { makePlaygroundMessages, makePlaygroundReading } from './playground-messages.ts';
import { makePlaygroundPeople } from './playground-people.ts';

export const makePlayground = (pool: pg.Pool): PlaygroundMessages & PlaygroundRooms & PlaygroundDoors => ({
  ...makePlaygroundMessages(pool),
  ...makePlaygroundReading(pool),
  ...makePlaygroundPeople(pool),
});
