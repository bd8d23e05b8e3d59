// Finds a function or a class in a source by its name, with its docstring. Not a parser: it counts brackets outside
// strings, comments and patterns, which is enough to show a learner one function of a file.

export interface Declaration {
  name: string
  text: string
}

/** What a declaration at the outermost level begins with, up to its name. */
const TOP_LEVEL = /^(?:export )?(?:default )?(?:async )?(?:function\*? ?|class |(?:const|let) )([\w$]+)/

/** What must be skipped whole: comments, strings, templates, and patterns (where an operand is expected). */
const SKIPPED =
  /\/\/.*|\/\*[^]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[^]|[^`\\])*`|(?<=(?:^|[=(,:[!&|?{};\n]|return)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g

/** All functions, classes and constants at the outermost level, in order. */
export function declarationsOf(source: string): Declaration[] {
  const lines = source.split('\n')
  const depths = depthAtLineStarts(source)
  const starts = lines.flatMap((line, index) => (depths[index] === 0 && TOP_LEVEL.test(line) ? [index] : []))
  return starts.map((start) => {
    const name = TOP_LEVEL.exec(lines[start] ?? '')?.[1] ?? ''
    const end = lastLineFrom(start, depths, lines)
    return { name, text: lines.slice(docstringAbove(start, lines), end + 1).join('\n') }
  })
}

/** One declaration; `Class.method` and a bare method name give the class that holds it. */
export function findDeclaration(source: string, name: string): Declaration | undefined {
  const all = declarationsOf(source)
  const [outer = name] = name.split('.')
  const method = new RegExp(`^\\s+(?:static |async |get |set |\\*)*#?${escape(outer)}\\b`, 'm')
  return (
    all.find((declaration) => declaration.name === outer) ??
    all.find(({ text }) => /^(?:export )?class /m.test(text) && method.test(text))
  )
}

export interface FunctionSize {
  /** The line on which its body opens, from 1. */
  line: number
  /** From that line to the closing brace. */
  length: number
}

/** A line that opens a body: `function …{`, `=> {` or a method; the control structures look like methods. */
const OPENS_BODY = /(?:\bfunction\b.*|=>|\)(?:\s*:\s*[^={}]+)?)\s*\{$/
const CONTROL = /^\s*(?:\} )?(?:if|else|for|while|switch|catch|do|try|return new)\b/

/** Every function in a formatted source, those inside others too. */
export function functionsOf(source: string): FunctionSize[] {
  const lines = source.split('\n')
  const depths = depthAtLineStarts(source)
  return lines.flatMap((text, start) => {
    if (!OPENS_BODY.test(text) || CONTROL.test(text)) return []
    const depth = depths[start + 1] ?? 0
    const end = depths.findIndex((now, line) => line > start + 1 && now < depth)
    return [{ line: start + 1, length: end - start }]
  })
}

/** How many brackets are open where each line begins. A line inside a skipped text has the depth before it. */
function depthAtLineStarts(source: string): number[] {
  const bare = source.replace(SKIPPED, (skipped) => skipped.replace(/[^\n]/g, ' '))
  const depths = [0]
  let depth = 0
  for (const character of bare) {
    if ('{[('.includes(character)) depth += 1
    if ('}])'.includes(character)) depth -= 1
    if (character === '\n') depths.push(depth)
  }
  return depths
}

/** A declaration goes on while a bracket is open, and while its text has no end yet, as after `=`. */
function lastLineFrom(start: number, depths: number[], lines: string[]): number {
  let line = start
  while (line + 1 < lines.length && (depths[line + 1] !== 0 || /[=,(:|&>]$/.test(lines[line] ?? '')))
    line += 1
  return line
}

function docstringAbove(start: number, lines: string[]): number {
  let first = start
  while (/^(?:\/\/|\/\*\*| \*)/.test(lines[first - 1] ?? '')) first -= 1
  return first
}

function escape(text: string): string {
  return text.replace(/[$]/g, '\\$&')
}
