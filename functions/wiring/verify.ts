import type { Endpoint } from '@shared/contract/endpoint'
import { CreateVerification, RecheckVerification } from '@shared/contract/endpoints'
import { PROOF_NUMBER_BYTES, proofNumberOf } from '@shared/invoice/proof-number'
import { type Call, type HttpFunction, httpFunction, route } from '../platform/endpoint'
import { accountStore } from '../store/account-store'
import { gateStore } from '../store/gate-store'
import { recordStore } from '../store/record-store'
import { table } from '../store/table'
import { createVerification, problemsOfBody } from '../verification/create-verification'
import { recheckVerification } from '../verification/recheck-verification'
import type { Checked } from '../verification/run-check'
import { verificationView } from '../verification/verification-view'
import type { VerifyDeps } from './deps'
import { sessionContext } from './session-context'

/** The one function that calls providers. */
export function verifyFunction(deps: VerifyDeps): HttpFunction {
  const session = sessionContext(deps)
  const store = table(deps.dynamo, deps.tableName)
  const accounts = accountStore(store)
  const ports = {
    ...deps,
    gates: gateStore(store),
    records: recordStore(store),
    isDeleted: accounts.isDeleted,
    newProofNumber: () => proofNumberOf(deps.random(PROOF_NUMBER_BYTES)),
  }

  function show(call: Pick<Call<Endpoint>, 'copy' | 'note'>, { record, notes }: Checked) {
    const { outcome = null, cause = null } = record.answer ?? {}
    call.note({ outcome, cause, fromCache: record.fromCache, ...notes })
    const body = verificationView(record, call.copy, deps.clock.now(), deps.simulated)
    return { status: record.state === 'pending' ? 202 : 200, body }
  }

  return httpFunction({ ...deps, session }, [
    route(
      CreateVerification,
      async call => {
        const { hash } = await session()
        return show(call, await createVerification({ ...ports, hash }, call.userId, call.key, call.body))
      },
      problemsOfBody,
    ),
    route(RecheckVerification, async call => {
      const { hash } = await session()
      return show(call, await recheckVerification({ ...ports, hash }, call.userId, call.params.id, call.key))
    }),
  ])
}
