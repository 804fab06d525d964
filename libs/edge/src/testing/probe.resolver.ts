import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { groupId, type Outcome, refuse } from '@phoenix/wire';
import { BytesScalar } from '../graphql/bytes-scalar.js';
import { ACKNOWLEDGED, Acknowledgement } from '../graphql/acknowledgement.js';
import { structInput, uuidInput } from '../graphql/inputs.js';
import { Operation } from '../graphql/operation.decorator.js';
import { Signed } from '../graphql/signed.decorator.js';
import { UInt64Scalar } from '../graphql/uint64-scalar.js';
import { Unavailable } from '../errors/unavailable.js';
import { unwrap } from '../errors/refused-error.js';
import type { SignedRequest } from '../signature/signed-request.js';

const UNSIGNED = { signedBy: undefined, token: undefined } as const;

@ObjectType()
export class Nested {
  @Field(() => Nested)
  next!: Nested;

  @Field(() => Int)
  depth = 1;
}

@InputType()
export class ProbeInput {
  @Field(() => BytesScalar)
  bytes!: Uint8Array;

  @Field(() => UInt64Scalar)
  number!: bigint;

  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class ProbeEcho {
  @Field(() => BytesScalar)
  bytes!: Uint8Array;

  @Field(() => UInt64Scalar)
  number!: bigint;
}

/** What the probe service's tests steer it by. */
export class ProbeState {
  publicKey = new Uint8Array(32);
  scope = '';
  effects = 0;
  failure: unknown;
  outcome: Outcome<void> = refuse('NOT_FOUND');
  hold: Promise<void> = Promise.resolve();
  onModuleDestroy: () => void = () => undefined;
}

/** A service with one operation for each thing an edge does. */
@Resolver()
export class ProbeResolver {
  constructor(private readonly state: ProbeState) {}

  @Query(() => Int)
  @Operation(UNSIGNED)
  async effects(): Promise<number> {
    await this.state.hold;
    return this.state.effects;
  }

  @Query(() => Nested)
  @Operation(UNSIGNED)
  nested(): Nested {
    const nested = new Nested();
    nested.next = nested;
    return nested;
  }

  @Query(() => ProbeEcho)
  @Operation(UNSIGNED)
  echo(@Args('input') input: ProbeInput): ProbeEcho {
    uuidInput(input.id);
    return Object.assign(new ProbeEcho(), input);
  }

  @Query(() => Boolean)
  @Operation(UNSIGNED)
  struct(@Args('bytes', { type: () => BytesScalar }) bytes: Uint8Array): boolean {
    return structInput(groupId, bytes).uuid.length === 16;
  }

  @Query(() => Int)
  @Operation(UNSIGNED)
  count(@Args('list', { type: () => [BytesScalar] }) list: readonly Uint8Array[]): number {
    return list.length;
  }

  @Mutation(() => Acknowledgement)
  @Operation(UNSIGNED)
  anonymous(): Acknowledgement {
    this.state.effects++;
    return ACKNOWLEDGED;
  }

  @Mutation(() => Acknowledgement)
  @Operation({ signedBy: 'qs-client', token: 'qs' })
  async act(@Signed('qs-client') signed: SignedRequest): Promise<Acknowledgement> {
    unwrap(await signed.authenticate(this.state.publicKey, this.state.scope));
    this.state.effects++;
    return ACKNOWLEDGED;
  }

  /** Whether a signature came with it. */
  @Query(() => Boolean)
  @Operation({ signedBy: 'qs-client', optional: true, token: 'qs' })
  async signedOrNot(
    @Signed('qs-client', { optional: true }) signed: SignedRequest | undefined,
  ): Promise<boolean> {
    if (signed !== undefined) unwrap(await signed.authenticate(this.state.publicKey, this.state.scope));
    return signed !== undefined;
  }

  @Mutation(() => Acknowledgement)
  @Operation({ signedBy: 'qs-client', token: 'qs' })
  careless(@Signed('qs-client') signed: SignedRequest): Acknowledgement {
    this.state.effects += signed.bodyDigest.length;
    return ACKNOWLEDGED;
  }

  @Mutation(() => Acknowledgement)
  @Operation(UNSIGNED)
  fail(): Acknowledgement {
    throw this.state.failure;
  }

  @Mutation(() => Acknowledgement)
  @Operation(UNSIGNED)
  refused(): Acknowledgement {
    unwrap(this.state.outcome);
    return ACKNOWLEDGED;
  }

  @Mutation(() => Acknowledgement)
  @Operation(UNSIGNED)
  unreachable(): Acknowledgement {
    throw new Unavailable(2_000, { cause: new Error('connect ECONNREFUSED 10.0.0.7:5432') });
  }
}
