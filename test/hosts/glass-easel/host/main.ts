import * as glassEasel from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { refuseForeign, routesOf } from '../../weapp/packages'
import { registerBuiltIns } from './built-in-components'
import { type AppConfig, resolvePath } from './program'
import { createWx, duringTap } from './wx-shim'

const LANGUAGE =
  `Object Array Promise Map Set WeakMap WeakSet Symbol Proxy Reflect JSON Math Date RegExp Error TypeError RangeError
Number String Boolean Function parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent Uint8Array
Uint8ClampedArray Int32Array Float32Array Float64Array Uint16Array Uint32Array ArrayBuffer DataView BigInt console`.split(
    /\s+/,
  )

type Instance = Record<string, unknown> & { setData(data: object, done?: () => void): void }
type Declare = (definition: unknown) => unknown

interface OpenPage {
  route: string
  instance: Instance
  place: HTMLElement
  title: string
}

const config: AppConfig = window.weappConfigs.app
const env = new MiniProgramEnv()
const space = env.createCodeSpace('', true)
for (const [file, json] of Object.entries(window.weappConfigs)) {
  if (file !== 'app') space.addComponentStaticConfig(file, json as never)
}
for (const [file, content] of Object.entries(window.weappTemplates)) {
  space.addCompiledTemplate(file, { groupList: window.weappTemplates, content } as never)
}
registerBuiltIns(space.getComponentSpace() as unknown as glassEasel.ComponentSpace)

const backend = new glassEasel.CurrentWindowBackendContext()
// The adapter forwards events that a framework of its own knows; here each becomes an event of glass-easel.
backend.onEvent(((target: glassEasel.Element, type: string, detail: unknown, options: object) => {
  const event = new glassEasel.Event(type, detail, options)
  if (type === 'tap') duringTap(() => event.dispatch(target as never))
  else event.dispatch(target as never)
  return event.defaultPrevented() ? 1 : 0
}) as never)
const screenBackend = env.associateBackend(backend as never)

window.weappSetData = []
const stack: OpenPage[] = []
const tabPages = new Map<string, OpenPage>()
let app: Record<string, (given?: object) => void> = {}
/** Page() and Component() belong to the file whose turn it is: webpack runs them from its own runtime. */
let current: { Page: Declare; Component: Declare; Behavior: Declare } | undefined
const modules = new Map<string, { exports: unknown }>()

