import path from 'node:path'
import simulate from 'miniprogram-simulate'
import simulateFiles from 'miniprogram-simulate/src/utils'
import { keepUnchangedAttributes } from './keep-unchanged-attributes'
import type { LogicLayer } from './logic-layer'
import { PhoneRefusal } from './phone'
import type { LogicInstance, SimulatedComponent } from './simulated-node'
import type { Navigation } from './wx-api'

export interface SetDataCall {
  page: string
  bytes: number
  data: Record<string, unknown>
}

export interface OpenPage {
  route: string
  component: SimulatedComponent
  instance: LogicInstance
}

export interface PageStackOptions {
  dist: string
  /** Pages of every package. */
  routes: readonly string[]
  tabs: readonly string[]
  /** Whether the package of a page can be fetched, or has been. */
  arrives: (route: string) => boolean
  settle: () => Promise<void>
}

type Hook = (given?: object) => void

/** The stack of open pages of one launch, with WeChat's order of life-cycle calls and its tabs. */
export class PageStack implements Navigation {
  readonly setDataLog: SetDataCall[] = []
  private readonly open: OpenPage[] = []
  /** Pages of the tab bar stay alive behind each other. */
  private readonly tabs = new Map<string, OpenPage>()
  private readonly loaded = new Map<string, string>()

  constructor(private readonly options: PageStackOptions) {}

  /** Lets pages and components come from the logic layer: a webpack bundle declares each once, simulate asks per load. */
  serveFrom(logic: LogicLayer): void {
    keepUnchangedAttributes()
    simulateFiles.runJs = file => {
      const definition = logic.definitionOf(file)
      const data = JSON.parse(JSON.stringify(definition.data ?? {}))
      const declare = (globalThis as unknown as { Component(of: object): void }).Component
      declare({ ...definition, data, methods: { ...definition.methods } })
    }
  }

  get instances(): LogicInstance[] {
    return this.open.map(page => page.instance)
  }

  get top(): OpenPage {
    const page = this.open[this.open.length - 1]
    if (!page) throw new Error('no page is open')
    return page
  }

  async navigateTo(url: string): Promise<void> {
    this.refuseUnknown(url)
    hook(this.top, 'onHide')
    await this.push(url)
  }

  async redirectTo(url: string): Promise<void> {
    this.refuseUnknown(url)
    this.pop()
    await this.push(url)
  }

  async reLaunch(url: string): Promise<void> {
    this.refuseUnknown(url)
    this.clear()
    await this.push(url)
  }

  async switchTab(url: string): Promise<void> {
    const { route } = parts(url)
    if (!this.options.tabs.includes(route)) throw new Error(`switchTab: ${route} is no page of the tab bar`)
    if (this.top.route === route) return
    while (this.open.length > 1) this.pop()
    const left = this.open.pop()
    if (left && this.options.tabs.includes(left.route)) hide(left)
    else if (left) unload(left)
    const kept = this.tabs.get(route)
    if (!kept) return this.push(url)
    this.open.push(kept)
    kept.component.attach(document.body)
    hook(kept, 'onShow')
    await this.options.settle()
  }

  async navigateBack(delta: number): Promise<void> {
    for (let step = 0; step < delta && this.open.length > 1; step++) this.pop()
    hook(this.top, 'onShow')
    await this.options.settle()
  }

  /** Opens the first page of a launch. */
  async push(url: string): Promise<void> {
    this.refuseUnknown(url)
    const { route, query } = parts(url)
    const { dist } = this.options
    const id =
      this.loaded.get(route) ?? simulate.load(path.join(dist, route), 'p', { rootPath: dist, compiler: 'official' })
    this.loaded.set(route, id)
    const component = simulate.render(id)
    const instance = component.instance
    const page = { route, component, instance }
    instance.route = instance.__route__ = route
    instance.options = query
    this.logSetData(page)
    this.open.push(page)
    if (this.options.tabs.includes(route)) this.tabs.set(route, page)
    component.attach(document.body)
    hook(page, 'onLoad', query)
    hook(page, 'onShow')
    hook(page, 'onReady')
    await this.options.settle()
  }

  /** Takes every page off the screen without a word to the program: the process is gone. */
  vanish(): void {
    for (const page of new Set([...this.open, ...this.tabs.values()])) page.component.detach()
    this.open.length = 0
    this.tabs.clear()
  }

  private refuseUnknown(url: string): void {
    const { route } = parts(url)
    if (!this.options.routes.includes(route)) throw new PhoneRefusal(`page "${route}" is not found`)
    if (!this.loaded.has(route) && !this.options.arrives(route))
      throw new PhoneRefusal(`loading the package of ${route} failed`)
  }

  private clear(): void {
    while (this.open.length) this.pop()
    for (const page of this.tabs.values()) unload(page)
    this.tabs.clear()
  }

  private pop(): void {
    const page = this.open.pop()
    if (!page) return
    this.tabs.delete(page.route)
    unload(page)
  }

  private logSetData(page: OpenPage): void {
    const original = page.instance.setData
    page.instance.setData = (data, done) => {
      this.setDataLog.push({ page: page.route, bytes: Buffer.byteLength(JSON.stringify(data)), data })
      return original.call(page.instance, data, done)
    }
  }
}

function hook(page: OpenPage, name: string, given?: object): void {
  const method = page.instance[name]
  if (typeof method === 'function') (method as Hook).call(page.instance, given)
}

function hide(page: OpenPage): void {
  hook(page, 'onHide')
  page.component.detach()
}

function unload(page: OpenPage): void {
  hook(page, 'onUnload')
  page.component.detach()
}

function parts(url: string): { route: string; query: Record<string, string> } {
  const [route = '', search = ''] = url.replace(/^\//, '').split('?')
  return { route, query: Object.fromEntries(new URLSearchParams(search)) }
}
