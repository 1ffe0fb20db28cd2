import { type Phone, type PhoneAnswer, PhoneRefusal } from './phone'

interface Callbacks {
  success?: (result: object) => void
  fail?: (result: object) => void
  complete?: (result: object) => void
}

type Options = Record<string, unknown> & Callbacks

/** The part of wx that moves between pages; the page stack of the host implements it. */
export interface Navigation {
  navigateTo(url: string): Promise<void>
  redirectTo(url: string): Promise<void>
  reLaunch(url: string): Promise<void>
  switchTab(url: string): Promise<void>
  navigateBack(delta: number): Promise<void>
}

export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  [more: string]: unknown
}

/** Calls that succeed with nothing unless the phone is told otherwise. */
const QUIET = `showToast hideToast showLoading hideLoading setNavigationBarTitle setNavigationBarColor setTabBarItem
setTabBarStyle showTabBar hideTabBar setBackgroundColor setBackgroundTextStyle pageScrollTo vibrateShort vibrateLong
openPrivacyContract showShareMenu hideShareMenu updateShareMenu openSetting checkSession stopPullDownRefresh
saveImageToPhotosAlbum addPhoneCalendar setTabBarBadge removeTabBarBadge requirePrivacyAuthorize`.split(/\s+/)

const LISTENERS = `NetworkStatusChange ThemeChange AppShow AppHide Error UnhandledRejection PageNotFound MemoryWarning
WindowResize KeyboardHeightChange NeedPrivacyAuthorization UserCaptureScreen`.split(/\s+/)

/** Calls that WeChat holds back until the person agreed to the privacy guide [wechat-platform, privacy gates]. */
const GATED = `getClipboardData setClipboardData chooseMedia chooseImage chooseMessageFile saveImageToPhotosAlbum
addPhoneCalendar chooseInvoice`.split(/\s+/)

/** Calls that WeChat takes only in the synchronous part of a tap's handler [wechat-platform, rules]. */
const TAP_ONLY = ['requestSubscribeMessage', 'addPhoneCalendar']

/** Copies as the bridge of WeChat does: plain JSON, no functions. */
const copied = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)))

