import type { LiveGroup, Session } from './session.js';

/**
 * Takes in the proposals that the DS says a commit has to include: each is verified as if the queue had brought it. `refused` where one
 * is none that a member could commit: nobody can, and only a commit from outside goes past it.
 */
export async function takeProposals(
  session: Session,
  live: LiveGroup,
  proposals: readonly Uint8Array[],
): Promise<'stored' | 'refused' | undefined> {
  let result: 'stored' | 'refused' | undefined;
  const now = session.context.clock.now();
  for (const proposal of proposals) {
    const kind = await live.mls.processProposal(proposal, now);
    if (kind === 'refused') result = 'refused';
    else if (kind === 'stored') result ??= 'stored';
  }
  if (result === undefined) return undefined;
  session.touch(live);
  await session.save();
  return result;
}
