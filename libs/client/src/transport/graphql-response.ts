import {
  done,
  ERROR_CODES,
  type ErrorCode,
  type Outcome,
  parseBase64Url,
  type Refusal,
  refuse,
} from '@phoenix/wire';

const DECIMAL = /^[0-9]{1,20}$/;

/** The data or the first refusal of a GraphQL response; undefined where the text is not one. */
export function parseResponse(text: string): Outcome<unknown> | undefined {
  const response = parseJson(text);
  if (!isObject(response)) return undefined;
  const { data, errors } = response;
  if (Array.isArray(errors) && errors.length > 0) return refusalOf(errors[0]);
  return isObject(data) ? done(data) : undefined;
}

/** What a server states is believed as far as it has the right form; a code that is not of the closed list is a fault. */
function refusalOf(error: unknown): Outcome<never> {
  const extensions = isObject(error) && isObject(error['extensions']) ? error['extensions'] : {};
  const { code, rule, epoch, retryAfterMs } = extensions;
  const proposals = bytesIn(extensions['proposals']);
  const details: Omit<Refusal, 'code'> = {
    ...(typeof rule === 'string' ? { rule } : {}),
    ...(typeof epoch === 'string' && DECIMAL.test(epoch) ? { epoch: BigInt(epoch) } : {}),
    ...(proposals === undefined ? {} : { proposals }),
    ...(typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? { retryAfterMs } : {}),
  };
  return refuse(isErrorCode(code) ? code : 'INTERNAL', details);
}

function bytesIn(value: unknown): Uint8Array[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const read = value.map((item: unknown) => (typeof item === 'string' ? parseBase64Url(item) : undefined));
  return read.every((bytes) => bytes !== undefined) ? read : undefined;
}

function isErrorCode(code: unknown): code is ErrorCode {
  return (ERROR_CODES as readonly unknown[]).includes(code);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
