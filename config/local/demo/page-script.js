;(() => {
  const toast = document.querySelector('.toast')
  let timer
  const say = text => {
    toast.textContent = text
    toast.classList.add('on')
    clearTimeout(timer)
    timer = setTimeout(() => toast.classList.remove('on'), 1600)
  }
  const copyByHand = text => {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    if (!done) throw new Error('copy refused')
  }
  const copy = text =>
    navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => copyByHand(text)) : copyByHand(text)
  const dialog = document.querySelector('dialog')
  const enlarge = picture => {
    dialog.querySelector('img').src = picture
    dialog.showModal()
  }
  document.addEventListener('click', async event => {
    const code = event.target.closest('[data-qr]')
    if (code) return enlarge(code.dataset.qr)
    if (event.target === dialog) return dialog.close()
    const button = event.target.closest('[data-copy]')
    if (!button) return
    try {
      await copy(button.dataset.copy)
      say(document.body.dataset.copied)
    } catch {
      say(document.body.dataset.failed)
    }
  })
})()
