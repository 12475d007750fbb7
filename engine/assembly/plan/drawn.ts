/** Random numbers that are counted, not drawn from the outside: the same on every engine. */

/** A whole number below 2^32 from two: a finaliser of 32 bits over both. */
@inline
export function mixed(seed: u32, index: u32): u32 {
  let bits: u32 = seed * 0x9e3779b1 + index * 0x85ebca77 + 0x165667b1;
  bits = (bits ^ (bits >> 15)) * 0x2c1b3c6d;
  bits = (bits ^ (bits >> 12)) * 0x297a2d39;
  return bits ^ (bits >> 15);
}

/** In [0, 1). */
@inline
export function drawn(seed: u32, index: u32): f64 {
  return <f64>mixed(seed, index) / 4294967296.0;
}
