import {
  CreateSession,
  DeleteMe,
  DeleteVerification,
  GetVerification,
  ListVerifications,
  ReadCosts,
} from '@shared/contract/endpoints'
import { PROOF_NUMBER_BYTES, proofNumberOf } from '@shared/invoice/proof-number'
import { deleteMe } from '../account/delete-me'
import { signIn } from '../account/sign-in'
import { ServiceError } from '../errors'
import { type HttpFunction, httpFunction, route } from '../platform/endpoint'
import { base32 } from '../platform/keyed-hash'
import { sealKey } from '../platform/seal'
import { signSession } from '../platform/session-token'
import { accountStore } from '../store/account-store'
import { gateStore } from '../store/gate-store'
import { historyStore } from '../store/history-store'
import { meterStore } from '../store/meter-store'
import { noticeStore } from '../store/notice-store'
import { recordStore } from '../store/record-store'
import { table } from '../store/table'
import { wechatIdentityStore } from '../store/wechat-identity-store'
import { listVerifications } from '../verification/list-verifications'
import { readCosts } from '../verification/read-costs'
import { readVerification } from '../verification/read-verification'
import { verificationView } from '../verification/verification-view'
import type { ApiDeps } from './deps'
import { noticesInForce } from './notices-in-force'
import { operatorRoutes } from './operator-routes'
import { sessionContext } from './session-context'
import { subscriptionRoutes } from './subscription-routes'

/** Sessions and everything a person owns; calls no provider. */
export function apiFunction(deps: ApiDeps): HttpFunction {
  const { clock } = deps
  const session = sessionContext(deps)
  const store = table(deps.dynamo, deps.tableName)
  const accounts = accountStore(store)
  const records = recordStore(store)
  const ports = {
    clock,
    records,
    gates: gateStore(store),
    notices: noticesInForce(noticeStore(store), deps),
    newProofNumber: () => proofNumberOf(deps.random(PROOF_NUMBER_BYTES)),
  }

  return httpFunction({ ...deps, session }, [
    ...operatorRoutes({ clock, templates: deps.templates ?? [], publicUrl: deps.publicUrl }, store, session),
    ...subscriptionRoutes({ clock, templates: deps.templates ?? [] }, store, session),
    route(CreateSession, async ({ body }) => {
      const { keys, hash } = await session()
      const signedIn = await signIn(
        {
          accounts,
          identities: deps.identities,
          nameOf: ({ issuer, subject }) => hash('identity', issuer, subject),
          operators: deps.operators,
          remember: async (userId, identity) => {
            const key = sealKey((await session()).secrets.pepper)
            await wechatIdentityStore(store, key).write(userId, identity, clock.now())
          },
          newUserId: () => `usr_${base32(deps.random(20)).slice(0, 26)}`,
        },
        body.code,
      )
      const { token, expiresAt } = signSession(keys, clock, signedIn)
      const { userId } = signedIn
      return { status: 201, body: { token, expiresAt: new Date(expiresAt).toISOString(), userId } }
    }),
    route(ListVerifications, async ({ userId, query, copy }) => {
      const { secrets } = await session()
      const history = historyStore(store, secrets.cursorKey)
      const { records: shown, nextCursor } = await listVerifications({ history, clock }, userId, query)
      const items = shown.map(record => verificationView(record, copy, clock.now(), deps.simulated))
      return { status: 200, body: { items, nextCursor } }
    }),
    route(GetVerification, async ({ userId, params, copy }) => {
      const record = await readVerification({ ...ports, hash: (await session()).hash }, userId, params.id)
      return { status: 200, body: verificationView(record, copy, clock.now(), deps.simulated) }
    }),
    route(DeleteVerification, async ({ userId, params }) => {
      if (await accounts.isDeleted(userId)) throw new ServiceError('UNAUTHENTICATED')
      if (!(await records.remove(userId, params.id, clock.now()))) throw new ServiceError('NOT_FOUND')
      return { status: 204 }
    }),
    route(ReadCosts, async ({ query }) => ({
      status: 200,
      body: await readCosts({ meters: meterStore(store), clock, fenPerDay: deps.fenPerDay }, query),
    })),
    route(DeleteMe, async ({ userId }) => {
      await deleteMe(accounts, userId, clock.now())
      return { status: 204 }
    }),
  ])
}
