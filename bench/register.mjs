import { GraphqlTransport, RequestSigner } from '@phoenix/client';
import { nodeCrypto, SerenityOpaqueClient, STRONG_STRETCHING, SystemClock } from '@phoenix/crypto';
import {
  clientCsr,
  clientCsrTbs,
  encode,
  formatClientId,
  formatUserId,
  LABELS,
  parseBase64Url,
  parseUuid,
} from '@phoenix/wire';
import { cpuMs } from './cpu.mjs';
import { startHomeserver } from './homeserver.mjs';

const SECONDS = 5;
const AT_ONCE = [1, 8];
const STEPS = ['request', 'init', 'record', 'csr', 'finish'];
const LIGHT = { iterations: 1, memory: 8, parallelism: 1 };
const INIT = `mutation ($r: Bytes!) {
  initUserRegistration(input: { opaqueRequest: $r }) { userId ticket opaqueResponse }
}`;
const FINISH = `mutation ($ticket: Bytes!, $csr: Bytes!, $opaqueRecord: Bytes!) {
  finishUserRegistration(input: { ticket: $ticket, csr: $csr, opaqueRecord: $opaqueRecord }) { credential }
}`;

const crypto = nodeCrypto();
const clock = new SystemClock();

/**
 * Registrations a second at the AS, and what each step of one takes: two of the client's (OPAQUE with next to no stretching,
 * and the CSR) and the two requests. How long stretching takes is printed apart: it is the client's, and does not hold up the AS.
 */
export async function run() {
  const homeserver = await startHomeserver();
  try {
    const as = new GraphqlTransport({ ...homeserver.services.as, signer: new RequestSigner(crypto, clock) });
    console.log(`at once  users/s  CPU ms a user (server + databases)   ms: ${STEPS.join('  ')}`);
    for (const count of AT_ONCE) await measure(homeserver, as, count);
    const started = performance.now();
    await registration(as, new SerenityOpaqueClient(STRONG_STRETCHING));
    console.log(`one with the default stretching: ${(performance.now() - started).toFixed(0)} ms`);
  } finally {
    await homeserver.stop();
  }
}

async function measure(homeserver, as, count) {
  const opaque = new SerenityOpaqueClient(LIGHT);
  await registration(as, opaque);
  const before = cpuMs(homeserver.pid);
  const started = performance.now();
  const users = [];
  const registerOn = async () => {
    while (performance.now() - started < SECONDS * 1000) users.push(await registration(as, opaque));
  };
  await Promise.all(Array.from({ length: count }, registerOn));
  const rate = users.length / ((performance.now() - started) / 1000);
  const after = cpuMs(homeserver.pid);
  const each = (part) => ((after[part] - before[part]) / users.length).toFixed(1);
  const means = STEPS.map((step) => users.reduce((sum, user) => sum + user[step], 0) / users.length);
  const figures = [
    count,
    rate.toFixed(0),
    `${each('server')} + ${each('databases')}`,
    means.map((ms) => ms.toFixed(1)).join('  '),
  ];
  console.log(figures.map((figure) => String(figure).padStart(7)).join('  '));
}

/** One registration; milliseconds by step. */
async function registration(as, opaque) {
  const took = {};
  const timed = async (step, work) => {
    const started = performance.now();
    const result = await work();
    took[step] = performance.now() - started;
    return result;
  };
  const { state, request } = await timed('request', () => opaque.startRegistration('a password'));
  const begun = await timed('init', () => as.execute({ query: INIT, variables: { r: request } }));
  const { userId, ticket, opaqueResponse } = value(begun).initUserRegistration;
  const user = { uuid: parseUuid(userId), domain: 'localhost' };
  const identities = { client: formatUserId(user), server: 'localhost' };
  const opaqueRecord = await timed('record', () =>
    opaque.finishRegistration('a password', state, parseBase64Url(opaqueResponse), identities),
  );
  const { csr, ...key } = await timed('csr', () => applicant(user));
  const variables = { ticket, csr, opaqueRecord };
  value(await timed('finish', () => as.execute({ query: FINISH, variables }, key)));
  return took;
}

function applicant(user) {
  const { publicKey, privateKey } = crypto.signer.generateKeyPair();
  const tbs = { clientId: { user, uuid: crypto.random.uuid() }, scheme: 'ed25519', publicKey };
  const content = encode(clientCsrTbs, tbs);
  const selfSignature = crypto.signWithLabel(privateKey, LABELS.clientCredentialPayload, content);
  const keyId = { kind: 'client', name: formatClientId(tbs.clientId) };
  return { csr: encode(clientCsr, { ...tbs, selfSignature }), keyId, privateKey };
}

function value(outcome) {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}
