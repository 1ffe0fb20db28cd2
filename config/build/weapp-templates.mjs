/** Taro plugin: no template for `scroll-view` unless a page imports it (7 KB of the main package); Taro adds it unasked. */
export default ctx => {
  ctx.modifyComponentConfig(({ componentConfig }) => void componentConfig.includes.delete('scroll-view'))
}
