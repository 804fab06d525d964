import { RandomHistory } from '../testing/mls/random-history.js';

const STEPS = 200;

describe('members who act at random', () => {
  it.each([101, 102, 103])(
    'agree after each of 200 operations and read each message once (seed %i)',
    async (seed) => {
      const history = await RandomHistory.of(seed, 6);
      for (let i = 0; i < STEPS; i++) await history.step();
      await history.readEverything();
      expect(history.read).toBeGreaterThan(0);
      for (const count of Object.values(history.done)) expect(count).toBeGreaterThan(0);
    },
    120_000,
  );
});
