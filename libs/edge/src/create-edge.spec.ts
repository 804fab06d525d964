import { Module } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { nodeCrypto } from '@phoenix/crypto';
import { TestClock } from '@phoenix/crypto/testing';
import { createEdge } from './create-edge.js';
import type { EdgeOptions } from './edge-options.js';
import { EdgeModule } from './edge.module.js';
import { OperationList } from './graphql/operation-list.js';
import { printServiceSchema } from './graphql/print-service-schema.js';
import { startProbe } from './testing/probe.js';

@Resolver()
class OpenResolver {
  @Query(() => Boolean)
  open(): boolean {
    return true;
  }
}

@Module({ imports: [EdgeModule.forRoot()], providers: [OpenResolver] })
class OpenModule {}

const OPTIONS: EdgeOptions = {
  authority: 'qs.example.com',
  tokens: 'off',
  clock: new TestClock(0),
  crypto: nodeCrypto(),
  log: () => undefined,
};

describe('creating an edge', () => {
  it('refuses a service with an operation that declares no demand', async () => {
    await expect(createEdge(OpenModule, OPTIONS)).rejects.toThrow('Query.open declares no demand');
  });

  it.each([
    { authority: 'QS.example.com' },
    { authority: 'qs.example.com:443' },
    { authority: 'https://qs.example.com' },
    { authority: '' },
    { freshnessMs: 0 },
    { freshnessMs: 3_600_001 },
    { freshnessMs: Number.NaN },
    { bodyLimit: 0 },
    { depthLimit: 1.5 },
    { depthLimit: -1 },
  ])('refuses %j', async (wrong) => {
    await expect(createEdge(OpenModule, { ...OPTIONS, ...wrong })).rejects.toThrow(RangeError);
  });

  it('lists the operations and prints the schema, sorted', async () => {
    const { app, log } = await startProbe();
    const operations = app.get(OperationList, { strict: false }).all();
    expect(operations.find(({ name }) => name === 'act')).toEqual({
      type: 'Mutation',
      name: 'act',
      demand: { signedBy: 'qs-client', token: 'qs' },
    });
    const sdl = printServiceSchema(app);
    const fields = [...sdl.matchAll(/^ {2}(\w+)(?:\([^)]*\))?: \w+!$/gm)].map(([, name]) => name);
    expect(fields).toEqual(expect.arrayContaining(operations.map(({ name }) => name)));
    expect(sdl).toMatch(/^type Acknowledgement[\s\S]*^scalar Bytes$[\s\S]*^type Mutation[\s\S]*^type Query/m);
    expect(log).toEqual([]);
    await app.close();
  });
});
