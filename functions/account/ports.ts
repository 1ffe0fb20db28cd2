/** Who a sign-in code belongs to. `subject` is the outside id (an openid); it is keyed before it is stored. */
export interface Identity {
  issuer: 'wechat' | 'dev'
  subject: string
  operator: boolean
}

export type SignInAnswer = { ok: true; identity: Identity } | { ok: false; reason: 'refused' | 'unavailable' }

export interface IdentityProvider {
  /** Null when the code is not of this provider's form. */
  identify(code: string): Promise<SignInAnswer | null>
}
