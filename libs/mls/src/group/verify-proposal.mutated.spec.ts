import { encode } from '@phoenix/wire';
import { type PublicMessage, publicMessageCodec } from '../codec/public-message.js';
import { countMutations, decoded } from '../testing/mutation.js';
import { fromOutside, groupWithOutsider, pskOf } from '../testing/rule-cases/proposal.js';
import { sampleProposals } from '../testing/sample-commits.js';
import { propose, verify } from '../testing/scripted-proposal.js';
import { SeededBytes } from '../testing/seeded-bytes.js';
import { hasSameSignedParts, stateKeeper } from '../testing/unchanged.js';

const MUTATIONS = 2_000;

describe('mutated proposals', () => {
  const scripted = groupWithOutsider();
  const { keyPackage, signer } = scripted.keyPackage();
  const proposals = [
    ...sampleProposals(scripted),
    propose(scripted, { type: 'new_member_proposal' }, { type: 'add', keyPackage }, signer),
    propose(scripted, 1, { type: 'group_context_extensions', extensions: [] }),
    fromOutside(scripted, { type: 'remove', removed: 6 }),
    fromOutside(scripted, pskOf()),
  ];
  const checkState = stateKeeper(scripted);
  const attempt = (original: PublicMessage) => (bytes: Uint8Array) => {
    const message = decoded(publicMessageCodec, bytes);
    if (message === undefined) return undefined;
    return hasSameSignedParts(message, original) ? 'unsigned' : verify(scripted, message);
  };

  it('hold before they are mutated', () => {
    for (const proposal of proposals) expect(verify(scripted, proposal)).toMatchObject({ ok: true });
  });

  it(`are refused, ${MUTATIONS} of them, by DecodeError or a rule, and leave the state as it is to the byte`, () => {
    const inputs = proposals.map((proposal) => ({
      bytes: encode(publicMessageCodec, proposal),
      attempt: attempt(proposal),
    }));
    const counts = countMutations(new SeededBytes(31), MUTATIONS, inputs, checkState);
    expect(counts.undecodable).toBeGreaterThan(MUTATIONS / 10);
    expect(counts.refused).toBeGreaterThan(MUTATIONS / 10);
  });
});
