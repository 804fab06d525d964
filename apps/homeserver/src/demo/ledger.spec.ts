import { Ledger } from './ledger.js';

describe('the ledger of the demo', () => {
  it('finds nothing wrong when each message was read once by those it is for', () => {
    const ledger = new Ledger();
    ledger.sent('hello', ['Bob', 'Carol']);
    ledger.read('Carol', ['hello']);
    ledger.read('Bob', ['hello']);
    expect(ledger.discrepancies()).toEqual([]);
    expect([ledger.sentCount, ledger.deliveredCount]).toEqual([1, 2]);
    expect(ledger.countsOf('Bob')).toEqual({ due: 1, read: 1 });
  });

  it('tells a message that someone missed, read twice, or was not to read', () => {
    const ledger = new Ledger();
    ledger.sent('missed', ['Bob']);
    ledger.sent('twice', ['Bob']);
    ledger.sent('secret', ['Bob']);
    ledger.read('Bob', ['twice', 'twice', 'secret', 'invented']);
    ledger.read('Carol', ['secret']);
    expect(ledger.discrepancies()).toEqual([
      '"missed" was for Bob and was read by nobody.',
      '"twice" was for Bob and was read by Bob, Bob.',
      '"secret" was for Bob and was read by Bob, Carol.',
      '"invented" was for nobody and was read by Bob.',
    ]);
  });
});
