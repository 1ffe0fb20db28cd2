import { Phone } from '../hosts/weapp/phone'
import { type Launch, Weapp } from '../hosts/weapp/weapp'
import { CannedApi, NOW } from './canned-api'

export interface OpenApp {
  phone: Phone
  api: CannedApi
  app: Weapp
}

/** The compiled mini-program on a phone whose clock shows `NOW`, against the canned API. */
export async function openApp(
  launch: Launch = {},
  prepare: (given: { phone: Phone; api: CannedApi }) => void = () => {},
): Promise<OpenApp> {
  const api = new CannedApi()
  const phone = new Phone().serve(api.respond)
  prepare({ phone, api })
  return { api, phone, app: await openOn(phone, launch) }
}

/** Another launch on the same phone, as after a kill. */
export function openOn(phone: Phone, launch: Launch = {}): Promise<Weapp> {
  return Weapp.launch(phone, { now: () => Date.parse(NOW), ...launch })
}

/** Fills the form as a person with a digital invoice in hand does. */
export async function fillDigitalInvoice(app: Weapp): Promise<void> {
  await app.type('发票号码', '25112000000012345678')
  await app.type('开票日期', '2025-11-19')
  await app.type('价税合计', '106.00')
}
