import { defaultAuthenticationService, defaultKeyPackageEqualityConfig, type ClientConfig } from 'ts-mls';

/** How many past epochs' messages can still be read. */
export const PAST_EPOCHS = 4;

/**
 * ts-mls as we run it. Credentials are verified above (docs/protocol §3: chains, when a leaf enters), content comes
 * padded, and the members that a joiner finds need not be within their lifetimes any more.
 * @param nowMs UTC milliseconds
 */
export function clientConfig(nowMs: () => number): ClientConfig {
  return {
    authService: defaultAuthenticationService,
    keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
    keyRetentionConfig: {
      retainKeysForEpochs: PAST_EPOCHS,
      retainKeysForGenerations: 64,
      maximumForwardRatchetSteps: 1_000,
    },
    lifetimeConfig: {
      maximumTotalLifetime: 0n,
      validateLifetimeOnReceive: false,
      currentTime: () => BigInt(Math.floor(nowMs() / 1_000)),
    },
    paddingConfig: { kind: 'alwaysPad', paddingLength: 0 },
  };
}
