/**
 * Reads on and drops what is left of a request's body after the answer is known. Without it a caller who is still sending waits
 * for a server that no longer reads, and sees its connection time out instead of the answer.
 */

/** More than this is not dropped politely: the connection is cut. Four times the largest body that is taken. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

/** Never rejects: a caller who goes away while being refused is nobody's concern. Does nothing when the body was read to its end. */
export async function discardBody(request: Request): Promise<void> {
  const reader = request.body === null || request.body.locked ? null : request.body.getReader();
  if (reader === null) return;
  try {
    for (let bytes = 0; bytes <= MAX_DISCARDED_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) return;
      bytes += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The connection is gone already.
  }
}
