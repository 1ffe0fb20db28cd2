import fs from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { TmplGroup } from 'glass-easel-template-compiler'
import { type Packages, packageOf, routesOf } from '../weapp/packages'

/** Tags of WeChat that the host draws itself; renamed so that the browser's own `<input>` or `<text>` keeps out of it. */
const BUILT_IN =
  `view text button scroll-view image icon form label swiper swiper-item input textarea checkbox checkbox-group
radio radio-group switch slider progress picker picker-view picker-view-column navigator rich-text canvas map video
cover-view cover-image movable-area movable-view web-view root-portal page-container match-media page-meta
navigation-bar`.split(/\s+/)

/**
 * Turns a compiled mini-program into a web site that WeChat's own component framework runs: templates by glass-easel's
 * compiler, the bundle's files as functions, style sheets in CSS units. Throws when the compiler has a complaint.
 */
export async function buildWeappSite(dist: string, out: string): Promise<void> {
  const files = fs
    .readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(dist, path.join(entry.parentPath, entry.name)))
  const read = (file: string) => fs.readFileSync(path.join(dist, file), 'utf8')
  const ending = (end: string) => files.filter(file => file.endsWith(end))
  const without = (file: string) => file.slice(0, -path.extname(file).length)

  fs.rmSync(out, { recursive: true, force: true })
  fs.mkdirSync(out, { recursive: true })
  const modules = ending('.js').map(
    file => `${JSON.stringify(without(file))}: function(${LOGIC_NAMES}){${read(file)}\n}`,
  )
  const configs = Object.fromEntries(ending('.json').map(file => [without(file), JSON.parse(read(file))]))
  const app = configs.app as Packages
  const sheetOf = (route: string) => (files.includes(`${route}.wxss`) ? withImports(`${route}.wxss`, read) : '')
  const pageSheets = Object.fromEntries(routesOf(app).map(route => [route, toCss(sheetOf(route))]))
  fs.writeFileSync(
    path.join(out, 'program.js'),
    `window.weappTemplates = (function(){ return ${compileTemplates(ending('.wxml'), ending('.wxs'), read)} })();
window.weappConfigs = ${JSON.stringify(configs)};
window.weappSheets = ${JSON.stringify(pageSheets)};
window.weappModules = {${modules.join(',\n')}};`,
  )
  const everywhere = ending('.wxss').filter(file => packageOf(app, file) === '' && !(without(file) in pageSheets))
  const sheets = everywhere.map(file => `/* ${file} */\n${toCss(read(file))}`)
  fs.writeFileSync(path.join(out, 'program.css'), sheets.join('\n'))
  for (const file of files) {
    if (!/\.(png|jpe?g|svg|webp)$/.test(file)) continue
    fs.mkdirSync(path.join(out, path.dirname(file)), { recursive: true })
    fs.copyFileSync(path.join(dist, file), path.join(out, file))
  }
  fs.copyFileSync(path.join(__dirname, 'host/host.css'), path.join(out, 'host.css'))
  fs.writeFileSync(path.join(out, 'index.html'), PAGE)
  await build({
    entryPoints: [path.join(__dirname, 'host/main.ts')],
    outfile: path.join(out, 'host.js'),
    bundle: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  })
}

/** Parameters of every file of the bundle, in the order in which the host gives them; browser names stay undefined. */
const LOGIC_NAMES =
  'require,module,exports,wx,App,Page,Component,Behavior,getApp,getCurrentPages,globalThis,window,document,navigator,location,self,fetch,localStorage'

const PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>weapp</title>
<link rel="stylesheet" href="host.css"><link rel="stylesheet" href="program.css"><style id="page-sheet"></style>
<body><header id="bar"></header><main id="root"></main><nav id="tabs" role="tablist"></nav><div id="toast" role="status"></div>
<script src="program.js"></script><script src="host.js"></script></body></html>`

function compileTemplates(templates: string[], scripts: string[], read: (file: string) => string): string {
  const group = new TmplGroup()
  const tag = new RegExp(`<(/?)(${BUILT_IN.join('|')})(?=[\\s>/])`, 'g')
  const complaints: string[] = []
  for (const file of templates) {
    const warnings = group.addTmpl(file.slice(0, -5), read(file).replace(tag, '<$1wx-$2')) as { message?: string }[]
    for (const warning of warnings ?? []) complaints.push(`${file}: ${warning.message ?? JSON.stringify(warning)}`)
  }
  for (const file of scripts) group.addScript(file.slice(0, -4), read(file))
  group.addTmpl('built-in/slot', '<slot/>')
  group.addTmpl('built-in/none', '')
  if (complaints.length) throw new Error(complaints.join('\n'))
  return group.getTmplGenObjectGroups()
}

/** The text of a style sheet with what it imports in its place. */
function withImports(file: string, read: (file: string) => string): string {
  return read(file).replace(/@import\s+"([^"]+)";/g, (_, wanted: string) =>
    withImports(path.posix.join(path.posix.dirname(file), wanted), read),
  )
}

/** rpx is 1/750 of the screen's width; `page` is the body; tags carry the host's names. */
function toCss(wxss: string): string {
  const tags = new RegExp(`(^|[\\s,}>])(${BUILT_IN.join('|')})(?=[\\s,.:[>]|$)`, 'g')
  return wxss
    .replace(/(-?[\d.]+)rpx/g, (_, number) => `${(Number(number) / 7.5).toFixed(4)}vw`)
    .replace(/@import\s[^;]+;/g, '')
    .replace(/\{[^{}]*\}|[^{}]+/g, part =>
      part.startsWith('{') ? part : part.replace(tags, '$1wx-$2').replace(/(^|[\s,}])page(?=[\s,{.:]|$)/g, '$1body'),
    )
}
