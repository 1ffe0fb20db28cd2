import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(__dirname, '../..')
const READY_WITHIN_MS = 60_000

export interface LocalStack {
  origin: string
  control: string
  /** Kills the whole stack at once, as a power cut does. */
  kill(): Promise<void>
  /** Starts it again on the same folder and ports. */
  restart(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

/** The real local stack (`npm start`) on free loopback ports with a data folder of its own; pages as built in dist/h5. */
export async function startLocalStack(): Promise<LocalStack> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-stack-'))
  const [port, simulatorPort] = await Promise.all([freePort(), freePort()])
  let child = await launch(port, simulatorPort, dataDir)
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise(resolve => child.once('exit', resolve))
    // A process group of its own: whatever it started goes with it.
    if (child.pid) process.kill(-child.pid, signal)
    await gone
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    control: `http://127.0.0.1:${simulatorPort}/control`,
    kill: () => kill('SIGKILL'),
    async restart() {
      await kill('SIGKILL')
      child = await launch(port, simulatorPort, dataDir)
    },
    async stop() {
      await kill('SIGTERM')
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function launch(port: number, simulatorPort: number, dataDir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'config/local/start.ts'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      SIMULATOR_PORT: String(simulatorPort),
      DATA_DIR: dataDir,
      SKIP_H5_BUILD: '1',
    },
  })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the local stack is not ready: ${output}`)), READY_WITHIN_MS)
    const read = (chunk: unknown) => {
      output += String(chunk)
      if (!output.includes(`ready http://127.0.0.1:${port}`)) return
      clearTimeout(late)
      resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', code => {
      clearTimeout(late)
      reject(new Error(`the local stack ended with ${code}: ${output}`))
    })
  })
  return child
}

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