const isTab = (route: string) => config.tabBar?.list.some(tab => tab.pagePath === route) ?? false
const path = (url: string) => url.replace(/^\//, '').split('?')
const wx = createWx({
  navigateTo: open,
  redirectTo(url) {
    close()
    open(url)
  },
  switchTab(url) {
    const [route = ''] = path(url)
    while (stack.length > 1) close()
    const left = stack.pop()
    if (left) {
      call(left, 'onHide')
      left.place.hidden = true
    }
    const kept = tabPages.get(route)
    if (!kept) return open(url)
    stack.push(kept)
    kept.place.hidden = false
    call(kept, 'onShow')
    drawBars()
  },
  navigateBack(delta) {
    for (let step = 0; step < delta && stack.length > 1; step++) close()
    const top = stack[stack.length - 1]
    if (!top) return
    top.place.hidden = false
    call(top, 'onShow')
    drawBars()
  },
  setTitle(title) {
    const top = stack[stack.length - 1]
    if (top) top.title = title
    drawBars()
  },
  setTab(index, text) {
    const tab = config.tabBar?.list[index]
    if (tab) tab.text = text
    drawBars()
  },
})

const globals: Record<string, unknown> = {
  ...Object.fromEntries(LANGUAGE.map(name => [name, (window as unknown as Record<string, unknown>)[name]])),
  setTimeout: setTimeout.bind(window),
  clearTimeout: clearTimeout.bind(window),
  setInterval: setInterval.bind(window),
  clearInterval: clearInterval.bind(window),
  wx,
}
globals.globalThis = globals

function run(file: string): unknown {
  const known = modules.get(file)
  if (known) return known.exports
  const source = window.weappModules[file]
  if (!source) throw new Error(`no file ${file}.js in the bundle`)
  const module = { exports: {} as unknown }
  modules.set(file, module)
  const declareApp = (definition: typeof app) => {
    app = definition
  }
  source(
    (wanted: string) => {
      const target = resolvePath(file, wanted)
      refuseForeign(config, file, target)
      return run(target)
    },
    module,
    module.exports,
    wx,
    declareApp,
    (definition: unknown) => current?.Page(definition),
    (definition: unknown) => current?.Component(definition),
    (definition: unknown) => current?.Behavior(definition),
    () => app,
    () => stack.map(page => page.instance),
    globals,
  )
  return module.exports
}

const declared = new Set<string>()

function declare(file: string): void {
  if (declared.has(file)) return
  declared.add(file)
  for (const used of Object.values(window.weappConfigs[file]?.usingComponents ?? {})) declare(resolvePath(file, used))
  space.componentEnv(file, context => {
    current = context as never
    run(file)
  })
}

function open(url: string): void {
  const [route = '', search = ''] = path(url)
  if (!routesOf(config).includes(route)) throw new Error(`page "${route}" is not found`)
  const before = stack[stack.length - 1]
  if (before) {
    call(before, 'onHide')
    before.place.hidden = true
  }
  declare(route)
  const root = screenBackend.createRoot('wx-page-root', space, route)
  const place = document.createElement('div')
  place.className = isTab(route) ? 'wx-page with-tabs' : 'wx-page'
  const hook = document.createElement('span')
  place.append(hook)
  document.getElementById('root')?.append(place)
  root.attach(place as never, hook as never)
  const instance = root.get() as unknown as Instance
  const query = Object.fromEntries(new URLSearchParams(search))
  Object.assign(instance, { route, __route__: route, options: query })
  const setData = instance.setData.bind(instance)
  instance.setData = (data, done) => {
    window.weappSetData.push(JSON.stringify(data).length)
    setData(data, done)
  }
  const title = window.weappConfigs[route]?.navigationBarTitleText ?? config.window?.navigationBarTitleText ?? ''
  const page = { route, instance, place, title }
  stack.push(page)
  if (isTab(route)) tabPages.set(route, page)
  call(page, 'onLoad', query)
  call(page, 'onShow')
  call(page, 'onReady')
  drawBars()
  scrollTo(0, 0)
}

function close(): void {
  const page = stack.pop()
  if (!page) return
  tabPages.delete(page.route)
  call(page, 'onUnload')
  page.place.remove()
}

function call(page: OpenPage, name: string, given?: object): void {
  const method = page.instance[name]
  if (typeof method === 'function') method.call(page.instance, given)
}

function drawBars(): void {
  const top = stack[stack.length - 1]
  const bar = document.getElementById('bar')
  const tabs = document.getElementById('tabs')
  const sheet = document.getElementById('page-sheet')
  if (!top || !bar || !tabs || !sheet) return
  sheet.textContent = window.weappSheets[top.route] ?? ''
  bar.textContent = top.title
  const shown = isTab(top.route) ? (config.tabBar?.list ?? []) : []
  tabs.replaceChildren(
    ...shown.map(tab => {
      const button = document.createElement('button')
      const icon = document.createElement('img')
      const on = tab.pagePath === top.route
      icon.src = `/${on ? (tab.selectedIconPath ?? '') : (tab.iconPath ?? '')}`
      icon.alt = ''
      if (tab.iconPath) button.append(icon)
      button.append(tab.text)
      button.setAttribute('role', 'tab')
      button.setAttribute('aria-selected', String(on))
      button.onclick = () => (wx.switchTab as (options: object) => void)({ url: `/${tab.pagePath}`, success() {} })
      return button
    }),
  )
}

run('app')
const launch = { path: config.pages[0], query: {}, scene: 1001 }
app.onLaunch?.(launch)
app.onShow?.(launch)
open(new URLSearchParams(location.search).get('page') ?? config.pages[0] ?? '')
