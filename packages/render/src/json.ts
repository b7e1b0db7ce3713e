import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Snapshot } from '@stet/schema/snapshot'

/** The canonical bytes of a snapshot: keys in the order of the schema whatever order they came in, two spaces, one newline. */
export const snapshotJson = (snapshot: Snapshot): string => {
  const known = jsonBySnapshot.get(snapshot)
  if (known !== undefined) return known
  const json = `${JSON.stringify(Snapshot.parse(snapshot), null, 2)}\n`
  jsonBySnapshot.set(snapshot, json)
  return json
}

/** A snapshot is a value that nobody changes; its hash and its files want the same bytes. */
const jsonBySnapshot = new WeakMap<Snapshot, string>()

/** Lower-case hex of the canonical bytes: what a revision is known by. */
export const snapshotSha256 = (snapshot: Snapshot): string => bytesToHex(sha256(utf8ToBytes(snapshotJson(snapshot))))
