import { Command, CommandRunner } from 'nest-commander';
import { withAsOperator } from './with-as-operator.js';

/** Prints the mark of every code that nobody has registered with. */
@Command({ name: 'invitations', description: 'list the marks of invitation codes that are not spent' })
export class InvitationsCommand extends CommandRunner {
  override async run(): Promise<void> {
    await withAsOperator(async ({ invitations }) => {
      for (const mark of await invitations.unspent()) console.log(mark);
    });
  }
}
