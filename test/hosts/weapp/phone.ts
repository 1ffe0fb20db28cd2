/** What the mini-program sends by `wx.request`. */
export interface PhoneRequest {
  url: string
  /** Path with query, as a server sees it. */
  path: string
  method: string
  /** Names in lower case. */
  header: Record<string, string>
  /** The JSON value of the body; null when there is none. */
  body: unknown
}

export interface PhoneResponse {
  statusCode: number
  data: unknown
  header?: Record<string, string>
}

/** Thrown by an answer of the phone: becomes the `fail` of the call. */
export class PhoneRefusal extends Error {
  constructor(
    readonly errMsg: string,
    readonly errno?: number,
    readonly errCode?: number,
  ) {
    super(errMsg)
  }
}

export type PhoneAnswer = (options: Record<string, unknown>) => unknown

/**
 * A person's phone: everything that outlives the mini-program's process. Storage, clipboard and settings stay when the
 * program is killed; `answers` decide what each asynchronous call of wx gives back.
 */
export class Phone {
  readonly storage = new Map<string, unknown>()
  /** Every asynchronous call of wx in order, with its options. */
  readonly calls: { api: string; options: Record<string, unknown> }[] = []
  readonly requests: PhoneRequest[] = []
  clipboard = ''
  fontSizeSetting = 16
  language = 'zh_CN'
  theme: 'light' | 'dark' = 'light'
  online = true
  /** Roots of sub-packages that do not arrive: their pages do not open. */
  readonly lostPackages = new Set<string>()
  screenReader = false
  /** Whether the person agreed to the privacy guide; until then WeChat asks before each gated call. */
  privacyAgreed = true
  width = 390
  /** What the person answers for a template of subscribe messages: `accept` unless told otherwise. */
  readonly templateAnswers = new Map<string, string>()
  /** Titles of templates as WeChat's console has them; of equal ones it asks for the first alone. */
  readonly templateTitles = new Map<string, string>()
  /** True during the synchronous part of a tap's handler: some calls of wx work nowhere else. */
  tapping = false
  /** WeChat names the SDK; calls younger than it are absent. */
  sdkVersion = '3.8.0'
  private readonly answers = new Map<string, PhoneAnswer>()
  private respond: (request: PhoneRequest) => Promise<PhoneResponse> = () =>
    Promise.reject(new PhoneRefusal('request:fail no server', 600001))

  /** Decides what `wx[api]` answers from now on; throw a `PhoneRefusal` for a fail. */
  answer(api: string, answer: PhoneAnswer): this {
    this.answers.set(api, answer)
    return this
  }

  answerOf(api: string): PhoneAnswer | undefined {
    return this.answers.get(api)
  }

  /** Bridges `wx.request` to a server or to canned answers. */
  serve(respond: (request: PhoneRequest) => Promise<PhoneResponse> | PhoneResponse): this {
    this.respond = async request => respond(request)
    return this
  }

  async send(request: PhoneRequest): Promise<PhoneResponse> {
    this.requests.push(request)
    if (!this.online) throw new PhoneRefusal('request:fail net::ERR_INTERNET_DISCONNECTED', 600003)
    return this.respond(request)
  }

  /** The finger on the glass: what runs before it returns is within the tap. */
  duringTap(run: () => void): void {
    this.tapping = true
    try {
      run()
    } finally {
      this.tapping = false
    }
  }

  callsOf(api: string): Record<string, unknown>[] {
    return this.calls.filter(call => call.api === api).map(call => call.options)
  }
}
