import type { Chunk, NoticeJob, Plan, Wave, WaveStore } from '../../../functions/notices/fan-out/ports'
import { ROSTER_SHARDS } from '../../../functions/notices/fan-out/ports'
import { Arena } from './arena'
import { JobCodes } from './job-codes'
import { SampleBook } from './sample-book'

/** A text kept outside the heap, as the table keeps it outside the function. */
const packed = (value: unknown) => Buffer.from(JSON.stringify(value))
const unpacked = <T>(bytes: Buffer): T => JSON.parse(bytes.toString()) as T

const MESSAGE_MS = 60_000
type Standing = Pick<Plan, 'after' | 'page' | 'done'>
const standing = ({ after, page, done }: Standing) => JSON.stringify([after, page, done])

/** Waves with their plans and chunks [functions/store/wave-store.ts, functions/store/chunk-store.ts]; writes are counted. */
export class WaveBook implements WaveStore {
  writes = 0
  private readonly waves = new Map<string, Buffer>()
  private readonly codes = new JobCodes()
  private readonly plans = new Map<number, { plan: Buffer; due: number }>()
  private readonly items = new Arena()
  /** What is not done, with the time at which it is due. */
  private readonly unfinishedWork = new Map<number, number>()
  private readonly samples = new SampleBook()

  constructor(private readonly now: () => number) {}

  async open(wave: Wave): Promise<void> {
    for (let shard = 0; shard < ROSTER_SHARDS; shard++) {
      this.setPlan({ waveId: wave.id, shard, after: null, page: [], done: false })
    }
    this.writes++
    this.waves.set(wave.id, packed(wave))
  }

  private setPlan(plan: Plan): void {
    const name = this.codes.plan(plan.waveId, plan.shard)
    this.writes++
    this.plans.set(name, { plan: packed(plan), due: this.now() + MESSAGE_MS })
    if (plan.done) this.unfinishedWork.delete(name)
    else {
      this.unfinishedWork.set(name, this.now() + MESSAGE_MS)
    }
  }

  async read(waveId: string): Promise<Wave | null> {
    const wave = this.waves.get(waveId)
    return wave === undefined ? null : unpacked<Wave>(wave)
  }

  async stop(waveId: string, stop: NonNullable<Wave['stop']>): Promise<void> {
    this.writes++
    const wave = await this.read(waveId)
    if (wave !== null && wave.stop?.reason !== 'template') this.waves.set(waveId, packed({ ...wave, stop }))
  }

  async readPlan(waveId: string, shard: number): Promise<Plan | null> {
    const found = this.plans.get(this.codes.plan(waveId, shard))
    return found === undefined ? null : unpacked<Plan>(found.plan)
  }

  async movePlan(plan: Plan, seen: Plan): Promise<boolean> {
    const found = await this.readPlan(plan.waveId, plan.shard)
    if (found === null || standing(found) !== standing(seen)) return false
    this.setPlan(plan)
    return true
  }

  private setChunk(chunk: Chunk): void {
    const name = this.codes.chunk(chunk.waveId, chunk.to)
    const { waveId, samples } = chunk
    this.writes++
    this.items.set(name, chunk)
    for (const { messageId, at } of samples) this.samples.add(waveId, messageId, at)
    if (chunk.state === 'done') this.unfinishedWork.delete(name)
    else this.unfinishedWork.set(name, chunk.until)
  }

  async putChunk(chunk: Chunk): Promise<void> {
    if (!this.items.has(this.codes.chunk(chunk.waveId, chunk.to))) this.setChunk(chunk)
  }

  async readChunk(waveId: string, _shard: number, to: string): Promise<Chunk | null> {
    return this.items.get<Chunk>(this.codes.chunk(waveId, to))
  }

  async takeChunk(
    waveId: string,
    shard: number,
    to: string,
    fence: string,
    now: number,
    until: number,
  ): Promise<Chunk | null> {
    const found = await this.readChunk(waveId, shard, to)
    if (found === null || found.state === 'done' || (found.state !== 'planned' && found.until > now)) return null
    const takenOver = found.takenOver + (found.state === 'sending' ? 1 : 0)
    const taken: Chunk = { ...found, fence, until, takenOver, startedAt: found.startedAt ?? now }
    this.setChunk({ ...taken, state: 'sending' })
    return taken
  }

  async leaveChunk(chunk: Chunk): Promise<boolean> {
    const found = await this.readChunk(chunk.waveId, chunk.shard, chunk.to)
    if (found === null || found.fence !== chunk.fence) return false
    this.setChunk(chunk)
    return true
  }

  async due(until: number, limit: number): Promise<NoticeJob[]> {
    const jobs: NoticeJob[] = []
    for (const [name, at] of this.unfinishedWork) {
      if (jobs.length >= limit) break
      if (at <= until) jobs.push(this.codes.jobOf(name))
    }
    return jobs
  }

  get unfinished(): number {
    return this.unfinishedWork.size
  }

  async *chunks(waveId: string): AsyncGenerator<Chunk> {
    for (const chunk of this.allChunks()) if (chunk.waveId === waveId) yield chunk
  }

  allChunks(): Chunk[] {
    return [...this.items.names()].flatMap(name => this.items.get<Chunk>(name) ?? [])
  }

  async confirm(_waveId: string, messageId: string): Promise<void> {
    this.writes++
    this.samples.confirm(messageId)
  }

  async evidence(waveId: string, before: number): Promise<{ sampled: number; confirmed: number }> {
    return this.samples.evidence(waveId, before)
  }
}
