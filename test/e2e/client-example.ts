import { nodeCrypto, SerenityOpaqueClient, SystemClock } from '@phoenix/crypto';
import { type ClientOptions, PhoenixClient } from '@phoenix/client';
import { FileClientStore, nodeMlsEngine } from '@phoenix/client/node';

/** Says hello to a friend whose card was scanned; the groups in which the friends of this client have written since. */
export async function sayHello(
  home: Pick<ClientOptions, 'domain' | 'services'>,
  stateFile: string,
  password: string,
  friendsCard: Uint8Array,
): Promise<string[]> {
  const crypto = nodeCrypto();
  const clock = new SystemClock();
  const engine = await nodeMlsEngine(crypto, clock);
  const store = await FileClientStore.open(stateFile);

  const account = { password, opaque: new SerenityOpaqueClient() };
  const registered = await PhoenixClient.register({ ...home, ...account, crypto, clock, engine, store });
  if (!registered.ok) throw new Error(registered.refusal.code);
  const client = registered.value;
  await client.publishAddPackages(); // so that friends can add us

  const friend = await client.addContact(friendsCard);
  const group = await client.createGroup();
  if (!friend.ok || !group.ok) return [];
  const added = await client.addMembers(group.value, [friend.value]);
  if (added.ok) await client.send(group.value, new TextEncoder().encode('hello'));

  const received = await client.receive();
  if (!received.ok) return []; // UNAVAILABLE, say: nothing is lost, ask again
  await client.confirm(received.value);
  return received.value.flatMap(({ event }) => (event.kind === 'message' ? [event.group] : []));
}
