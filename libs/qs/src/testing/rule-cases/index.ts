import { keyPackageCodec, mlsMessageCodec } from '@phoenix/mls';
import { addPackage, decode, encode, leafValidity, type Outcome, type QueueConfig } from '@phoenix/wire';
import type { QsRuleId } from '../../domain/rules.js';
import { QsClient } from '../qs-client.js';
import type { RuleCase, Scene } from './rule-case.js';
import { configData, type PackageShape, somePackage } from './some-package.js';

export { someScene } from './rule-case.js';

const WEEK = 7n * 86_400n;

const publish = ({ qs, client }: Scene, packages: readonly Uint8Array[]): Promise<Outcome<void>> =>
  qs.publishAddPackages.execute(client.asClient, client.clientId, packages);
const lastResort = ({ qs, client }: Scene, shape: PackageShape = {}): Uint8Array =>
  somePackage(qs, client, { lastResort: true, ...shape });

/** Publishes one package as it should be, or this one instead. */
function instead(breaking: (scene: Scene) => Uint8Array): RuleCase {
  return {
    refuses: (scene) => publish(scene, [breaking(scene)]),
    accepts: (scene) => publish(scene, [lastResort(scene)]),
  };
}

const shaped = (shape: (scene: Scene) => PackageShape): RuleCase =>
  instead((scene) => lastResort(scene, shape(scene)));
const configured = (changes: Partial<QueueConfig>, by = (scene: Scene): QsClient => scene.client): RuleCase =>
  shaped((scene) => {
    const { qs, client } = scene;
    const named = { clientId: client.clientId, ...changes };
    return { config: configData(by(scene).sealConfig(qs.address, named)) };
  });

/** The same package with its KeyPackage as it is, in no MLSMessage. */
function bare(encoded: Uint8Array): Uint8Array {
  const outer = decode(addPackage, encoded);
  const message = decode(mlsMessageCodec, outer.keyPackage);
  if (message.type !== 'keyPackage') throw new TypeError('no KeyPackage');
  return encode(addPackage, { ...outer, keyPackage: encode(keyPackageCodec, message.keyPackage) });
}

function aWeekLonger({ qs }: Scene): PackageShape {
  const { notBefore, notAfter } = leafValidity(qs.clock.now());
  return { fields: { lifetime: { notBefore, notAfter: notAfter + WEEK } } };
}

/** Publishes, beside a last resort, so many packages that are one and the same. */
const copies = (count: number) => (scene: Scene) => {
  const one = somePackage(scene.qs, scene.client);
  return publish(scene, [lastResort(scene), ...Array<Uint8Array>(count).fill(one)]);
};

/** A case for every rule: the compiler refuses this table where one is missing. */
export const RULE_CASES: Record<QsRuleId, RuleCase> = {
  'qs.add-package.encoding': instead((scene) => bare(lastResort(scene))),
  'qs.add-package.lifetime': shaped(aWeekLonger),
  'qs.add-package.queue-config': shaped(({ qs, client }) => ({
    config: configData(client.sealConfig(qs.address), 'example.org'),
  })),
  'qs.add-package.queue-config-owner': configured({}, () => new QsClient()),
  'qs.add-package.push-key': configured({ pushTokenKey: new Uint8Array(32).fill(1) }),
  'qs.add-package.unique': { refuses: copies(2), accepts: copies(1) },
  'qs.add-package.last-resort': instead(({ qs, client }) => somePackage(qs, client)),
};
