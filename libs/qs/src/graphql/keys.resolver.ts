import { BytesScalar, Operation } from '@phoenix/edge';
import { Query, Resolver } from '@nestjs/graphql';
import { ServiceKeys } from '../service/service-keys.js';

/** The QS's public keys. */
@Resolver()
export class KeysResolver {
  constructor(private readonly keys: ServiceKeys) {}

  @Operation({ signedBy: undefined, token: undefined })
  @Query(() => BytesScalar, { description: 'The HPKE key that queue configs are sealed to.' })
  queueConfigKey(): Uint8Array {
    return this.keys.queueConfigPublicKey;
  }

  @Operation({ signedBy: undefined, token: undefined })
  @Query(() => BytesScalar, { description: 'The Ed25519 key that this QS signs with.' })
  qsVerifyingKey(): Uint8Array {
    return this.keys.verifyingKey;
  }
}
