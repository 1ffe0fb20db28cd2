import type { Identity, IdentityProvider } from '../../functions/account/ports'

const DEV = /^dev:([A-Za-z0-9_-]{1,64})$/
/** Begins the openids of dev users. */
const DEV_OPENID = 'odev_'
const OPERATOR = /^operator(-.*)?$/

/** `dev:<name>` signs anybody in, on this machine alone; `dev:operator` and `dev:operator-…` are operators. */
export const devIdentities: IdentityProvider = {
  async identify(code) {
    if (!code.startsWith('dev:')) return null
    const subject = DEV.exec(code)?.[1]
    if (subject === undefined) return { ok: false, reason: 'refused' }
    return {
      ok: true,
      identity: {
        issuer: 'dev',
        subject,
        operator: OPERATOR.test(subject),
        wechat: { openid: `${DEV_OPENID}${subject}`, sessionKey: null },
      },
    }
  },
}

/** The identity that an openid of the local stack belongs to. */
export function localIdentityOf(openid: string): Pick<Identity, 'issuer' | 'subject'> {
  return openid.startsWith(DEV_OPENID)
    ? { issuer: 'dev', subject: openid.slice(DEV_OPENID.length) }
    : { issuer: 'wechat', subject: openid }
}
