/** A key of the service itself, wrapped by the key vault. */
export interface ServiceKey {
  readonly wrapped: Uint8Array;
  /** Of signing keys. */
  readonly publicKey: Uint8Array | undefined;
}

/** Where the service's own keys are kept. */
export abstract class ServiceKeyStore {
  abstract load(name: string): Promise<ServiceKey | undefined>;
  /** The key of that name: `key`, unless another came first, also from another process. */
  abstract keep(name: string, key: ServiceKey): Promise<ServiceKey>;
}
