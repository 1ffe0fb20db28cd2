import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Phone } from '../hosts/weapp/phone'
import { Weapp } from '../hosts/weapp/weapp'

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-packages-'))
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

/** The compiled mini-program with one line before a file of it. */
function spoiled(name: string, file: string, line: string): string {
  const folder = path.join(scratch, name)
  fs.cpSync(path.join(process.cwd(), 'dist/weapp'), folder, { recursive: true, dereference: true })
  const target = path.join(folder, file)
  fs.writeFileSync(target, `${line}\n${fs.readFileSync(target, 'utf8')}`)
  return folder
}

test('the host refuses a main package that loads a file of a sub-package', async () => {
  const dist = spoiled('main-loads-sub', 'app.js', 'require("./pages/result/index");')
  await expect(Weapp.launch(new Phone(), { dist })).rejects.toThrow('only the package pages/result has it')
})

test('the host refuses a sub-package that loads a file of another', async () => {
  const dist = spoiled('sub-loads-sub', 'pages/result/index.js', 'require("../detail/index");')
  const opening = Weapp.launch(new Phone(), { dist, path: 'pages/result/index' })
  await expect(opening).rejects.toThrow('only the package pages/detail has it')
})
