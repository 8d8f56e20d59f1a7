// The pages that hold a word, as `mkdocs/search_pieces.py` packs them.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map(Array.from(DIGITS, (digit, value) => [digit, value]));

/**
 * Calls `take` with each page of `packed` and with what is marked of it in so many bits.
 *
 * @param {string} packed
 * @param {number} size
 * @param {(page: number, mark: number) => void} take
 */
export function unpack(packed, size, take) {
  let [page, value, shift] = [-1, 0, 0];
  for (const digit of packed) {
    const part = VALUES.get(digit) ?? 0;
    value |= (part & 31) << shift;
    shift += 5;
    if (part < 32) {
      page += (value >> size) + 1;
      take(page, value & ((1 << size) - 1));
      [value, shift] = [0, 0];
    }
  }
}

/**
 * Returns pages in their order, with what is marked of them in so many bits, as the text that `unpack` reads.
 *
 * @param {Map<number, number>} marks
 * @param {number} size
 */
export function pack(marks, size) {
  let [packed, before] = ["", -1];
  for (const [page, mark] of marks) {
    let value = ((page - before - 1) << size) | mark;
    for (; value > 31; value >>= 5) packed += DIGITS[32 | (value & 31)];
    packed += DIGITS[value];
    before = page;
  }
  return packed;
}
