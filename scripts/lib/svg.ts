// What the pictures have in common.

/** Text and attributes of an SVG: the characters that would be taken for its own are written as numbers. */
export function escape(content: string): string {
  return content.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
