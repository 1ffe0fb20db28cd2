/**
 * The history list in weapp. Rows come in batches and stay in groups; a group far out of sight gives up its nodes and keeps
 * its height, so that 5,000 rows cost what the visible ones cost.
 */
const FAR_PX = 1600

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { batch: Object, label: String },
  data: { groups: [] },
  lifetimes: {
    detached() {
      this.unwatch()
    },
  },
  observers: {
    batch(batch) {
      if (!batch || batch.seq === this.seq) return
      this.seq = batch.seq
      if (batch.reset) this.unwatch()
      const index = batch.reset ? 0 : this.data.groups.length
      const group = { seq: batch.seq, shown: true, height: 0, rows: batch.rows }
      this.setData(batch.reset ? { groups: [group] } : { [`groups[${index}]`]: group }, () =>
        this.watch(index, batch.seq),
      )
    },
  },
  methods: {
    open(event) {
      this.triggerEvent('open', { id: event.currentTarget.dataset.id })
    },
    watch(index, seq) {
      if (!this.createIntersectionObserver) return
      const watcher = this.createIntersectionObserver()
      this.watchers = this.watchers || []
      this.watchers.push(watcher)
      watcher.relativeToViewport({ top: FAR_PX, bottom: FAR_PX }).observe(`#g${seq}`, seen => {
        const group = this.data.groups[index]
        if (!group || group.seq !== seq) return
        const near = seen.intersectionRatio > 0 || seen.intersectionRect.height > 0
        if (near === group.shown) return
        const height = seen.boundingClientRect.height
        this.setData(
          near
            ? { [`groups[${index}].shown`]: true }
            : { [`groups[${index}].shown`]: false, [`groups[${index}].height`]: height },
        )
      })
    },
    unwatch() {
      for (const watcher of this.watchers || []) watcher.disconnect()
      this.watchers = []
    },
  },
})
