/**
 * Decisions of the search as a tree in a fixed arena: each node is one alternative taken and the node before it. When the arena is full, nodes that neither a state of the
 * current layer nor the best choice rests on are swept away; parents lie before their children, so one pass marks and one pass moves.
 */
import {
  ALT_MACHINE_PTR,
  ALT_OPTION_PTR,
  MAX_SHED_NODES,
  NODE_ALT_PTR,
  NODE_PARENT_PTR,
  NODE_REMAP_PTR,
  SHED_CHOICE_PTR,
  i32At,
  setI32,
} from './layout';

/** The base: no alternative taken. */
export const NO_NODE: i32 = -1;
const MARK: i32 = 0x40000000;

let nodeCount: i32 = 0;

export function clearNodes(): void {
  nodeCount = 0;
}

@inline
export function addNode(parent: i32, alternative: i32): i32 {
  const node = nodeCount++;
  setI32(NODE_PARENT_PTR, node, parent);
  setI32(NODE_ALT_PTR, node, alternative);
  return node;
}

@inline
export function freeNodes(): i32 {
  return MAX_SHED_NODES - nodeCount;
}

export function markNode(from: i32): void {
  for (let node = from; node != NO_NODE; node = i32At(NODE_PARENT_PTR, node)) {
    const alternative = i32At(NODE_ALT_PTR, node);
    if ((alternative & MARK) != 0) return;
    setI32(NODE_ALT_PTR, node, alternative | MARK);
  }
}

/** Moves the marked nodes together; `movedNode` then says where each went. */
export function sweepNodes(): void {
  let kept = 0;
  for (let node = 0; node < nodeCount; node++) {
    const alternative = i32At(NODE_ALT_PTR, node);
    if ((alternative & MARK) == 0) continue;
    const parent = i32At(NODE_PARENT_PTR, node);
    setI32(NODE_REMAP_PTR, node, kept);
    setI32(NODE_PARENT_PTR, kept, movedNode(parent));
    setI32(NODE_ALT_PTR, kept++, alternative & ~MARK);
  }
  nodeCount = kept;
}

@inline
export function movedNode(node: i32): i32 {
  return node == NO_NODE ? NO_NODE : i32At(NODE_REMAP_PTR, node);
}

/** Writes the alternatives taken up to a node into the choice, whose other machines stand at their base. O(decisions). */
export function applyNode(from: i32): void {
  for (let node = from; node != NO_NODE; node = i32At(NODE_PARENT_PTR, node)) {
    const alternative = i32At(NODE_ALT_PTR, node);
    setI32(SHED_CHOICE_PTR, i32At(ALT_MACHINE_PTR, alternative), i32At(ALT_OPTION_PTR, alternative));
  }
}
