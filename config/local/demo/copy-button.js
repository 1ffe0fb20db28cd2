;(() => {
  const toast = document.querySelector('.toast')
  let timer
  const say = text => {
    toast.textContent = text
    toast.classList.add('on')
    clearTimeout(timer)
    timer = setTimeout(() => toast.classList.remove('on'), 1600)
  }
  const copy = async text => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text)
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    if (!done) throw new Error('copy refused')
  }
  document.addEventListener('click', async event => {
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
