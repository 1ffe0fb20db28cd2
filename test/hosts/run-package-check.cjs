/**
 * WeChat's own check of a compiled mini-program, without network or account: `node run-package-check.cjs <project folder>`.
 * Prints one JSON line `{"ok":true}` or `{"ok":false,"step":…,"message":…}`. A process of its own, because the checker
 * leaves workers behind. The key is self-made: only an upload would need the real one.
 */
const { generateKeyPairSync } = require('node:crypto')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const folder = path.resolve(process.argv[2] ?? '')
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-package-check-'))
const keyFile = path.join(scratch, 'self-made.key')
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })
fs.writeFileSync(keyFile, key)

/** What WeChat's server would say about the project: the public limits of an ordinary mini-program. */
const attributes = {
  platform: false,
  appType: 0,
  isSandbox: false,
  released: false,
  gameApp: false,
  setting: {
    MaxCodeSize: 2,
    MaxSubpackageSubCodeSize: 2,
    MaxSubpackageFullCodeSize: 20,
    NavigateMiniprogramLimit: 10,
    MaxTabbarCount: 5,
    MinTabbarCount: 2,
    MaxTabbarIconSize: 40,
    MaxSubPackageLimit: 100,
    MaxCustomTabbarSize: 500,
  },
}

async function check() {
  const log = console.log
  console.log = () => {}
  const ci = require('miniprogram-ci')
  const project = new ci.Project({
    appid: 'wx0123456789abcdef',
    type: 'miniProgram',
    projectPath: folder,
    privateKeyPath: keyFile,
    ignores: ['node_modules/**/*'],
  })
  Object.assign(project, { attr: async () => attributes, attrSync: () => attributes, _attr: attributes })
  const setting = { es6: false, minify: false }
  const steps = {
    getAppJSON: () => ci.getAppJSON(project),
    compile: () => ci.compile(project, { setting }),
    getCompiledResult: () =>
      ci.getCompiledResult(
        { project, version: '0.1.0', desc: 'check', setting, onProgressUpdate() {} },
        path.join(scratch, 'compiled.zip'),
      ),
  }
  for (const [step, run] of Object.entries(steps)) {
    try {
      await run()
    } catch (fault) {
      return { ok: false, step, message: String(fault?.message ?? fault).slice(0, 2000) }
    }
  }
  const bytes = fs.statSync(path.join(scratch, 'compiled.zip')).size
  console.log = log
  return { ok: true, zipBytes: bytes }
}

check()
  .catch(fault => ({ ok: false, step: 'start', message: String(fault?.stack ?? fault) }))
  .then(answer => {
    fs.rmSync(scratch, { recursive: true, force: true })
    process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0))
  })