/** wx as one launch of the mini-program sees it. Listeners can be fired by the host. */
export function createWx(phone: Phone, launch: LaunchOptions, navigation: Navigation) {
  const listeners = new Map<string, Set<(...event: unknown[]) => void>>()
  const appBase = () => ({
    SDKVersion: phone.sdkVersion,
    language: phone.language,
    theme: phone.theme,
    fontSizeSetting: phone.fontSizeSetting,
    fontSizeScaleFactor: phone.fontSizeSetting / 16,
    version: '8.0.50',
    enableDebug: false,
  })
  const window = () => ({
    pixelRatio: 2,
    windowWidth: phone.width,
    screenWidth: phone.width,
    windowHeight: 760,
    screenHeight: 844,
    statusBarHeight: 47,
    safeArea: { left: 0, right: phone.width, top: 47, bottom: 810, width: phone.width, height: 763 },
  })
  const device = { brand: 'devtools', model: 'iPhone 15', system: 'iOS 17.0', platform: 'ios' }
  const wx: Record<string, unknown> = {
    nextTick: (task: () => void) => void Promise.resolve().then(task),
    canIUse: () => true,
    getAppBaseInfo: appBase,
    getWindowInfo: window,
    getDeviceInfo: () => device,
    getSystemInfoSync: () => ({ ...appBase(), ...window(), ...device }),
    getLaunchOptionsSync: () => copied(launch),
    getEnterOptionsSync: () => copied(launch),
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'wx0123456789abcdef', envVersion: 'release', version: '0.1.0' },
    }),
    getMenuButtonBoundingClientRect: () => ({ top: 51, right: 383, bottom: 83, left: 296, width: 87, height: 32 }),
    getStorageSync: (key: string) => copied(phone.storage.get(key)) ?? '',
    setStorageSync: (key: string, value: unknown) => void phone.storage.set(key, copied(value)),
    removeStorageSync: (key: string) => void phone.storage.delete(key),
    clearStorageSync: () => phone.storage.clear(),
    getStorageInfoSync: () => ({ keys: [...phone.storage.keys()], currentSize: 1, limitSize: 10240 }),
    request: (options: Options) => request(phone, options),
  }
  const answers: Record<string, PhoneAnswer> = {
    getStorage: ({ key }) => {
      if (!phone.storage.has(String(key))) throw new PhoneRefusal('getStorage:fail data not found')
      return { data: copied(phone.storage.get(String(key))) }
    },
    setStorage: ({ key, data }) => void phone.storage.set(String(key), copied(data)),
    removeStorage: ({ key }) => void phone.storage.delete(String(key)),
    clearStorage: () => phone.storage.clear(),
    login: () => ({ code: `code-${phone.callsOf('login').length}` }),
    getClipboardData: () => ({ data: phone.clipboard }),
    setClipboardData: ({ data }) => {
      phone.clipboard = String(data)
    },
    getNetworkType: () => ({ networkType: phone.online ? 'wifi' : 'none' }),
    getSystemInfo: () => ({ ...appBase(), ...window(), ...device }),
    getPrivacySetting: () => ({ needAuthorization: false, privacyContractName: '《用户隐私保护指引》' }),
    checkIsOpenAccessibility: () => ({ open: phone.screenReader }),
    showModal: () => ({ confirm: true, cancel: false }),
    requestSubscribeMessage: ({ tmplIds }) => subscribeAnswers(phone, tmplIds),
    showActionSheet: () => ({ tapIndex: 0 }),
    scanCode: () => {
      throw new PhoneRefusal('scanCode:fail cancel')
    },
    chooseMedia: () => {
      throw new PhoneRefusal('chooseMedia:fail cancel')
    },
    chooseMessageFile: () => {
      throw new PhoneRefusal('chooseMessageFile:fail cancel')
    },
    navigateTo: ({ url }) => navigation.navigateTo(String(url)),
    redirectTo: ({ url }) => navigation.redirectTo(String(url)),
    reLaunch: ({ url }) => navigation.reLaunch(String(url)),
    switchTab: ({ url }) => navigation.switchTab(String(url)),
    navigateBack: ({ delta }) => navigation.navigateBack(typeof delta === 'number' ? delta : 1),
    ...Object.fromEntries(QUIET.map(api => [api, () => ({})])),
  }
  for (const [api, answer] of Object.entries(answers)) {
    const run: PhoneAnswer = async options => {
      if (GATED.includes(api)) await consent(phone, api, listeners.get('NeedPrivacyAuthorization'))
      return (phone.answerOf(api) ?? answer)(options)
    }
    wx[api] = (options: Options = {}) => {
      const isLate = TAP_ONLY.includes(api) && !phone.tapping
      return call(phone, api, isLate ? refuseLate(api) : run, options)
    }
  }
  for (const name of LISTENERS) {
    const own = new Set<(...event: unknown[]) => void>()
    listeners.set(name, own)
    wx[`on${name}`] = (listener: (...event: unknown[]) => void) => void own.add(listener)
    wx[`off${name}`] = (listener?: (...event: unknown[]) => void) => (listener ? own.delete(listener) : own.clear())
  }
  const fire = (name: string, ...event: unknown[]) => {
    for (const listener of listeners.get(name) ?? []) listener(...event)
  }
  return { wx, fire }
}

function refuseLate(api: string): PhoneAnswer {
  return () => {
    throw new PhoneRefusal(`${api}:fail can only be invoked by user TAP gesture.`)
  }
}

