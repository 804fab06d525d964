/** The three services, in the order in which they start: the DS hands its fan-outs to the QS. */
export const SERVICE_NAMES = ['as', 'qs', 'ds'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];
