import fs from 'node:fs'
import path from 'node:path'
import { gatedTable } from './gated-table'

/** Calls that WeChat gates, by its list of interfaces with a privacy agreement (2026-11) [wechat-platform, privacy gates]. */
const GATED_BY_WECHAT = `getClipboardData setClipboardData chooseMedia chooseImage chooseVideo chooseMessageFile
saveImageToPhotosAlbum saveVideoToPhotosAlbum addPhoneCalendar addPhoneRepeatCalendar addPhoneContact chooseContact
chooseInvoice chooseInvoiceTitle chooseAddress chooseLicensePlate getLocation getFuzzyLocation chooseLocation choosePoi
startLocationUpdate startLocationUpdateBackground onLocationChange getWeRunData createCameraContext getRecorderManager
startRecord joinVoIPChat openBluetoothAdapter createBLEPeripheralServer startDeviceMotionListening startAccelerometer
startCompass startGyroscope getUserProfile getPhoneNumber openVideoEditor`.split(/\s+/)

const dist = path.join(process.cwd(), 'dist/weapp')
/** Taro's own runtime names every call of WeChat in its tables; only the program's files can call one. */
const RUNTIME = /^(taro|vendors|runtime)\.js$/

function programText(): string {
  return fs
    .readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(js|wxml)$/.test(file) && !RUNTIME.test(file))
    .map(file => fs.readFileSync(path.join(dist, file), 'utf8'))
    .join('\n')
}

test('every gated call in the bundle is in the table of privacy.ts', () => {
  const text = programText()
  const table = gatedTable().map(({ call }) => call)
  const used = GATED_BY_WECHAT.filter(call => new RegExp(`\\.${call}\\b`).test(text))
  expect(used.filter(call => !table.includes(call))).toEqual([])
})

test('the table names nothing that the bundle does not call', () => {
  const text = programText()
  expect(gatedTable().filter(({ call }) => !new RegExp(`\\.${call}\\b`).test(text))).toEqual([])
})

test('the consent flow is on from the first package', () => {
  const app = JSON.parse(fs.readFileSync(path.join(dist, 'app.json'), 'utf8')) as Record<string, unknown>
  expect(app.__usePrivacyCheck__).toBe(true)
})
