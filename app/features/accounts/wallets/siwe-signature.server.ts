// Who signed a text with an Ethereum key (EIP-191 personal message, secp256k1). Accounts that are contracts sign differently (EIP-1271) and cannot be
// checked without asking a chain; their signatures are not taken.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const SIGNATURE = /^0x[0-9a-fA-F]{130}$/;
const ADDRESS_BYTES = 20;

/** The address with the capitals that are its check sum (EIP-55). `address` in any capitals. */
export function toChecksumAddress(address: string): string {
  const digits = address.slice(2).toLowerCase();
  const hash = bytesToHex(keccak_256(utf8ToBytes(digits)));
  return `0x${[...digits].map((digit, index) => (Number.parseInt(hash[index]!, 16) >= 8 ? digit.toUpperCase() : digit)).join('')}`;
}

export function hasAddressChecksum(address: string): boolean {
  return toChecksumAddress(address) === address;
}

function hashPersonalMessage(text: string): Uint8Array {
  const bytes = utf8ToBytes(text);
  return keccak_256(concatBytes(utf8ToBytes(`\x19Ethereum Signed Message:\n${bytes.length}`), bytes));
}

/** The recovery bit as wallets write it: 27 and 28, or 0 and 1. */
function toRecoveryBit(last: number): number | null {
  const bit = last >= 27 ? last - 27 : last;
  return bit === 0 || bit === 1 ? bit : null;
}

/** The address, with its check sum, whose key signed the text; null when the signature is malformed or belongs to no key. */
export function recoverSigner(text: string, signature: string): string | null {
  if (!SIGNATURE.test(signature)) return null;
  const bytes = hexToBytes(signature.slice(2));
  const bit = toRecoveryBit(bytes[64]!);
  if (bit === null) return null;
  try {
    const recovered = secp256k1.recoverPublicKey(concatBytes(Uint8Array.of(bit), bytes.slice(0, 64)), hashPersonalMessage(text), {
      prehash: false,
    });
    const publicKey = secp256k1.Point.fromBytes(recovered).toBytes(false);
    return toChecksumAddress(`0x${bytesToHex(keccak_256(publicKey.slice(1)).slice(-ADDRESS_BYTES))}`);
  } catch {
    // The library throws for numbers outside of the curve: no key made such a signature.
    return null;
  }
}
