/** Writes netlink messages one after the other into one growing buffer. Numbers are little-endian: so are our hosts. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(capacity = 512) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    const at = this.#room(1);
    this.#bytes.writeUInt8(value, at);
  }

  u16(value: number): void {
    const at = this.#room(2);
    this.#bytes.writeUInt16LE(value, at);
  }

  be16(value: number): void {
    const at = this.#room(2);
    this.#bytes.writeUInt16BE(value, at);
  }

  u32(value: number): void {
    const at = this.#room(4);
    this.#bytes.writeUInt32LE(value, at);
  }

  be32(value: number): void {
    const at = this.#room(4);
    this.#bytes.writeUInt32BE(value, at);
  }

  u64(value: number): void {
    this.u32(value % 0x1_0000_0000);
    this.u32(Math.floor(value / 0x1_0000_0000));
  }

  bytes(value: Uint8Array): void {
    const at = this.#room(value.length);
    this.#bytes.set(value, at);
  }

  /** Text with its final zero. */
  text(value: string): void {
    const at = this.#room(Buffer.byteLength(value) + 1);
    const written = this.#bytes.write(value, at);
    this.#bytes[at + written] = 0;
  }

  zeros(count: number): void {
    const at = this.#room(count);
    this.#bytes.fill(0, at, at + count);
  }

  /** Zeros up to the next multiple of 4 (NLMSG_ALIGN, NLA_ALIGN). */
  align(): void {
    if (this.#length % 4 !== 0) this.zeros(4 - (this.#length % 4));
  }

  /** Puts a number in a place that was written before it was known. */
  setU16(at: number, value: number): void {
    this.#bytes.writeUInt16LE(value, at);
  }

  setU32(at: number, value: number): void {
    this.#bytes.writeUInt32LE(value, at);
  }

  /** Takes back everything from this place on. */
  cut(length: number): void {
    this.#length = length;
  }

  /** What was written so far, not copied: what is written next would change it. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Makes room for so many bytes and answers where they begin. */
  #room(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length));
      this.#bytes.copy(larger, 0, 0, at);
      this.#bytes = larger;
    }
    return at;
  }
}
