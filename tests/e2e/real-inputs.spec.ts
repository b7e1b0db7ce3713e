import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, script, test } from './stage.ts'

/** Real dispatches and essays that are not ours to keep here: run where STET_SEEDS names their folder. */
const seeds = process.env['STET_SEEDS']

if (seeds) {
  test('I1: a real dispatch goes in whole, stands in the desk, and comes out byte for byte', async ({ server, person }) => {
    const file = join(seeds, 'dispatch-008.txt')
    await server.bot('import', file)
    expect(await server.bot('export', '008', '--format', 'text')).toBe(await readFile(file, 'utf8'))
    const snapshot = JSON.parse(await server.bot('export', '008', '--format', 'json'))
    expect(snapshot.sources.length).toBe(8)
    expect(snapshot.body.filter(({ kind }: { kind: string }) => kind === 'turn').length).toBe(39)

    const ada = await person('Ada')
    await ada.getByRole('link', { name: /^008/ }).click()
    await expect(script(ada)).not.toBeEmpty()
    await expect(ada.getByRole('region', { name: 'Sources' }).getByRole('article')).toHaveCount(8)
    expect(await server.bot('export', '008', '--format', 'text')).toBe(await readFile(file, 'utf8'))
  })

  test('I1: a real essay goes in whole and comes out byte for byte', async ({ server }) => {
    const file = join(seeds, 'roundup-essay.txt')
    const { imported } = JSON.parse(await server.bot('import', file, '--json'))
    expect(await server.bot('export', imported[0].id, '--format', 'text')).toBe(await readFile(file, 'utf8'))
  })
}
