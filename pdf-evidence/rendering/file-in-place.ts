/** The parts of a WebAssembly instance that reach its memory. */
export interface WithMemory {
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** Where PDFium finds its file, and the only path there is. */
export const filePath = "/file.pdf";

// Source: WASI preview 1, errno: badf, inval, noent.
const BADF = 8;
const INVAL = 28;
const NOENT = 44;
const DESCRIPTOR = 3;
/** `struct stat` of the C library PDFium is built with: mode at 4, size at 24, and nothing else anybody asks for. */
const STAT = { bytes: 96, mode: 4, size: 24 } as const;
const REGULAR_FILE_TO_READ = 0o100_444;

/**
 * One file that PDFium reads where it lies, block by block as it needs them, instead of a copy in its own memory:
 * most of a large file are pictures that no text leads to. Anything else it might open isn't there.
 *
 * @param instance undefined as long as it is being made
 */
export class FileInPlace {
  readonly #instance: () => WithMemory | undefined;
  #bytes: Uint8Array | undefined;
  #position = 0;

  constructor(instance: () => WithMemory | undefined) {
    this.#instance = instance;
  }

  /**
   * The instance's only file, for good: what a file did to an instance must not touch another.
   * @param bytes not to be written to as long as the instance is used
   */
  hold(bytes: Uint8Array): void {
    if (this.#bytes !== undefined) throw new Error("an instance of PDFium reads one file");
    this.#bytes = bytes;
  }

  /** What a program in WebAssembly calls to open, measure and read files. */
  imports(): Record<"env" | "wasi_snapshot_preview1", Record<string, unknown>> {
    return {
      env: {
        __syscall_openat: (_folder: number, path: number) => this.#open(path),
        __syscall_fstat64: (descriptor: number, into: number) => this.#measure(descriptor, into),
      },
      wasi_snapshot_preview1: {
        fd_seek: (descriptor: number, offset: bigint, whence: number, into: number) =>
          this.#seek(descriptor, offset, whence, into),
        fd_read: (descriptor: number, parts: number, count: number, into: number) =>
          this.#read(descriptor, parts, count, into),
        fd_close: (descriptor: number) => (descriptor === DESCRIPTOR ? 0 : BADF),
      },
    };
  }

  #open(path: number): number {
    const asked = Buffer.from(this.#memory().buffer, path, filePath.length + 1).toString("latin1");
    return this.#bytes !== undefined && asked === `${filePath}\0` ? DESCRIPTOR : -NOENT;
  }

  #measure(descriptor: number, into: number): number {
    if (this.#bytes === undefined || descriptor !== DESCRIPTOR) return -BADF;
    const memory = this.#memory();
    new Uint8Array(memory.buffer, into, STAT.bytes).fill(0);
    memory.setUint32(into + STAT.mode, REGULAR_FILE_TO_READ, true);
    memory.setBigUint64(into + STAT.size, BigInt(this.#bytes.length), true);
    return 0;
  }

  #seek(descriptor: number, offset: bigint, whence: number, into: number): number {
    if (this.#bytes === undefined || descriptor !== DESCRIPTOR) return BADF;
    // Source: WASI preview 1, whence: from the start, from here, from the end.
    const from = [0, this.#position, this.#bytes.length][whence];
    const position = from === undefined ? -1 : from + Number(offset);
    if (!Number.isSafeInteger(position) || position < 0) return INVAL;
    this.#position = position;
    this.#memory().setBigInt64(into, BigInt(position), true);
    return 0;
  }

  #read(descriptor: number, parts: number, count: number, into: number): number {
    if (this.#bytes === undefined || descriptor !== DESCRIPTOR) return BADF;
    const memory = this.#memory();
    const start = this.#position;
    for (let part = parts; part < parts + count * 8; part += 8) {
      const wanted = memory.getUint32(part + 4, true);
      const found = this.#bytes.subarray(this.#position, this.#position + wanted);
      new Uint8Array(memory.buffer, memory.getUint32(part, true), found.length).set(found);
      this.#position += found.length;
    }
    memory.setUint32(into, this.#position - start, true);
    return 0;
  }

  /** Made anew each time: the memory's buffer is another once it has grown. */
  #memory(): DataView<ArrayBuffer> {
    const instance = this.#instance();
    if (instance === undefined) throw new Error("PDFium reads before it is there");
    return new DataView(instance.memory.buffer);
  }
}
