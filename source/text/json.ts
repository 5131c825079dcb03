/**
 * JSON with everything escaped that a terminal, an editor or a page could act upon: control and format characters
 * (bidi, zero-width), line separators, and `<`. It parses to the same value. `indent`: spaces of each level.
 */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<]/gu,
    (character) =>
      Array.from(
        {length: character.length},
        (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
      ).join(''),
  );
}
