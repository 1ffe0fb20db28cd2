/** What WeChat gives of a person: to send to, and to sign pages of the phone's calendar with. Stored sealed. */
export interface WechatIdentity {
  openid: string
  /** Null when there is none; a new one comes with each sign-in. */
  sessionKey: string | null
}

/** Who a sign-in code belongs to. `subject` is the outside id (an openid); it is keyed before it is stored. */
export interface Identity {
  issuer: 'wechat' | 'dev'
  subject: string
  operator: boolean
  /** Absent of somebody whom no message of WeChat can reach. */
  wechat?: WechatIdentity
}

export interface WechatIdentityStore {
  read(userId: string): Promise<WechatIdentity | null>
  write(userId: string, identity: WechatIdentity, at: number): Promise<void>
}

export type SignInAnswer = { ok: true; identity: Identity } | { ok: false; reason: 'refused' | 'unavailable' }

export interface IdentityProvider {
  /** Null when the code is not of this provider's form. */
  identify(code: string): Promise<SignInAnswer | null>
}

export interface AccountStore {
  /** The user that a keyed identity belongs to. */
  userOf(identity: string): Promise<string | null>
  /** Links an identity to a new user; returns the user it belongs to, who differs when another sign-in was faster. */
  link(identity: string, userId: string): Promise<string>
  isDeleted(userId: string): Promise<boolean>
  /** Marks the account deleted. False when it was already and everything is gone. */
  bury(userId: string, now: number): Promise<boolean>
  /** Deletes items of a buried account, a bounded number; true when none is left. */
  empty(userId: string): Promise<boolean>
  /** Notes that a buried account was emptied; `final` takes it off the sweeper's list. */
  emptied(userId: string, final: boolean): Promise<void>
}
