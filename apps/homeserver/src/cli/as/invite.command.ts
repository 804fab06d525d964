import { Command, CommandRunner } from 'nest-commander';
import { StartupRefusal } from '../../config/startup-refusal.js';
import { withAsOperator } from './with-as-operator.js';

const MOST = 1_000;

/** Prints new codes, once: the AS keeps their hashes alone. */
@Command({
  name: 'invite',
  arguments: '[count]',
  description: 'make invitation codes, each for one registration (AS_REGISTRATION=invitation)',
})
export class InviteCommand extends CommandRunner {
  override async run([text = '1']: string[]): Promise<void> {
    const count = /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : 0;
    if (count < 1 || count > MOST)
      throw new StartupRefusal(`The number of invitations must be from 1 to ${MOST}.`);
    await withAsOperator(async ({ invitations }) => {
      for (const { code, mark } of await invitations.make(count)) console.log(`${code}  ${mark}`);
    });
  }
}
