/** Bytes written as hexadecimal digits, one attribute per line; what follows `#` says what it is. */
export const hex = (text: string): Buffer =>
  Buffer.from(text.replaceAll(/#.*/g, '').replaceAll(/\s/g, ''), 'hex');
