import type { SeenRequest } from './seen-request.js';

const KIB = 1024;

/** Requests of one service, those of one operation together: `2 dequeueMessages (qs-client:1f…, qs-client:9a…)`. */
export function shown(requests: readonly SeenRequest[]): string {
  if (requests.length === 0) return 'nothing';
  const operations = [...new Set(requests.map(({ operation }) => operation))];
  return operations
    .map((operation) => {
      const alike = requests.filter((request) => request.operation === operation);
      const signers = new Set(alike.map(({ signer = 'unsigned' }) => signer));
      const largest = Math.max(...alike.map(({ size }) => size));
      const size = largest >= KIB ? `, ${Math.round(largest / KIB)} KiB` : '';
      return `${alike.length === 1 ? '' : `${alike.length} `}${operation} (${[...signers].join(', ')}${size})`;
    })
    .join('; ');
}
