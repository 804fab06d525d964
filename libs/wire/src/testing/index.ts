export { aClientId, aGroupId, aUserId, bytes, domainName, expiration, seconds, upTo } from './arbitraries.js';
