import type { Endpoint } from '@shared/contract/endpoint'
import { CreateVerification, RecheckVerification } from '@shared/contract/endpoints'
import { type Call, type HttpFunction, httpFunction, route } from '../platform/endpoint'
import { accountStore } from '../store/account-store'
import { table } from '../store/table'
import type { Checked } from '../verification/check-record'
import { createVerification, problemsOfBody } from '../verification/create-verification'
import { recheckVerification } from '../verification/recheck-verification'
import { verificationView } from '../verification/verification-view'
import { checkPorts } from './check-ports'
import type { CheckDeps } from './deps'
import { sessionContext } from './session-context'

/** Checks that a person waits for. */
export function verifyFunction(deps: CheckDeps): HttpFunction {
  const session = sessionContext(deps)
  const store = table(deps.dynamo, deps.tableName)
  const accounts = accountStore(store)
  const ports = { ...checkPorts(deps, store), isDeleted: accounts.isDeleted }

  async function show(call: Pick<Call<Endpoint>, 'copy' | 'note'>, { record, notes }: Checked) {
    const { outcome = null, cause = null } = record.answer ?? {}
    // A function that has answered writes nothing more.
    const warning = await ports.traffic.settle()
    call.note({ outcome, cause, fromCache: record.fromCache, ...(warning !== null && { warning }), ...notes })
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
