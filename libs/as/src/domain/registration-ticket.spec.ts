import { nodeCrypto } from '@phoenix/crypto';
import { SeededRandom } from '@phoenix/crypto/testing';
import { RegistrationTickets, TICKET_LIFETIME_MS } from './registration-ticket.js';

const crypto = nodeCrypto(new SeededRandom('tickets'));
const key = crypto.random.bytes(32);
const NOW = Date.UTC(2026, 4, 17, 12);
const tickets = new RegistrationTickets(crypto, key, 'example.com');

describe('a registration ticket', () => {
  it('opens to the user id that was drawn, until its ten minutes are over', () => {
    const { user, ticket } = tickets.draw(NOW);
    expect(tickets.open(ticket, NOW)).toEqual(user);
    expect(tickets.open(ticket, NOW + TICKET_LIFETIME_MS - 1)).toEqual(user);
    expect(tickets.open(ticket, NOW + TICKET_LIFETIME_MS)).toBeUndefined();
  });

  it('draws a random version 4 UUID each time', () => {
    const drawn = Array.from({ length: 100 }, () => tickets.draw(NOW).user);
    expect(new Set(drawn.map((user) => Buffer.from(user).toString('hex'))).size).toBe(100);
    for (const user of drawn) expect([user[6]! >> 4, user[8]! >> 6]).toEqual([4, 2]);
  });

  it('does not show the user id, and all tickets are of one size', () => {
    const drawn = Array.from({ length: 20 }, () => tickets.draw(NOW));
    for (const { user, ticket } of drawn) expect(Buffer.from(ticket).includes(Buffer.from(user))).toBe(false);
    expect(new Set(drawn.map(({ ticket }) => ticket.length)).size).toBe(1);
  });

  it('is refused when any bit of it was changed', () => {
    const { ticket } = tickets.draw(NOW);
    for (let i = 0; i < ticket.length * 8; i++) {
      const changed = ticket.slice();
      changed[i >> 3] = changed[i >> 3]! ^ (1 << (i & 7));
      expect(tickets.open(changed, NOW)).toBeUndefined();
    }
  });

  it('is refused under another key, for another domain, cut, lengthened or empty', () => {
    const { ticket } = tickets.draw(NOW);
    const others = [
      new RegistrationTickets(crypto, crypto.random.bytes(32), 'example.com'),
      new RegistrationTickets(crypto, key, 'example.org'),
    ];
    for (const other of others) expect(other.open(ticket, NOW)).toBeUndefined();
    const wrong = [ticket.slice(0, -1), Uint8Array.from([...ticket, 0]), new Uint8Array(0)];
    for (const bytes of wrong) expect(tickets.open(bytes, NOW)).toBeUndefined();
  });
});
