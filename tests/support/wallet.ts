// An Ethereum account of a test, which signs as wallets do (EIP-191).
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

export type TestWallet = { address: string; sign: (text: string) => string };

export function aWallet(): TestWallet {
  const key = secp256k1.utils.randomSecretKey();
  const publicKey = secp256k1.getPublicKey(key, false);
  return {
    address: `0x${Buffer.from(keccak_256(publicKey.slice(1)).slice(-20)).toString('hex')}`,
    sign(text) {
      const bytes = Buffer.from(text, 'utf8');
      const prefixed = Buffer.concat([Buffer.from(`\x19Ethereum Signed Message:\n${bytes.length}`, 'utf8'), bytes]);
      const signed = secp256k1.sign(keccak_256(prefixed), key, { prehash: false, format: 'recovered' });
      return `0x${Buffer.from([...signed.slice(1), (signed[0] ?? 0) + 27]).toString('hex')}`;
    },
  };
}
