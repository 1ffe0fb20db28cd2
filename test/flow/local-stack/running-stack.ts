import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const ROOT = resolve(__dirname, '../../..')

export interface RunningStack {
  url: string
  simulatorUrl: string
  dataDir: string
  child: ChildProcess
  stderr(): string
  /** Resolves with the exit code; null after a signal. */
  exited: Promise<number | null>
}

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

export const newDataDir = () => mkdtempSync(join(tmpdir(), 'yanpiao-stack-'))

const children = new Set<ChildProcess>()

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise(done => server.close(done))
  return port
}

/** The real `start.ts`, without the H5 build. Resolves when it is ready or has ended. */
export async function start(env: Record<string, string>, command?: string[]): Promise<RunningStack> {
  const [program = '', ...args] = command ?? [process.execPath, '--import', 'tsx', 'config/local/start.ts']
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, npm_lifecycle_event: undefined, SKIP_H5_BUILD: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let stderr = ''
  let stdout = ''
  child.stderr.on('data', chunk => {
    stderr += String(chunk)
  })
  const exited = new Promise<number | null>(done => child.once('close', done))
  const ready = new Promise<string>(done =>
    child.stdout.on('data', chunk => {
      stdout += String(chunk)
      const line = /^ready (http:\/\/127\.0\.0\.1:\d+)$/m.exec(stdout)
      if (line?.[1]) done(line[1])
    }),
  )
  const url = await Promise.race([ready, exited.then(() => '')])
  return {
    url,
    simulatorUrl: `http://127.0.0.1:${env.SIMULATOR_PORT}`,
    dataDir: env.DATA_DIR ?? '',
    child,
    stderr: () => stderr,
    exited,
  }
}

/** A stack on free ports. */
export async function startFresh(dataDir = newDataDir(), command?: string[]): Promise<RunningStack> {
  const [port, simulatorPort] = [await freePort(), await freePort()]
  return start({ PORT: String(port), SIMULATOR_PORT: String(simulatorPort), DATA_DIR: dataDir }, command)
}

export async function killAll(): Promise<void> {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  children.clear()
}

export async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) } as Answer
}

export async function signIn(url: string, user = 'alice'): Promise<Record<string, string>> {
  const { body } = await call(url, 'POST', '/v1/sessions', { code: `dev:${user}` })
  return { authorization: `Bearer ${String(body.token)}` }
}

/** A digital invoice of three days ago for the simulator, and the question that finds it. */
export function digitalInvoice(invoiceNumber: string) {
  const issueDate = new Date(Date.now() + 8 * 3_600_000 - 3 * 86_400_000).toISOString().slice(0, 10)
  const invoice = {
    kind: 'DIGITAL_NORMAL',
    invoiceCode: '',
    invoiceNumber,
    issueDate,
    amountWithoutTax: '100.00',
    taxAmount: '6.00',
    amountWithTax: '106.00',
    checkCode: '',
    buyer: { name: '买方', taxId: '' },
    seller: { name: '卖方', taxId: '' },
    items: [],
    lifecycle: 'normal',
    visibleFrom: null,
  }
  return { invoice, question: { invoiceNumber, issueDate, amount: '106.00', source: 'manual' } }
}
