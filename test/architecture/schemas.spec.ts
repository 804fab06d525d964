import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema } from 'graphql';

/** What every service may have: the roots, the scalars, the answer with nothing else to say. */
const SHARED = ['Acknowledgement', 'Bytes', 'Mutation', 'Query', 'UInt64'];
const SERVICES = ['as', 'qs', 'ds'];

function ownTypes(service: string): string[] {
  const schema = buildSchema(readFileSync(resolve(`apps/homeserver/schema/${service}.graphql`), 'utf8'));
  const builtIn = /^(__.*|String|Int|Boolean|ID|Float)$/;
  return Object.keys(schema.getTypeMap()).filter((name) => !builtIn.test(name) && !SHARED.includes(name));
}

describe.each(SERVICES)('the schema of the %s', (service) => {
  it('has types of its own', () => {
    expect(ownTypes(service)).not.toEqual([]);
  });

  it.each(SERVICES.filter((other) => other !== service))('has none of the types of the %s', (other) => {
    const others = ownTypes(other);
    expect(ownTypes(service).filter((name) => others.includes(name))).toEqual([]);
  });
});
