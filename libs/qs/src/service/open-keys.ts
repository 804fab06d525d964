import { Injectable } from '@nestjs/common';
import { StoreKeys } from '@phoenix/queue';
import { ServiceKeys } from './service-keys.js';

/** Makes or finds, before the first request, every key the QS works with. */
@Injectable()
export class OpenKeys {
  constructor(
    private readonly serviceKeys: ServiceKeys,
    private readonly storeKeys: StoreKeys,
  ) {}

  async execute(): Promise<void> {
    await this.serviceKeys.open();
    await this.storeKeys.open();
  }
}
