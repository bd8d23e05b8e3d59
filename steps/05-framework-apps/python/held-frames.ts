// Memory that this process shares with a Python process, for frames that Python holds back to send several in one write.
// They are seen here when Python takes long over the next request, or has died over it: neither delays nor loses them.
// wsgi_workshop/outbox.py is the other side, and says how this memory is laid out.

import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SIZE = 65_536
const MARKS_SIZE = 8
const NOTHING = Buffer.alloc(0)

interface Marks {
  /** Where the frames end. */
  end: number
  /** How often Python has sent them all, and begun anew. */
  emptied: number
}

export class HeldFrames {
  /** The file whose pages are that memory. It has no name any more, and is gone when both processes have closed it. */
  readonly descriptor: number

  private constructor(descriptor: number) {
    this.descriptor = descriptor
  }

  /** Undefined where there can be none. Python then sends each frame by itself. */
  static open(): HeldFrames | undefined {
    // Windows does not let go of the name of an open file.
    if (process.platform === 'win32') return undefined
    const name = join(tmpdir(), `wsgi-workshop-${randomUUID()}`)
    let descriptor: number | undefined
    try {
      descriptor = openSync(name, 'wx+', 0o600)
      unlinkSync(name)
      // Not merely made that long: where the disk is full, Python would die of it later.
      writeFileSync(descriptor, Buffer.alloc(SIZE))
      return new HeldFrames(descriptor)
    } catch {
      if (descriptor !== undefined) closeSync(descriptor)
      return undefined
    }
  }

  /** The frames that are held now. They may come through the pipe as well, before or after. */
  look(): Buffer {
    const { end, emptied } = this.#marks()
    if (end <= MARKS_SIZE) return NOTHING
    const frames = this.#read(MARKS_SIZE, end - MARKS_SIZE)
    // Frames are only ever added until all have been sent. If that happened meanwhile, others may have taken their place.
    return this.#marks().emptied === emptied ? frames : NOTHING
  }

  close(): void {
    closeSync(this.descriptor)
  }

  #marks(): Marks {
    const bytes = this.#read(0, MARKS_SIZE)
    const [end = 0, emptied = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 2)
    return { end, emptied }
  }

  #read(position: number, length: number): Buffer {
    const bytes = new Uint8Array(length)
    readSync(this.descriptor, bytes, 0, length, position)
    return Buffer.from(bytes.buffer)
  }
}
