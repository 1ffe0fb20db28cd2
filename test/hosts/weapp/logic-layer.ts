import fs from 'node:fs'
import path from 'node:path'

/** Names of browsers and Node that the logic layer of WeChat lacks; `Intl` is absent on some phones. */
const ABSENT =
  `window document self navigator location history localStorage sessionStorage MutationObserver ResizeObserver
IntersectionObserver XMLHttpRequest fetch Headers Request Response FormData Blob File FileReader URL URLSearchParams
AbortController AbortSignal TextEncoder TextDecoder crypto performance Image HTMLElement Element Node Event CustomEvent
EventTarget MessageChannel WebSocket process Buffer setImmediate queueMicrotask structuredClone requestAnimationFrame
cancelAnimationFrame global alert btoa atob Intl SharedArrayBuffer WebAssembly`.split(/\s+/)

const LANGUAGE =
  `Object Array Promise Map Set WeakMap WeakSet Symbol Proxy Reflect JSON Math RegExp Error TypeError RangeError
SyntaxError Number String Boolean Function parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent
encodeURI decodeURI Uint8Array Uint8ClampedArray Int8Array Int16Array Int32Array Float32Array Float64Array Uint16Array
Uint32Array ArrayBuffer DataView BigInt`.split(/\s+/)

type Method = (...given: never[]) => unknown

/** A page or component as its file declared it. */
export interface Definition {
  data?: Record<string, unknown>
  methods?: Record<string, Method>
  [member: string]: unknown
}

interface AppDefinition {
  onLaunch?: (options: object) => void
  onShow?: (options: object) => void
  onHide?: () => void
  onError?: (message: string) => void
}

export interface LogicLayer {
  readonly app: AppDefinition
  /** Runs a file of the bundle once; `file` is absolute, with or without `.js`. */
  run(file: string): unknown
  definitionOf(file: string): Definition
  /** Stops every timer, as the end of the process does. */
  stop(): void
}

export interface LogicLayerOptions {
  wx: object
  currentPages: () => object[]
  /** Throws when the package of the second file is not at hand for the first; both absolute. Default: all are. */
  refuse?: (from: string, wanted: string) => void
  /** Milliseconds since 1970 that `Date` shows; default the machine's clock. */
  now?: (() => number) | undefined
}

/**
 * The logic thread of a mini-program: runs the files of a compiled bundle as WeChat does, without one name that a phone
 * lacks. Functions are made by this realm's `Function`: with another realm's, exparser takes arrays for plain values.
 */
export function createLogicLayer(options: LogicLayerOptions): LogicLayer {
  const modules = new Map<string, { exports: unknown }>()
  const definitions = new Map<string, Definition>()
  const timers = timersThatStop()
  let app: AppDefinition = {}
  let running = ''

  const given: Record<string, unknown> = {
    wx: options.wx,
    App: (definition: AppDefinition) => {
      app = definition
    },
    getApp: () => app,
    getCurrentPages: options.currentPages,
    Page: (definition: Record<string, unknown>) => {
      const methods = Object.entries(definition).filter(([, member]) => typeof member === 'function')
      const data = (definition.data ?? {}) as Record<string, unknown>
      definitions.set(running, { data, methods: Object.fromEntries(methods) as Record<string, Method> })
    },
    Component: (definition: Definition) => {
      definitions.set(running, definition)
    },
    Behavior: (definition: unknown) =>
      (globalThis as unknown as { Behavior(of: unknown): unknown }).Behavior(definition),
    ...timers.functions,
    Date: options.now ? dateAt(options.now) : Date,
    console,
  }
  const language = Object.fromEntries(LANGUAGE.map(name => [name, (globalThis as Record<string, unknown>)[name]]))
  const root: Record<string, unknown> = { ...language, ...given }
  root.globalThis = root
  const names = ['require', 'module', 'exports', ...Object.keys(given), 'globalThis', ...ABSENT]

  function run(file: string): unknown {
    const full = file.endsWith('.js') ? file : `${file}.js`
    const known = modules.get(full)
    if (known) return known.exports
    const module = { exports: {} as unknown }
    modules.set(full, module)
    const before = running
    running = full.slice(0, -3)
    const source = `${fs.readFileSync(full, 'utf8')}\n//# sourceURL=${full}`
    const require = (wanted: string) => {
      const target = path.resolve(path.dirname(full), wanted)
      options.refuse?.(full, target)
      return run(target)
    }
    new Function(...names, source).call(undefined, require, module, module.exports, ...Object.values(given), root)
    running = before
    return module.exports
  }

  return {
    get app() {
      return app
    },
    run,
    definitionOf(file) {
      run(file)
      const definition = definitions.get(file)
      if (!definition) throw new Error(`no Page() or Component() call in ${file}.js`)
      return definition
    },
    stop: timers.stop,
  }
}

function timersThatStop() {
  const live = new Set<ReturnType<typeof setTimeout>>()
  let stopped = false
  const start =
    (set: typeof setTimeout) =>
    (task: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
      if (stopped) return undefined
      const timer = set(() => task(...given), ms)
      live.add(timer)
      return timer
    }
  const end = (timer: ReturnType<typeof setTimeout>) => {
    live.delete(timer)
    clearTimeout(timer)
  }
  return {
    functions: {
      setTimeout: start(setTimeout),
      setInterval: start(setInterval as unknown as typeof setTimeout),
      clearTimeout: end,
      clearInterval: end,
    },
    stop() {
      stopped = true
      for (const timer of live) end(timer)
    },
  }
}

function dateAt(now: () => number): DateConstructor {
  class PhoneDate extends Date {
    constructor(...given: unknown[]) {
      super(...((given.length ? given : [now()]) as [number]))
    }
    static override now() {
      return now()
    }
  }
  return PhoneDate as unknown as DateConstructor
}
