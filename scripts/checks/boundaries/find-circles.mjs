// Circles in a directed graph, each reported once (strongly connected components, Tarjan 1972).

/** `edges`: Map of node to an iterable of nodes. Returns one sorted list of nodes per circle; a node that points at itself is one too. */
export function findCircles(edges) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const onStack = new Set();
  const circles = [];

  const connect = (node) => {
    index.set(node, index.size);
    low.set(node, index.get(node));
    stack.push(node);
    onStack.add(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) {
        connect(next);
        low.set(node, Math.min(low.get(node), low.get(next)));
      } else if (onStack.has(next)) {
        low.set(node, Math.min(low.get(node), index.get(next)));
      }
    }
    if (low.get(node) !== index.get(node)) return;
    const component = stack.splice(stack.indexOf(node));
    for (const member of component) onStack.delete(member);
    const pointsAtItself = [...(edges.get(node) ?? [])].includes(node);
    if (component.length > 1 || pointsAtItself) circles.push(component.sort());
  };

  for (const node of edges.keys()) if (!index.has(node)) connect(node);
  return circles;
}
