import { AuthenticateClient } from './authenticate-client.js';
import { ChangePassword } from './change-password.js';
import { DeleteUser } from './delete-user.js';
import { FinishUserRegistration } from './finish-user-registration.js';
import { InitTwoFactor } from './init-two-factor.js';
import { InitUserRegistration } from './init-user-registration.js';
import { Passwords } from './passwords.js';
import { ReadCredentials } from './read-credentials.js';
import { ReadUserProfile } from './read-user-profile.js';
import { RenewClientCredential } from './renew-client-credential.js';
import { RotateCredentials } from './rotate-credentials.js';
import { UpdateUserProfile } from './update-user-profile.js';
import { VerifyApplication } from './verify-application.js';
import { VerifyTwoFactor } from './verify-two-factor.js';

/** Everything that is done with accounts, and what that is done by. */
export const ACCOUNT_USE_CASES = [
  AuthenticateClient,
  ChangePassword,
  DeleteUser,
  FinishUserRegistration,
  InitTwoFactor,
  InitUserRegistration,
  Passwords,
  ReadCredentials,
  ReadUserProfile,
  RenewClientCredential,
  RotateCredentials,
  UpdateUserProfile,
  VerifyApplication,
  VerifyTwoFactor,
];
