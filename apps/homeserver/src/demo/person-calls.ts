import type { ClientOptions } from '@phoenix/client';
import type { Outcome } from '@phoenix/wire';
import type { SeenRequest } from './seen-request.js';

/** What a person's process can be asked for. Groups and users are named as the client library names them. */
export interface PersonCalls {
  register(
    home: { domain: string; services: ClientOptions['services'] },
    stateFile: string,
  ): Promise<Outcome<string>>;
  readonly publish: (oneTime: number) => Promise<Outcome<void>>;
  /** Takes an alias, without its domain. */
  takeAlias(alias: string): Promise<Outcome<void>>;
  connect(target: string): Promise<Outcome<string>>;
  /** The user ids of those whose offers have arrived since the last time. */
  offers(): Promise<Outcome<string[]>>;
  accept(user: string): Promise<Outcome<string>>;
  safetyNumber(user: string): Promise<Outcome<string>>;
  createGroup(): Promise<Outcome<string>>;
  add(group: string, users: readonly string[]): Promise<Outcome<void>>;
  remove(group: string, users: readonly string[]): Promise<Outcome<void>>;
  renew(group: string): Promise<Outcome<void>>;
  say(group: string, text: string): Promise<Outcome<void>>;
  /** The texts that have arrived since the last time. */
  read(): Promise<Outcome<string[]>>;
}

/** A call on its way to the process. */
export interface Call {
  readonly id: number;
  readonly method: keyof PersonCalls;
  readonly args: readonly unknown[];
}

/** Its answer, with the requests that it took. */
export interface Reply {
  readonly id: number;
  readonly result: Outcome<unknown> | undefined;
  /** What was thrown: a bug. */
  readonly fault: string | undefined;
  readonly seen: readonly SeenRequest[];
}
