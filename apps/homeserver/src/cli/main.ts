import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { CommandFactory } from 'nest-commander';
import { InvitationsCommand } from './as/invitations.command.js';
import { InviteCommand } from './as/invite.command.js';

/** The operator's commands: `npm run operator -- <command>`. */
@Module({ providers: [InviteCommand, InvitationsCommand] })
class OperatorModule {}

/** One sentence, as the homeserver itself refuses to start with. */
function fail(error: Error): void {
  if (!('code' in error && String(error.code).startsWith('commander.')))
    console.error(error.message.replaceAll(/\s+/g, ' '));
  process.exitCode = 'exitCode' in error && error.exitCode === 0 ? 0 : 1;
}

await CommandFactory.run(OperatorModule, {
  logger: false,
  cliName: 'operator',
  errorHandler: fail,
  serviceErrorHandler: fail,
});
