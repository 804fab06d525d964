export { freePorts } from '../../apps/homeserver/src/demo/free-ports.js';
export {
  type HomeserverTestOptions,
  startHomeserver,
  type TestHomeserver,
  type TestService,
} from './start-homeserver.js';
export {
  type Ended,
  HomeserverProcess,
  makeDataDirectory,
  runHomeserver,
  SpawnedHomeserver,
} from './spawn-homeserver.js';
