import { CONTACT } from '../contacts/contact.js';
import type { UnitOfWork } from '../store/unit-of-work.js';
import { CONNECTION } from './connection-record.js';

/**
 * Has a connection greet once more. Who came back to a group without the other's keys may have missed them: it gives its own again, and
 * who is given keys that it has already answers with its own. Who has them asks for nothing, so that ends.
 */
export async function greetAgain(work: UnitOfWork, group: string): Promise<void> {
  const connection = await work.get(CONNECTION, group);
  if (connection !== undefined) work.put(CONNECTION, { ...connection, greeted: 0 }, group);
}

/** The same, for a group that we have come back to, unless it has already made a contact. */
export async function greetOnReturn(work: UnitOfWork, group: string): Promise<void> {
  for (const user of await work.names(CONTACT)) if ((await work.get(CONTACT, user))?.group === group) return;
  await greetAgain(work, group);
}
