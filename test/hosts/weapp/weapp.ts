import fs from 'node:fs'
import path from 'node:path'
import { createLogicLayer, type LogicLayer } from './logic-layer'
import { type Packages, packageOf, refuseForeign, routesOf } from './packages'
import { type OpenPage, PageStack, type SetDataCall } from './page-stack'
import type { Phone } from './phone'
import { dispatch, flatten, type RenderedNode, renderedTree } from './rendered-tree'
import { createWx, type LaunchOptions } from './wx-api'

export interface Launch {
  /** Folder of the compiled mini-program; one per test file, the template compiler shares globals. */
  dist?: string
  path?: string
  query?: Record<string, string>
  scene?: number
  /** More of what WeChat hands over at the launch: `forwardMaterials`, `referrerInfo`. */
  entry?: Record<string, unknown>
  now?: () => number
}

/** How a test names a control: visible or read-out text, with a role when that is not enough. */
export interface Target {
  role?: string
  label?: string | RegExp
  class?: string
  tag?: string
}

interface AppJson extends Packages {
  tabBar?: { list: { pagePath: string; text: string }[] }
}

const DIST = path.resolve(process.cwd(), 'dist/weapp')
const PATIENCE_MS = 5_000

/** One run of the compiled mini-program, from launch to kill. */
export class Weapp {
  private constructor(
    readonly phone: Phone,
    readonly appJson: AppJson,
    private readonly logic: LogicLayer,
    private readonly stack: PageStack,
    /** Fires a listener of wx: `ThemeChange`, `NetworkStatusChange`. */
    readonly fire: (name: string, ...event: unknown[]) => void,
  ) {}

  static async launch(phone: Phone, launch: Launch = {}): Promise<Weapp> {
    const dist = launch.dist ?? DIST
    const appJson = JSON.parse(fs.readFileSync(path.join(dist, 'app.json'), 'utf8')) as AppJson
    const first = launch.path ?? appJson.pages[0] ?? ''
    const options: LaunchOptions = {
      path: first,
      query: launch.query ?? {},
      scene: launch.scene ?? 1001,
      ...launch.entry,
    }
    const tabs = appJson.tabBar?.list.map(tab => tab.pagePath) ?? []
    const arrives = (route: string) => !phone.lostPackages.has(packageOf(appJson, route))
    const stack = new PageStack({ dist, routes: routesOf(appJson), tabs, arrives, settle })
    const { wx, fire } = createWx(phone, options, stack)
    const refuse = (from: string, wanted: string) =>
      refuseForeign(appJson, path.relative(dist, from), path.relative(dist, wanted))
    const logic = createLogicLayer({ wx, currentPages: () => stack.instances, refuse, now: launch.now })
    stack.serveFrom(logic)
    logic.run(path.join(dist, 'app.js'))
    logic.app.onLaunch?.(options)
    logic.app.onShow?.(options)
    const search = new URLSearchParams(options.query).toString()
    await stack.push(search ? `${first}?${search}` : first)
    return new Weapp(phone, appJson, logic, stack, fire)
  }

  /** Ends the process: no life-cycle call, no timer; what the phone stored stays. */
  kill(): void {
    this.logic.stop()
    this.stack.vanish()
  }

  /** The person looks at another app and comes back. */
  async comeBack(entry: object = { path: this.route, query: {}, scene: 1001 }): Promise<void> {
    this.logic.app.onHide?.()
    this.logic.app.onShow?.(entry)
    callHook(this.page, 'onShow')
    await settle()
  }

  get page(): OpenPage {
    return this.stack.top
  }

  get route(): string {
    return this.page.route
  }

  get query(): Record<string, string> {
    return this.page.instance.options
  }

  get tree(): RenderedNode {
    return renderedTree(this.page.component._exparserNode)
  }

  /** All visible text of the open page. */
  get text(): string {
    return this.tree.text
  }

  /** Every node with a role: what a screen reader stops at. */
  get controls(): RenderedNode[] {
    return flatten(this.tree).filter(node => node.role !== null)
  }

  get setDataLog(): SetDataCall[] {
    return this.stack.setDataLog
  }

  /** Calls of setData that an action causes. */
  async setDataOf(action: () => Promise<void>): Promise<SetDataCall[]> {
    const before = this.setDataLog.length
    await action()
    return this.setDataLog.slice(before)
  }

  findAll(target: Target | string): RenderedNode[] {
    const wanted = typeof target === 'string' ? { label: target } : target
    return flatten(this.tree).filter(node => fits(node, wanted))
  }

  /** The innermost node that fits; throws with the page's text when there is none. */
  find(target: Target | string): RenderedNode {
    const found = this.findAll(target)
    const innermost = found.find(node => !found.some(other => other !== node && flatten(node).includes(other)))
    if (!innermost) throw new Error(`${describe(target)} is not on ${this.route}: ${this.text}`)
    return innermost
  }

  async tap(target: Target | string): Promise<void> {
    const { node } = this.find(target)
    this.phone.duringTap(() => dispatch(node, 'tap', { x: 1, y: 1 }, true))
    await settle()
  }

  /** Replaces what stands in an input, as one paste or one autofill does. */
  async type(label: string | RegExp, value: string): Promise<void> {
    const input = this.find({ role: 'textbox', label })
    dispatch(input.node, 'input', { value, cursor: value.length, keyCode: 0 }, false)
    await settle()
  }

  /** Sends any event of a component: `change` of a picker, `blur`, `confirm`, `scrolltolower`. */
  async send(target: Target | string, type: string, detail: object = {}): Promise<void> {
    dispatch(this.find(target).node, type, detail, false)
    await settle()
  }

  /** Waits until a text is on the open page; the bundle's own timers run meanwhile. */
  async see(wanted: string | RegExp): Promise<void> {
    await this.until(
      () => (typeof wanted === 'string' ? this.text.includes(wanted) : wanted.test(this.text)),
      () => `${wanted} is not on ${this.route}: ${this.text}`,
    )
  }

  async until(condition: () => boolean, complaint: () => string = () => 'waited in vain'): Promise<void> {
    const end = Date.now() + PATIENCE_MS
    while (!condition()) {
      if (Date.now() > end) throw new Error(complaint())
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    await settle()
  }

  /** The person scrolls to the end of the page. */
  async reachBottom(): Promise<void> {
    callHook(this.page, 'onReachBottom')
    await settle()
  }

  async back(): Promise<void> {
    await this.stack.navigateBack(1)
  }

  async openTab(text: string): Promise<void> {
    const tab = this.appJson.tabBar?.list.find(one => one.text === text)
    if (!tab) throw new Error(`no tab ${text}`)
    await this.stack.switchTab(tab.pagePath)
  }

  async open(url: string): Promise<void> {
    await this.stack.navigateTo(url)
  }
}

/** Lets promises, React's work and the framework's batches come to rest. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise(resolve => setTimeout(resolve, 0))
}

function fits(node: RenderedNode, { role, label, class: name, tag }: Target): boolean {
  if (role !== undefined && node.role !== role) return false
  if (tag !== undefined && node.tag !== tag) return false
  if (name !== undefined && !node.classes.includes(name)) return false
  if (label === undefined) return true
  return typeof label === 'string' ? node.label === label : label.test(node.label)
}

function describe(target: Target | string): string {
  return typeof target === 'string' ? `"${target}"` : JSON.stringify({ ...target, label: String(target.label ?? '') })
}

function callHook(page: OpenPage, name: string): void {
  const method = page.instance[name]
  if (typeof method === 'function') method.call(page.instance)
}
