/** Top-level names that a citation of our own files starts with. */
const OURS = /^(miniprogram|functions|shared|config|test|[.]ci)\//
/** Made by a command, so absent in a fresh clone. */
const MADE = /^(dist|node_modules|[.]data|coverage)(\/|$)/
const FILE = /^[\w.-]+[.](md|json|yml|ts|tsx|mjs|cjs|jsonc|png|svg)$/

function expandBraces(text: string): string[] {
  const braces = text.match(/^([^{]*)\{([^{}]+)\}(.*)$/)
  if (braces === null) return [text]
  const [, before = '', inside = '', after = ''] = braces
  return inside.split(',').flatMap(part => expandBraces(`${before}${part.trim()}${after}`))
}

/** Paths of this repository that a Markdown text cites, as links or as code; patterns with `*` or `<name>` are left out. */
export function citedPaths(markdown: string): string[] {
  const links = [...markdown.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(
    ([, target = '']) => target,
  )
  const codes = [...markdown.matchAll(/`([^`\n]+)`/g)]
    .map(([, code = '']) => code)
    .filter(code => OURS.test(code) || FILE.test(code))
  return [...links, ...codes]
    .flatMap(expandBraces)
    .map(path => path.replace(/^[.]\//, ''))
    .filter(path => !/[*<>\s]/.test(path) && !MADE.test(path))
}

/** Scripts that a text tells the reader to run: `npm start`, `npm run check`, … */
export function citedScripts(markdown: string): string[] {
  return [...markdown.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(([, run, short]) => run ?? short ?? '')
}
