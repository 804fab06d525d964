declare global {
  /** ts-mls's types name it; Node's types keep it within `webcrypto`, and a browser's have it already. */
  interface CryptoKey {
    readonly type: 'private' | 'public' | 'secret';
  }
}

export {};
