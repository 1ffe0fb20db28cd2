import { DeleteMe, GetHealth } from '@shared/contract/endpoints'
import { call } from './call'
import { endSession, knownSession } from './session'

export const getHealth = () => call(GetHealth)

/** Deletes everything about this person on the server, and the session here. */
export async function deleteMe() {
  const result = await call(DeleteMe)
  const session = knownSession()
  if (result.ok && session) endSession(session.token)
  return result
}
