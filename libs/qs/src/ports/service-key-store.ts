/** The keys of the service itself. */
export type ServiceKeyName = 'signing' | 'queue-config';

/** A key pair at rest: the private half wrapped by the vault. */
export interface ServiceKey {
  readonly publicKey: Uint8Array;
  readonly wrapped: Uint8Array;
}

/** The service's own keys, made at first boot. */
export abstract class ServiceKeyStore {
  abstract find(name: ServiceKeyName): Promise<ServiceKey | undefined>;

  /** Stores the key unless there is one; the one that is there afterwards is answered: of two that boot at once, one wins. */
  abstract insertOrFind(name: ServiceKeyName, key: ServiceKey): Promise<ServiceKey>;
}
