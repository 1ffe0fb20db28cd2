/** The part of app.json that says what is fetched with what. */
export interface Packages {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  /** WeChat takes both spellings. */
  subpackages?: { root: string; pages: string[] }[]
}

/** Folders of the sub-packages, without slashes at the ends. */
export function rootsOf(app: Packages): string[] {
  return subPackagesOf(app).map(({ root }) => root)
}

/** Every page of the program by its route, those of the main package first. */
export function routesOf(app: Packages): string[] {
  return [...app.pages, ...subPackagesOf(app).flatMap(({ root, pages }) => pages.map(page => `${root}/${page}`))]
}

/** The root of the package that brings a file (relative to app.json); `''` is the main package. */
export function packageOf(app: Packages, file: string): string {
  return rootsOf(app).find(root => file.startsWith(`${root}/`)) ?? ''
}

/** A file loads files of its own package and of the main package; WeChat has no other at hand. Throws for the rest. */
export function refuseForeign(app: Packages, from: string, wanted: string): void {
  const there = packageOf(app, wanted)
  if (there === '' || there === packageOf(app, from)) return
  throw new Error(`${from} cannot load ${wanted}: only the package ${there} has it`)
}

function subPackagesOf(app: Packages): { root: string; pages: string[] }[] {
  const listed = app.subPackages ?? app.subpackages ?? []
  return listed.map(({ root, pages }) => ({ root: root.replace(/^\/|\/$/g, ''), pages }))
}
