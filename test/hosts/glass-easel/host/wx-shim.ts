interface Callbacks {
  success?: (result: object) => void
  fail?: (result: object) => void
  complete?: (result: object) => void
}

type Options = Callbacks & Record<string, unknown>

export interface Screen {
  navigateTo(url: string): void
  redirectTo(url: string): void
  switchTab(url: string): void
  navigateBack(delta: number): void
  setTitle(title: string): void
  setTab(index: number, text: string): void
}

const QUIET = `hideToast showLoading hideLoading setNavigationBarColor setTabBarStyle setBackgroundColor pageScrollTo
vibrateShort showShareMenu hideShareMenu stopPullDownRefresh openPrivacyContract setBackgroundTextStyle`.split(/\s+/)

const LISTENERS = `NetworkStatusChange ThemeChange AppShow AppHide Error UnhandledRejection PageNotFound WindowResize
KeyboardHeightChange NeedPrivacyAuthorization`.split(/\s+/)

/** Calls that WeChat takes only in the synchronous part of a tap's handler [wechat-platform, rules]. */
const TAP_ONLY = ['requestSubscribeMessage', 'addPhoneCalendar']
let tapping = false

/** The finger on the glass: what runs before it returns is within the tap. */
export function duringTap(run: () => void): void {
  tapping = true
  try {
    run()
  } finally {
    tapping = false
  }
}

/** `accept` for every template, as somebody who always agrees; at most five at once [upstreams § 6.3]. */
function subscribeAnswers({ tmplIds }: Options): unknown {
  const ids = Array.isArray(tmplIds) ? tmplIds.map(String) : []
  const refuse = (errCode: number, text: string) =>
    Promise.reject({ errMsg: `requestSubscribeMessage:fail ${text}`, errCode })
  if (ids.length === 0) return refuse(10001, 'TmplIds can not be empty')
  if (ids.length > 5) return refuse(20003, 'Templates count out of max bounds')
  return Object.fromEntries(ids.map(id => [id, 'accept']))
}

/** wx in the browser: storage is the browser's, requests go to this origin, which forwards them to the API. */
export function createWx(screen: Screen): Record<string, unknown> {
  const font = Number(new URLSearchParams(location.search).get('font') ?? 16)
  const base = () => ({
    SDKVersion: '3.8.0',
    language: new URLSearchParams(location.search).get('language') ?? 'zh_CN',
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    fontSizeSetting: font,
    fontSizeScaleFactor: font / 16,
  })
  const size = () => ({
    pixelRatio: devicePixelRatio,
    windowWidth: innerWidth,
    screenWidth: innerWidth,
    windowHeight: innerHeight,
    screenHeight: innerHeight,
    statusBarHeight: 0,
    safeArea: { left: 0, right: innerWidth, top: 0, bottom: innerHeight, width: innerWidth, height: innerHeight },
  })
  const device = { platform: 'ios', system: 'iOS 17.0', brand: 'devtools', model: 'iPhone 15' }
  const launch = { path: '', query: {}, scene: 1001 }
  const stored = (key: string): unknown => JSON.parse(localStorage.getItem(key) ?? '""')
  const wx: Record<string, unknown> = {
    nextTick: (task: () => void) => void Promise.resolve().then(task),
    canIUse: () => true,
    getAppBaseInfo: base,
    getWindowInfo: size,
    getDeviceInfo: () => device,
    getSystemInfoSync: () => ({ ...base(), ...size(), ...device }),
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0123456789abcdef', envVersion: 'develop', version: '' } }),
    getStorageSync: stored,
    setStorageSync: (key: string, value: unknown) => localStorage.setItem(key, JSON.stringify(value)),
    removeStorageSync: (key: string) => localStorage.removeItem(key),
    clearStorageSync: () => localStorage.clear(),
    request,
  }
  const answers: Record<string, (options: Options) => unknown> = {
    login: () => ({ code: `dev:weapp-${Math.random().toString(36).slice(2)}` }),
    getNetworkType: () => ({ networkType: 'wifi' }),
    getPrivacySetting: () => ({ needAuthorization: false, privacyContractName: '' }),
    checkIsOpenAccessibility: () => ({ open: false }),
    getClipboardData: async () => ({ data: await navigator.clipboard.readText() }),
    setClipboardData: async ({ data }) => navigator.clipboard.writeText(String(data)),
    showToast: ({ title }) => toast(String(title)),
    showModal: ({ content }) => ({ confirm: confirm(String(content)), cancel: false }),
    setNavigationBarTitle: ({ title }) => screen.setTitle(String(title)),
    setTabBarItem: ({ index, text }) => screen.setTab(Number(index), String(text)),
    navigateTo: ({ url }) => screen.navigateTo(String(url)),
    redirectTo: ({ url }) => screen.redirectTo(String(url)),
    switchTab: ({ url }) => screen.switchTab(String(url)),
    navigateBack: ({ delta }) => screen.navigateBack(Number(delta ?? 1)),
    requestSubscribeMessage: subscribeAnswers,
    addPhoneCalendar: () => ({}),
    scanCode: () => Promise.reject({ errMsg: 'scanCode:fail cancel' }),
    ...Object.fromEntries(QUIET.map(api => [api, () => ({})])),
  }
  for (const [api, answer] of Object.entries(answers)) {
    wx[api] = (options: Options = {}) => {
      if (TAP_ONLY.includes(api) && !tapping)
        return settle(api, options, () =>
          Promise.reject({ errMsg: `${api}:fail can only be invoked by user TAP gesture.` }),
        )
      const given = window.weappAnswers?.[api]
      return settle(api, options, given === undefined ? () => answer(options) : () => given)
    }
  }
  for (const name of LISTENERS) {
    wx[`on${name}`] = () => {}
    wx[`off${name}`] = () => {}
  }
  return wx
}

function settle(api: string, options: Options, run: () => unknown): Promise<object> | undefined {
  const done = Promise.resolve()
    .then(run)
    .then(result => ({ errMsg: `${api}:ok`, ...(result as object | undefined) }))
  if (!options.success && !options.fail && !options.complete) return done
  done.then(
    result => {
      options.success?.(result)
      options.complete?.(result)
    },
    fault => {
      options.fail?.(fault)
      options.complete?.(fault)
    },
  )
  return undefined
}

function toast(title: string): void {
  const place = document.getElementById('toast')
  if (!place) return
  place.textContent = title
  setTimeout(() => {
    place.textContent = ''
  }, 2000)
}

function request(options: Options): { abort(): void } {
  const stop = new AbortController()
  const data = options.data
  const { pathname, search } = new URL(String(options.url), location.href)
  fetch(pathname + search, {
    method: String(options.method ?? 'GET'),
    headers: (options.header ?? {}) as Record<string, string>,
    signal: stop.signal,
    ...(data === undefined || options.method === 'GET'
      ? {}
      : { body: typeof data === 'string' ? data : JSON.stringify(data) }),
  })
    .then(async answer => {
      const text = await answer.text()
      const header = Object.fromEntries(answer.headers)
      return { errMsg: 'request:ok', statusCode: answer.status, header, data: read(text, options.dataType) }
    })
    .then(
      result => {
        options.success?.(result)
        options.complete?.(result)
      },
      fault => {
        const result = { errMsg: `request:fail ${fault instanceof Error ? fault.message : ''}` }
        options.fail?.(result)
        options.complete?.(result)
      },
    )
  return { abort: () => stop.abort() }
}

function read(text: string, dataType: unknown): unknown {
  if (dataType !== undefined && dataType !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
