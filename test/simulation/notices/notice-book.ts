import type { NoticeStore, StoredNotice } from '../../../functions/notices/ports'

/** The notices of the table: conditional on `rev`, with an index that may lag behind. */
export class NoticeBook implements Pick<NoticeStore, 'read' | 'readMany' | 'replace' | 'due'> {
  writes = 0
  private readonly items = new Map<string, string>()

  put(notice: StoredNotice): void {
    this.items.set(notice.id, JSON.stringify(notice))
  }

  look(id: string): StoredNotice {
    const text = this.items.get(id)
    if (text === undefined) throw new Error(`no notice ${id}`)
    return JSON.parse(text) as StoredNotice
  }

  all(): StoredNotice[] {
    return [...this.items.keys()].map(id => this.look(id))
  }

  async read(id: string): Promise<StoredNotice | null> {
    return this.items.has(id) ? this.look(id) : null
  }

  async readMany(ids: readonly string[]): Promise<StoredNotice[]> {
    return ids.filter(id => this.items.has(id)).map(id => this.look(id))
  }

  async replace(notice: StoredNotice): Promise<boolean> {
    this.writes++
    if (this.look(notice.id).rev !== notice.rev) return false
    this.put({ ...notice, rev: notice.rev + 1 })
    return true
  }

  async due(until: number): Promise<string[]> {
    return this.all().flatMap(({ id, wakeAt }) => (wakeAt !== null && wakeAt <= until ? [id] : []))
  }
}
