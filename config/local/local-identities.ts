import type { IdentityProvider } from '../../functions/account/ports'

const DEV = /^dev:([A-Za-z0-9_-]{1,64})$/
const OPERATOR = /^operator(-.*)?$/

/** `dev:<name>` signs anybody in, on this machine alone; `dev:operator` and `dev:operator-…` are operators. */
export const devIdentities: IdentityProvider = {
  async identify(code) {
    if (!code.startsWith('dev:')) return null
    const subject = DEV.exec(code)?.[1]
    if (subject === undefined) return { ok: false, reason: 'refused' }
    return { ok: true, identity: { issuer: 'dev', subject, operator: OPERATOR.test(subject) } }
  },
}