/** What WeChat answers for each template: at most five at once, of equal titles the first alone [upstreams § 6.3]. */
function subscribeAnswers(phone: Phone, given: unknown): Record<string, string> {
  const ids = Array.isArray(given) ? given.map(String) : []
  const refuse = (code: number, text: string) =>
    new PhoneRefusal(`requestSubscribeMessage:fail ${text}`, undefined, code)
  if (ids.length === 0) throw refuse(10001, 'TmplIds can not be empty')
  if (ids.length > 5) throw refuse(20003, 'Templates count out of max bounds')
  const titles = ids.map(id => phone.templateTitles.get(id) ?? id)
  return Object.fromEntries(
    ids.map((id, at) => {
      const isDouble = titles.indexOf(titles[at] ?? '') !== at
      return [id, isDouble ? 'filter' : (phone.templateAnswers.get(id) ?? 'accept')]
    }),
  )
}

/** Asks the program to ask the person, as WeChat does; a refusal is errno 104. */
async function consent(
  phone: Phone,
  api: string,
  askers: Set<(...event: unknown[]) => void> | undefined,
): Promise<void> {
  if (phone.privacyAgreed) return
  const event = await new Promise<string>(resolve => {
    if (!askers?.size) resolve('disagree')
    for (const ask of askers ?? []) ask((answer: { event: string }) => resolve(answer.event), { referrer: api })
  })
  if (event !== 'agree') throw new PhoneRefusal(`${api}:fail privacy permission is not authorized`, 104)
  phone.privacyAgreed = true
}

/** One asynchronous call: callbacks when given, a promise otherwise, `errMsg` as WeChat words it. */
function call(phone: Phone, api: string, answer: PhoneAnswer, options: Options): Promise<object> | undefined {
  const { success, fail, complete, ...plain } = options
  phone.calls.push({ api, options: plain })
  const done = Promise.resolve()
    .then(() => answer(plain))
    .then(result => ({ errMsg: `${api}:ok`, ...(result as object | undefined) }))
  if (!success && !fail && !complete) return done.catch(fault => Promise.reject(failure(api, fault)))
  done.then(
    result => {
      success?.(result)
      complete?.(result)
    },
    fault => {
      const result = failure(api, fault)
      fail?.(result)
      complete?.(result)
    },
  )
  return undefined
}

function failure(api: string, fault: unknown): object {
  if (!(fault instanceof PhoneRefusal)) throw fault
  const errMsg = fault.errMsg.includes(':') ? fault.errMsg : `${api}:fail ${fault.errMsg}`
  const { errno, errCode } = fault
  return { errMsg, ...(errno === undefined ? {} : { errno }), ...(errCode === undefined ? {} : { errCode }) }
}

function request(phone: Phone, options: Options) {
  let aborted = false
  const url = String(options.url)
  const header = (options.header ?? {}) as Record<string, string>
  const sent = {
    url,
    path: url.replace(/^https?:\/\/[^/]+/, ''),
    method: String(options.method ?? 'GET').toUpperCase(),
    header: Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value])),
    body: bodyOf(options.data),
  }
  const asText = options.dataType !== undefined && options.dataType !== 'json'
  phone.send(sent).then(
    answer => {
      if (aborted) return
      const data = asText && typeof answer.data !== 'string' ? JSON.stringify(answer.data ?? '') : copied(answer.data)
      const result = {
        errMsg: 'request:ok',
        cookies: [],
        statusCode: answer.statusCode,
        header: answer.header ?? {},
        data,
      }
      options.success?.(result)
      options.complete?.(result)
    },
    fault => {
      if (aborted) return
      const result = failure('request', fault)
      options.fail?.(result)
      options.complete?.(result)
    },
  )
  return {
    abort() {
      if (aborted) return
      aborted = true
      const result = { errMsg: 'request:fail abort' }
      options.fail?.(result)
      options.complete?.(result)
    },
    onHeadersReceived() {},
    offHeadersReceived() {},
  }
}

function bodyOf(data: unknown): unknown {
  if (typeof data !== 'string') return copied(data ?? null)
  return data === '' ? null : JSON.parse(data)
}
