/** Removes parts of a request that a service or a library may quote and that must not leave this process. */
const secrets: readonly (readonly [RegExp, string])[] = [
  // SignatureDoesNotMatch quotes the whole canonical request, session token and all.
  [/The Canonical String for this request should have been.*$/i, '(the request is not repeated here)'],
  [/(x-amz-security-token\s*[:=]\s*)\S+/gi, '$1…'],
  [/(Signature=)[0-9a-f]{16,}/gi, '$1…'],
  [/\b(A3T[A-Z0-9]|AKIA|ASIA|AGPA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, '$1…'],
  // The user part of an address, such as a proxy's.
  [/(\w+:\/\/)[^\s/@]+@/g, '$1…@'],
  // Session tokens and encoded authorization messages: long runs without a space.
  [/[A-Za-z0-9+/=_-]{100,}/g, '…'],
];

/** A message without anything that could be a key, a token or a signature. */
export function redacted(text: string): string {
  return secrets.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);
}
