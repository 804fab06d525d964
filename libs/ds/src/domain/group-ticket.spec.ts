import { nodeCrypto } from '@phoenix/crypto';
import fc from 'fast-check';
import { GroupTickets, TICKET_LIFE_MS } from './group-ticket.js';

const crypto = nodeCrypto();
const tickets = new GroupTickets(crypto, crypto.random.bytes(32));
const now = Date.UTC(2026, 4, 6);
const uuid = crypto.random.uuid();

describe('a ticket for a group id', () => {
  it('holds for ten minutes', () => {
    const ticket = tickets.issue(uuid, now);
    expect(tickets.verify(ticket, uuid, now)).toBe(true);
    expect(tickets.verify(ticket, uuid, now + TICKET_LIFE_MS - 1)).toBe(true);
    expect(tickets.verify(ticket, uuid, now + TICKET_LIFE_MS)).toBe(false);
  });

  it('holds for no other id, and on no other server', () => {
    const ticket = tickets.issue(uuid, now);
    expect(tickets.verify(ticket, crypto.random.uuid(), now)).toBe(false);
    expect(new GroupTickets(crypto, crypto.random.bytes(32)).verify(ticket, uuid, now)).toBe(false);
  });

  it('cannot be changed or made up', () => {
    const ticket = tickets.issue(uuid, now);
    const changed = fc.nat({ max: 8 * ticket.length - 1 }).map((bit) => {
      return ticket.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    });
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 60 })), (forged) => {
        expect(tickets.verify(forged, uuid, now)).toBe(false);
      }),
    );
  });
});
