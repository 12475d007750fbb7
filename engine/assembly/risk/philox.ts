/**
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3, SC11): ten rounds turn a counter and a key into 128 bits that pass BigCrush. No
 * state: the numbers of any path and month are found alone, in any order, on any machine. Counter here: [pair, month, 0, 0]; key: the seed's two halves.
 */

const MULTIPLIER_0: u32 = 0xd2511f53;
const MULTIPLIER_1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;
const ROUNDS: i32 = 10;

/** Four words of one block. */
export const PHILOX_WORDS_PTR: usize = memory.data(16, 16);
/** Four blocks: the first two words of each as one 64-bit number (word 0 low), then the last two of each. */
export const PHILOX_FOUR_PTR: usize = memory.data(64, 16);
/** From the first halves of four blocks to their second halves. */
export const SECOND_HALVES: usize = 32;

/** One block: counter and key as 32-bit words; writes four words to PHILOX_WORDS. */
export function philox(counter0: u32, counter1: u32, counter2: u32, counter3: u32, key0: u32, key1: u32): void {
  let c0 = counter0;
  let c1 = counter1;
  let c2 = counter2;
  let c3 = counter3;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < ROUNDS; round++) {
    const product0 = <u64>MULTIPLIER_0 * <u64>c0;
    const product1 = <u64>MULTIPLIER_1 * <u64>c2;
    c0 = <u32>(product1 >> 32) ^ c1 ^ k0;
    c1 = <u32>product1;
    c2 = <u32>(product0 >> 32) ^ c3 ^ k1;
    c3 = <u32>product0;
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  store<u32>(PHILOX_WORDS_PTR, c0);
  store<u32>(PHILOX_WORDS_PTR, c1, 4);
  store<u32>(PHILOX_WORDS_PTR, c2, 8);
  store<u32>(PHILOX_WORDS_PTR, c3, 12);
}

/** High words of four products. */
@inline
function highWords(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
}

/** Blocks of the counters [first, second, 0, 0] .. [first + 3, second, 0, 0], to PHILOX_FOUR. */
export function philoxFour(first: u32, second: u32, key0: u32, key1: u32): void {
  if (ASC_FEATURE_SIMD) {
    const multiplier0 = i32x4.splat(<i32>MULTIPLIER_0);
    const multiplier1 = i32x4.splat(<i32>MULTIPLIER_1);
    let c0 = i32x4.add(i32x4.splat(<i32>first), i32x4(0, 1, 2, 3));
    let c1 = i32x4.splat(<i32>second);
    let c2 = i32x4.splat(0);
    let c3 = i32x4.splat(0);
    let k0 = i32x4.splat(<i32>key0);
    let k1 = i32x4.splat(<i32>key1);
    for (let round = 0; round < ROUNDS; round++) {
      const high0 = highWords(c0, multiplier0);
      const high1 = highWords(c2, multiplier1);
      const low0 = i32x4.mul(c0, multiplier0);
      const low1 = i32x4.mul(c2, multiplier1);
      c0 = v128.xor(v128.xor(high1, c1), k0);
      c1 = low1;
      c2 = v128.xor(v128.xor(high0, c3), k1);
      c3 = low0;
      k0 = i32x4.add(k0, i32x4.splat(<i32>WEYL_0));
      k1 = i32x4.add(k1, i32x4.splat(<i32>WEYL_1));
    }
    v128.store(PHILOX_FOUR_PTR, v128.shuffle<i32>(c0, c1, 0, 4, 1, 5));
    v128.store(PHILOX_FOUR_PTR, v128.shuffle<i32>(c0, c1, 2, 6, 3, 7), 16);
    v128.store(PHILOX_FOUR_PTR, v128.shuffle<i32>(c2, c3, 0, 4, 1, 5), 32);
    v128.store(PHILOX_FOUR_PTR, v128.shuffle<i32>(c2, c3, 2, 6, 3, 7), 48);
  } else {
    for (let block: u32 = 0; block < 4; block++) {
      philox(first + block, second, 0, 0, key0, key1);
      const at = PHILOX_FOUR_PTR + <usize>(block << 3);
      store<u64>(at, load<u64>(PHILOX_WORDS_PTR));
      store<u64>(at, load<u64>(PHILOX_WORDS_PTR, 8), SECOND_HALVES);
    }
  }
}
