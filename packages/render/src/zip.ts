import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { zipSync } from 'fflate'
import type { Edition } from './edition.ts'
import { snapshotSha256 } from './json.ts'

type PackedFile = { readonly name: string; readonly bytes: Uint8Array }

/** All files of a revision in one folder, with a manifest by which each can be checked. The same files give the same bytes. */
export const renderZip = (folder: string, files: readonly PackedFile[], edition: Edition): Uint8Array => {
  const all = [...files, { name: MANIFEST, bytes: manifestOf(files, edition) }]
  return zipSync(Object.fromEntries(all.map(({ name, bytes }) => [`${folder}/${name}`, bytes])), {
    level: LEVEL,
    mtime: noTime(),
  })
}

/** Of 9: a fifth more bytes than the most there is, in a third of the time. */
const LEVEL = 1

const MANIFEST = 'manifest.json'

/** A zip keeps the local time of day, so the first moment it can name is given as one. */
const noTime = () => new Date(1980, 0, 1, 12)

const manifestOf = (files: readonly PackedFile[], { snapshot, revision }: Edition): Uint8Array => {
  const facts =
    revision === null
      ? { dispatch: snapshot.id, revision: null, sha256: snapshotSha256(snapshot), title: snapshot.title }
      : {
          dispatch: revision.dispatch,
          revision: revision.revision,
          sha256: revision.sha256,
          publishedAt: revision.publishedAt,
          publishedBy: revision.publishedBy,
          path: revision.path,
          title: revision.title,
          correction: revision.correction,
        }
  const listed = files.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: bytesToHex(sha256(bytes)) }))
  return utf8ToBytes(`${JSON.stringify({ ...facts, files: listed }, null, 2)}\n`)
}
