// A log for tests that do not look at it.
import type { StartLog } from '../../src/store/start-problem.ts';

export const silent: StartLog = { info: () => {}, warn: () => {}, error: () => {} };
