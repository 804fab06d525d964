import { SetMetadata } from '@nestjs/common';
import type { KeyKind } from '@phoenix/wire';

/** What a token must have been issued for (docs/protocol §4). */
export type TokenScope = 'as' | 'qs' | 'ds' | 'as-create' | 'qs-create' | 'ds-create';

/** What an operation demands of a request before it runs. */
export interface OperationDemand {
  /** The kind of key that must have signed; undefined where a signature is refused. */
  readonly signedBy: KeyKind | undefined;
  /** Whether a request without a signature is admitted as well. One that is there is held to `signedBy` all the same. */
  readonly optional?: boolean;
  /** The token that is due once tokens are on; undefined for none. */
  readonly token: TokenScope | undefined;
}

export const OPERATION_DEMAND = 'phoenix:operation-demand';

/** Declares a query's or mutation's demand; a service with one that declares none does not boot. */
export function Operation(demand: OperationDemand): MethodDecorator {
  return SetMetadata(OPERATION_DEMAND, demand);
}
